"""What a judgment decided, read from its 主文 alone: sentences of a criminal one, the sum of a civil one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shenguan.core.judgment.numerals import number

ACQUITTED, SPARED, FINE_ONLY = "无罪", "免予刑事处罚", "单处罚金"
FIXED, DETENTION, CONTROL, LIFE = "有期徒刑", "拘役", "管制", "无期徒刑"
DEATH, DEATH_SUSPENDED = "死刑", "死刑缓期执行"
TERMS = frozenset({FIXED, DETENTION, CONTROL})

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬零圆", "一二三四五六七八九十百千万〇元")
_NARROW = str.maketrans("０１２３４５６７８９，．（）；：", "0123456789,.();:")
_BRACKET = re.compile(r"\([^()]*\)")
_THOUSANDS = re.compile(r"(?<=\d)[,、](?=\d{3}(?!\d))")
_END = re.compile(
    r"[^。;,]{0,8}(?:受理费|诉讼费)|如[^。;]{0,40}?不服|若不服|如果?[^。;]{0,60}?(?:未按|不按|未能按)|未按本判决|"
    r"负有金钱给付义务|本(?:判决|裁定)为终审"
)
_NUM = r"[一二两三四五六七八九十百〇0-9]+"
_SPAN = rf"(?:(?P<y>{_NUM})年)?[零又另]?(?:(?P<m>{_NUM})个?月)?"
_DEFENDANT = re.compile(
    r"(?=(?:上诉人|申诉人|原审被告人|被告(?:人|单位))[^,。;:]{1,60}?(?:犯|免[予于除]|无罪|不负刑事责任))"
)
_IMPOSED = re.compile(r"判处|单处|免[予于除]刑事处罚|决定执行|无罪")
_UNDONE = re.compile(r"撤[销消]|维持")
_KINDS = (
    (DEATH_SUSPENDED, re.compile(r"死刑[,]?缓期[二两]年")),
    (DEATH, re.compile("死刑")),
    (LIFE, re.compile("无期徒刑")),
    (FIXED, re.compile(rf"有期徒刑?{_SPAN}")),
    (DETENTION, re.compile(rf"拘役{_SPAN}")),
    (CONTROL, re.compile(rf"管制{_SPAN}")),
    (SPARED, re.compile("免[予于除]刑事处罚")),
    (ACQUITTED, re.compile("无罪")),
    (FINE_ONLY, re.compile("罚金")),
)
_PROBATION = re.compile(rf"缓刑(?:考验期)?{_SPAN}")
_SMALL = "[一二三四五六七八九0-9]"
_MONEY = (
    r"(?P<sum>[0-9.一二两三四五六七八九十百千万亿〇]+)余?元"
    rf"(?:(?P<jiao>{_SMALL})角)?(?:(?P<fen>{_SMALL})分)?"
)
_FINE = re.compile(rf"罚金(?:共计)?(?:人民币?)?{_MONEY}")
_SUM = re.compile(_MONEY)
_ITEM = re.compile(
    r"(?:^|(?<=[。;)]))(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[、.])"
)
_PAYS = re.compile("赔偿|支付|给付|偿还|返还|偿付|归还|退还|补偿|清偿")
_NOT_PAID = re.compile(r"^[^,。;]{0,80}?驳回|^[^,。;]{0,8}(?:撤[销消]|维持)|追缴|没收|退赔")
_SAME_SUM = re.compile(
    r"第?[一二三四五六七八九十、,]{1,8}项[^。;]{0,24}?(?:债务|义务|款项|赔偿|给付)"
)
_BASE = re.compile(
    r"以[^,。;]{0,24}元为(?:基数|本金|限)|按[^,。;]{0,12}每[日月年][^,。;]{0,12}元|其中[^。;]*|每(?:日|月|年|天)[^,。;]{0,10}元"
)
_TOTAL = re.compile(rf"(?:合计|共计|总计|合共)(?:人民币)?{_MONEY}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one defendant serves: `months` of `kind`, `probation` in months, `fine` in yuan."""

    kind: str
    months: int = 0
    probation: int = 0
    fine: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """Sentences in the order of the 主文, and the money to be paid under it, in 分."""

    sentences: tuple[Sentence, ...] = ()
    amount: int | None = None


def read_outcome(ruling: str) -> Decided:
    """Read a 主文; what follows it (costs, appeal) is left out."""
    order = _order(ruling)
    return Decided(tuple(_sentences(order)), _amount(order))


def _order(ruling: str) -> str:
    text = "".join(ruling.translate(_NARROW).split()).translate(_FORMAL)
    text = _THOUSANDS.sub("", text)
    while (shorter := _BRACKET.sub("", text)) != text:
        text = shorter
    stop = _END.search(text)
    return text[: stop.start()] if stop else text


def _sentences(order: str) -> Iterator[Sentence]:
    """What can't be read for sure is left out rather than guessed."""
    items = [each for each in _ITEM.split(order) if each]
    for item in items:
        if len(items) > 1 and _recalls(item):
            continue
        for piece in _DEFENDANT.split(item):
            imposed = _IMPOSED.search(piece)
            if imposed and not _recalls(piece):
                found = _sentence(piece, imposed.start())
                if found.kind and (found.months or found.kind not in TERMS):
                    yield found


def _recalls(piece: str) -> bool:
    """Whether it keeps or sets aside what a court below imposed."""
    imposed = _IMPOSED.search(piece)
    return bool(imposed and _UNDONE.search(piece, 0, imposed.start()))


def _sentence(piece: str, start: int) -> Sentence:
    """Of several penalties the one to be served: what stands behind the last 决定执行."""
    decided = piece.rfind("决定执行")
    said = piece[decided:] if decided >= 0 else piece[start:]
    kind, months = _kind(said)
    fines = [_yuan(each) for each in _FINE.finditer(said)]
    probation = _PROBATION.search(said)
    return Sentence(kind, months, _months(probation) if probation else 0, next(iter(fines), None))


def _kind(said: str) -> tuple[str, int]:
    for kind, pattern in _KINDS:
        if found := pattern.search(said):
            return kind, _months(found) if kind in TERMS else 0
    return "", 0


def _months(found: re.Match[str]) -> int:
    return 12 * (number(found["y"] or "") or 0) + (number(found["m"] or "") or 0)


def _amount(order: str) -> int | None:
    total, paid = 0, False
    for item in _ITEM.split(order):
        pays = _PAYS.search(item)
        if pays is None or _NOT_PAID.search(item) or _SAME_SUM.search(item):
            continue
        for cents in _sums(_BASE.sub("", item)):
            total, paid = total + cents, True
    return total if paid else None


def _sums(item: str) -> list[int]:
    if whole := _TOTAL.search(item):
        return [_cents(whole)]
    return [_cents(each) for each in _SUM.finditer(item)]


def _yuan(found: re.Match[str]) -> int:
    return _cents(found) // 100


def _cents(found: re.Match[str]) -> int:
    parts = (number(found[name] or "") or 0 for name in ("jiao", "fen"))
    jiao, fen = parts
    return round(_value(found["sum"]) * 100) + 10 * jiao + fen


def _value(printed: str) -> float:
    """五千八百八十八万二千, 3万, 600.82: by 亿 and 万, then the digits before each."""
    for unit, worth in (("亿", 1e8), ("万", 1e4)):
        head, found, tail = printed.partition(unit)
        if found:
            return _value(head or "1") * worth + (_value(tail) if tail else 0)
    try:
        return float(printed)
    except ValueError:
        return float(number(printed) or 0)
