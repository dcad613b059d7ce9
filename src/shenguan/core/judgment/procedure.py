"""Which procedure tried the case, and whether the document says so or it is inferred."""

import re

from shenguan.core.judgment.model import Field
from shenguan.core.judgment.text import Text

_UNASKED = ("再审审查", "死刑复核", "复核", "刑罚变更")
_REFUSED = re.compile(
    r"(?:建议|要求|申请|提议|同意|认为|符合|告知|可以|异议|询问)[^。;,]{0,30}?(?:简易|速裁|小额诉讼|普通)程序[^。;,\n]{0,6}|"
    r"(?:不宜|不适宜|不适合|不应|不符合|不能|不得|不当|不再|不适用)[^。;,]{0,10}?(?:简易|速裁|小额诉讼)程序"
)
_TURNED = re.compile(
    r"(?:转|变更|改|转换)(?:为|成|入|用|按|由)?(?:依法)?(?:适用)?(?:第一审)?(?:刑事)?(?P<to>普通|简易)(?:程序)?|"
    r"(?P<from>简易|速裁|小额诉讼|普通)程序(?:依法)?(?:转|变更)(?:为|成)?(?P<into>普通|简易)(?:程序)?|"
    r"(?:变更|转换)(?:审理)?程序[^。;]{0,20}?(?P<after>普通|简易)程序"
)
_NAMED = re.compile("(?P<kind>普通|简易|速裁|小额诉讼|小额)(?:审理)?程序")
_SINGLE = re.compile("独任|由审判员[^。;,]{1,12}审理")
_PANEL = re.compile("合议庭")
_SHORT = {"小额诉讼": "小额"}
_DONE = {"普通": "普通程序", "简易": "简易程序", "速裁": "速裁程序", "小额": "小额诉讼程序"}
# Named one after the other, the heavier procedure last: the case was turned without the word 转.
_UPWARDS = (
    ("简易", "普通"),
    ("速裁", "普通"),
    ("小额诉讼", "普通"),
    ("速裁", "简易"),
    ("小额诉讼", "简易"),
)
_LATER = re.compile("本院(?:依法)?(?:决定)?适用(?P<kind>普通|简易|速裁|小额诉讼)(?:审理)?程序")
_ORDERED = ("速裁", "小额诉讼", "简易", "普通")


def read_procedure(
    text: Text, course: tuple[int, int], tail: tuple[int, int], instance: str | None
) -> tuple[Field[str], Field[str]]:
    """The procedure and its basis, `printed` or `inferred`."""
    if instance in _UNASKED:
        why = f"{instance}案件不适用第一审程序分类"
        return Field(why=why), Field(why=why)
    found = _printed(text.even, *course) or _behind_course(text.even, course[1], tail[0])
    if found:
        name, start, end = found
        span = (text.span(start, end),)
        return Field(name, span), Field("printed", span)
    return _inferred(text, course, tail)


def _printed(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    said = text[start:end]
    plain = _REFUSED.sub(lambda each: "□" * len(each[0]), said)
    turned = _TURNED.search(plain)
    if turned:
        to = turned["to"] or turned["into"] or turned["after"]
        source = turned["from"] or _before(said, turned.start(), to)
        if source and source != to:
            name = f"{_SHORT.get(source, source)}转{to}"
            return name, start + turned.start(), start + turned.end()
    kinds = {each["kind"]: each for each in _NAMED.finditer(plain)}
    for source, to in _UPWARDS:
        if source in kinds and to in kinds and kinds[source].start() < kinds[to].start():
            later = kinds[to]
            return f"{_SHORT.get(source, source)}转{to}", start + later.start(), start + later.end()
    for kind in _ORDERED:
        each = kinds.get(kind) or (kinds.get("小额") if kind == "小额诉讼" else None)
        if each:
            return _DONE[_SHORT.get(kind, kind)], start + each.start(), start + each.end()
    return None


def _behind_course(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Some courts say 本院适用简易程序 only where they find the facts."""
    later = _LATER.search(text, start, end)
    return (_DONE[_SHORT.get(later["kind"], later["kind"])], *later.span()) if later else None


def _before(said: str, at: int, to: str) -> str:
    """What the case was turned from: named before; 普通 is turned to from 简易 where unsaid."""
    named = [each["kind"] for each in _NAMED.finditer(said, 0, at) if each["kind"] != to]
    return named[-1] if named else ("简易" if to == "普通" else "普通")


def _inferred(
    text: Text, course: tuple[int, int], tail: tuple[int, int]
) -> tuple[Field[str], Field[str]]:
    panel = _PANEL.search(text.even, *course)
    if panel is None:
        panel = re.compile("审\n?判\n?长").search(text.even, tail[0], min(tail[1], tail[0] + 200))
    single = _SINGLE.search(text.even, *course)
    if panel:
        span = (text.span(*panel.span()),)
        return Field("普通程序", span), Field("inferred", span)
    if single:
        span = (text.span(*single.span()),)
        return Field("简易程序", span), Field("inferred", span)
    why = "未写明适用程序，也未见合议庭或独任审判"
    return Field(why=why), Field(why=why)
