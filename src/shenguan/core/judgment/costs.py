"""The court fee of this instance and the days for an appeal, from the end of the ruling."""

import re

from shenguan.core.judgment.model import Field
from shenguan.core.judgment.numerals import number
from shenguan.core.judgment.text import Text

_AMOUNT = r"(?:人民币)?(?P<sum>[0-9][0-9,]*(?:\.[0-9]+)?|[一二三四五六七八九十百千万零〇两]{1,12})(?P<wan>万)?元"
_FEE = re.compile(
    rf"(?P<which>一审、?二审|一、二审|二审|一审|原审|再审|本诉|反诉|本案|上诉)?(?:的|诉讼|本诉|反诉)?(?:案件)?(?P<kind>受理费|诉讼费用?)"
    rf"(?P<gap>[^。;\n]{{0,40}}?)(?P<each>各|共计|合计|为|计|共)?{_AMOUNT}"
)
# 一、二审案件受理费分别为…元、…元: the second sum is this instance's.
_BOTH = re.compile(
    rf"一审?[、,和]二审案件受理费[^。;\n]{{0,6}}?分别[^。;\n]{{0,8}}?[0-9,.]+元[、,和]{_AMOUNT}"
)
_HALVED = re.compile(
    rf"^[^。;\n]{{0,24}}?(?:减半|减按|实际|实收|退还|应收|收取|减交)[^。;\n]{{0,16}}?{_AMOUNT}"
)
_DAYS = re.compile(
    r"(?:收到|接到|送达|接)[^。;]{0,60}?(?P<days>[一二三四五六七八九十0-9]{1,4})[日天](?:[之以]?内|,)[^。;]{0,80}?(?:上诉|抗诉|复议)"
)
_LATE_DAYS = re.compile(
    r"不服本[^。;]{0,60}?(?P<days>[一二三四五六七八九十0-9]{1,4})[日天][之以]?内[^。]{0,140}?上诉"
)
_FINAL = re.compile(
    "(?:本|此)(?:判决|裁定|决定)(?:书)?(?:即)?(?:为|是|系)[^。,;]{0,4}终审|终审(?:判决|裁定)"
)


def read_costs(text: Text, start: int, end: int, instance: str | None) -> Field[float]:
    """案件受理费 in yuan as charged: the halved sum where it is halved."""
    fees = list(_FEE.finditer(text.even, start, end))
    own = [each for each in fees if _of_instance(each["which"], instance)]
    if not own:
        why = "仅载明其他审级的案件受理费" if fees else "未载明案件受理费"
        return Field(why=why)
    fee = _preferred(own, instance)
    both = _BOTH.match(text.even, fee.start(), end)
    if both and instance == "二审":
        return Field(_yuan(both), (text.span(*both.span()),))
    halved = _HALVED.match(text.even[fee.end() : min(end, fee.end() + 90)])
    value = _yuan(halved or fee)
    spans = (text.span(fee.start(), fee.end() + (halved.end() if halved else 0)),)
    return Field(value, spans) if value is not None else Field(None, spans, "受理费金额无法识别")


def _of_instance(which: str | None, instance: str | None) -> bool:
    if instance == "再审":
        return which in ("再审", "本案", None)
    if instance == "二审":
        return which not in ("一审", "原审")
    return True


def _preferred(fees: list[re.Match[str]], instance: str | None) -> re.Match[str]:
    named = [each for each in fees if each["which"] and instance and instance in each["which"]]
    return (named or fees)[0]


def _yuan(each: re.Match[str]) -> float | None:
    printed = each["sum"].replace(",", "")
    factor = 10_000 if each["wan"] else 1
    if printed[0].isdigit():
        value = float(printed) * factor
        return int(value) if value.is_integer() else value
    high, _, low = printed.rpartition("万")
    parts = number(high) if high else 0, number(low) if low else 0
    if None in parts:
        return None
    return ((parts[0] or 0) * 10_000 + (parts[1] or 0)) * factor


def read_appeal(text: Text, start: int, end: int) -> Field[int]:
    """Days for an appeal as printed; none where the decision is final."""
    found = _LATE_DAYS.search(text.even, start, end) or _DAYS.search(text.even, start, end)
    if found:
        span = (text.span(*found.span("days")),)
        return Field(number(found["days"]), span)
    if _FINAL.search(text.even, start, end):
        return Field(why="终审裁判，不得上诉")
    return Field(why="未载明上诉期")
