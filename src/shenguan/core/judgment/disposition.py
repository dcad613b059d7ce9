"""What was decided, coded from the 主文 alone; what 本院认为 muses is never looked at."""

import re
from itertools import pairwise

from shenguan.core.judgment.model import Field
from shenguan.core.judgment.text import Text

Rule = tuple[str, re.Pattern[str]]

_END = re.compile(
    r"\n(?=如不服|若不服|不服本|[^\n。]{0,24}如不服|本判决为终审|本裁定为终审|案件受理费|本案[^\n。]{0,10}受理费|一审案件受理费|二审案件受理费|"
    r"[^\n。]{0,8}受理费|如果?未按|如[^\n。]{0,40}未按)"
)


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in pairs)


_CRIMINAL = _rules(
    ("准许撤诉", r"准[许予][^。;]{0,40}?撤(?:回(?:起诉|自诉|对)|诉)"),
    (
        "有罪判决",
        r"犯[^,。;]{1,60}?罪|免(?:予|于|除)刑事处罚|判处(?:有期徒刑|无期徒刑|死刑|拘役|管制|罚金)",
    ),
    ("不负刑事责任", "不负刑事责任|强制医疗"),
    ("无罪", "无罪"),
    ("终止审理", "终止审理"),
    ("驳回起诉", r"驳回[^。;]{0,40}?(?:起诉|自诉)"),
    ("不予受理", "不予受理"),
)
_CIVIL = _rules(
    ("准许撤诉", r"准[许予][^。;]{0,60}?撤(?:回(?:起诉|本诉|诉讼|对)|诉)"),
    ("按撤诉处理", r"按[^。;]{0,40}?撤(?:回起诉|诉)处理"),
    ("驳回管辖权异议", r"驳回[^。;]{0,60}?管辖权?[^。;]{0,8}?异议|管辖权?异议[^。;]{0,10}?不成立"),
    ("移送管辖", r"移送[^。;]{0,40}?(?:处理|管辖|审理)"),
    ("驳回起诉", r"驳回[^。;]{0,60}?的?起诉"),
    ("不予受理", "不予受理"),
    ("终结诉讼", "终结诉讼"),
    ("终结本次执行程序", "终结[^。;]{0,60}?本次执行"),
    ("不予执行", r"^[^。;]{0,20}?不予执行"),
    ("终结执行", "终结[^。;]{0,60}?执行"),
)
_REVIEW = _rules(
    ("准许撤回上诉", r"准[许予][^。;]{0,60}?撤回(?:上诉|抗诉)"),
    ("按撤回上诉处理", r"按[^。;]{0,40}?撤回上诉处理"),
    ("驳回再审申请", r"驳回[^。;]{0,60}?再审申请"),
    ("驳回申诉", r"驳回[^。;]{0,40}?申诉"),
    ("指令再审", r"指令[^。;]{0,40}?再审"),
    ("指令审理", r"指令[^。;]{0,40}?(?:审理|立案)"),
    ("提审", r"由本院提审|本院提审"),
    ("终结再审", "终结再审"),
    ("发回重审", r"发回[^。;]{0,40}?(?:重新审|重审|再审|审理|审判)|发还[^。;]{0,40}?重"),
    ("准许撤诉", r"准[许予][^。;]{0,60}?撤(?:回(?:起诉|自诉|诉讼|对)|诉)"),
    ("核准", r"^[^。;]{0,12}?核准"),
)
_REVIEW_ALSO = _rules(
    ("驳回起诉", r"驳回[^。;]{0,60}?的?(?:起诉|自诉)(?!讼)"),
)
_CHANGE = _rules(
    ("不予减刑", "不予减刑"),
    ("不予假释", "不予假释"),
    ("收监执行", "收监"),
    ("减刑", "减去|减刑|减为"),
    ("假释", "假释"),
)
_APPROVAL = _rules(("不予核准", "不(?:予)?核准"), ("核准", "核准"))

_KEPT = re.compile(r"维持|驳回[^。;]{0,60}?(?:上诉|抗诉)")
_SET_ASIDE = re.compile(r"撤[销消除]")
_PART = re.compile(
    r"第?\(?[一二三四五六七八九十0-9、,和]{1,12}\)?项|部分|定罪|量刑|刑罚|罚金|缓刑|附带民事|主文|中(?:的|对|关于|被告|原审|第)|"
    r"(?:判决|裁定)(?:书)?(?:中)?(?:对|关于|的?第)|的(?:判决|判项|处理|追缴|刑事判决)[^书]"
)
_PROBATION = re.compile("缓刑|假释")
_ANEW = re.compile("犯[^,。;]{1,60}?罪|无罪|判处|赔偿|停止|追缴|责令|没收|退赔|驳回|发还|免予")
_CHANGED = re.compile("变更|改为|改判|更正|纠正|调整")
_ITEM = re.compile(
    r"(?:^|[\n。;:])\n?(?:第?[一二三四五六七八九十]{1,3}[、,.项]|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[、.])"
)
_REJECTED_REST = re.compile(
    r"驳回[^。;\n]{0,80}?(?:其他|其它|其余|过高|的?(?:诉讼)?请求中)[^。;\n]{0,20}?(?:诉|请求)|驳回[^。;\n]{0,60}?反诉|"
    r"(?:其他|其它|其余)[^。;\n]{0,12}?(?:诉讼)?请求[^。;\n]{0,6}?(?:不予支持|予以驳回)|驳回[^。;\n]{0,60}?(?:诉讼)?请求"
)
_REJECTED_ALL = re.compile(
    r"驳回[^。;\n]{0,90}?(?:全部)?(?:诉讼)?请求|对[^。;\n]{0,60}?(?:诉讼)?请求[^。;\n]{0,4}?不予支持"
)
_GRANTED = re.compile(
    r"(?:立即)?停止|赔偿|支付|给付|偿付|偿还|返还|确认|登报|刊登|消除影响|赔礼|解除|销毁|承担|变更|办理|履行|规范|撤销|无效|归[^。]{0,20}所有"
)


def read_disposition(
    text: Text, ruling: tuple[int, int] | None, instance: str | None, *, criminal: bool, kind: str
) -> Field[str]:
    """One code of the closed list for this kind of case, with the place of the order."""
    if ruling is None:
        return Field(why="未见主文")
    start, end = ruling
    stop = _END.search(text.even, start, end)
    order = text.even[start : stop.start() if stop else end]
    code = _code(order, instance, criminal=criminal, kind=kind)
    span = (text.span(start, start + len(order)),)
    return Field(code, span) if code else Field(None, span, "主文未能归入裁判结果代码")


def _code(order: str, instance: str | None, *, criminal: bool, kind: str) -> str | None:
    if kind == "调解书":
        return "调解"
    if instance == "刑罚变更":
        return _first(_CHANGE, order)
    if instance in ("死刑复核", "复核"):
        return _first(_APPROVAL, order) or _review(order)
    if instance in ("二审", "再审", "再审审查"):
        return _review(order)
    if criminal:
        # The civil part of a criminal case may be decided by itself.
        return _first(_CRIMINAL, order) or _civil(order)
    return _first(_CIVIL, order) or _civil(order)


def _first(rules: tuple[Rule, ...], order: str) -> str | None:
    return next((name for name, pattern in rules if pattern.search(order)), None)


def _civil(order: str) -> str | None:
    if not _REJECTED_ALL.search(order):
        return "支持" if _GRANTED.search(order) else None
    pieces = items(order)
    granted = [each for each in pieces if not _REJECTED_ALL.search(each) and _GRANTED.search(each)]
    return "部分支持" if granted else "驳回诉讼请求"


def items(order: str) -> list[str]:
    """The numbered items of an order, or its paragraphs."""
    starts = [each.end() for each in _ITEM.finditer(order)]
    if len(starts) < 2:
        return [each for each in re.split("[\n;]", order) if each]
    bounds = [*starts, len(order)]
    return [order[a:b] for a, b in pairwise(bounds)]


def _review(order: str) -> str | None:
    plain = _first(_REVIEW, order)
    if plain:
        return plain
    clauses = [each for each in re.split(r"[;。\n]", order) if each]
    aside = [each for each in clauses if _SET_ASIDE.search(each)]
    if aside and _first(_REVIEW_ALSO, order):
        return "驳回起诉"
    kept = [each for each in clauses if _KEPT.search(each) and not _SET_ASIDE.search(each)]
    partly_kept = any("维持" in each and _limited(each) for each in kept)
    if aside:
        # A probation of an earlier case that falls with the new sentence isn't what is reviewed.
        wholly = any(not _limited(each) for each in aside)
        return "改判" if wholly and not partly_kept and _whole(aside) else "部分改判"
    if _CHANGED.search(order):
        return "部分改判"
    if kept:
        anew = [each for each in items(order) if _ANEW.search(each) and not _KEPT.search(each)]
        return "部分改判" if partly_kept and anew else "维持"
    return "改判" if _ANEW.search(order) else None


def _whole(aside: list[str]) -> bool:
    return all(not _limited(each) or _PROBATION.search(each) for each in aside)


def _limited(clause: str) -> bool:
    return bool(_PART.search(_object(clause)))


def _object(clause: str) -> str:
    """What is set aside or kept: from the verb on, without the numbers of cases."""
    verb = re.search(r"撤[销消除]|维持", clause)
    rest = clause[verb.end() :] if verb else clause
    rest = re.sub(r"\([12][0-9lIO]{3}\)[^,。;]{2,30}?号", "", rest)
    rest = re.sub("附(?:带)?民事(?=判决|裁定|调解)", "", rest)
    return re.split(r",(?!第|即|中|对|关于|以及)", rest, maxsplit=1)[0]
