"""Who signed: the panel, assistants and clerks at the tail, by their printed role."""

import re

from shenguan.core.judgment.model import Field, Member, Span
from shenguan.core.judgment.text import Text

_ROLE = re.compile(
    r"(?:代理|助理)?审\n?判\n?员|审\n?判\n?长|(?:人\n?民)?陪\n?审\n?员|(?:法\n?官|审判)助理|"
    r"(?:\(?(?:代理|代|实习|见习|助理|兼)\)?)?书\n?记\n?员|速录员|执行员|执行长|院长|庭长|技术调查官"
)
_DATE = re.compile(
    "[一二三四五六七八九〇○零ОOo0-9Ｏ]{2,4}年[一二三四五六七八九十元〇○零0-9]{1,3}月"
)
_NAME = re.compile(r"[:：]?\n?([一-鿿㐀-䶿\U00020000-\U0002ffff·•.?×xX*某0-9〇]{1,24})")
_NEXT_NAME = re.compile(r"(?:\([^()\n]{1,6}\))?[\n、,]([一-鿿㐀-䶿×某·]{2,4})")
_NOT_A_NAME = re.compile("本件|本案|核对|附|适用|正本|公章|院印")
_APPENDIX = re.compile(
    r"\n?[(\[【]?(?:附[:：一-鿿]|附$|附\n|本案引用|相关法律|本判决(?:书)?(?:引用|适用|所)|法律条文|适用的?法律|"
    r"裁判依据|《|第[一二三四五六七八九十百]+条|判决书?附|引用法|执行依据|作者|附录)"
)
_BEHIND = ("", "\n", "、", ",", "(")
_LONGEST_TAIL = 900


def read_panel(text: Text, start: int, end: int) -> Field[tuple[Member, ...]]:
    """Every name under the ruling with its role; an appendix isn't searched."""
    found: list[Member] = []
    spans: list[Span] = []
    stop = _end(text.even, start, min(end, start + _LONGEST_TAIL))
    roles = list(_ROLE.finditer(text.even, start, stop))
    for index, role in enumerate(roles):
        until = roles[index + 1].start() if index + 1 < len(roles) else stop
        name = role[0].replace("\n", "").replace("(", "").replace(")", "")
        for a, b in _names(text.even, role.end(), until):
            for each in _apart(text, a, b):
                found.append(Member(name, each))
                spans.append(text.span(a, b))
    if not found:
        return Field(why="落款处未见审判人员、书记员署名")
    return Field(tuple(found), tuple(spans))


def _apart(text: Text, start: int, end: int) -> list[str]:
    """Two names on one line, parted by blanks; 甲 某 with a blank inside is one name."""
    first, last = text.span(start, end)
    parts = text.raw[first:last].split()
    return parts if all(len(part) > 1 for part in parts) else ["".join(parts)]


def _end(text: str, start: int, end: int) -> int:
    """The signatures end where the appended law begins, which is after the date."""
    date = _DATE.search(text, start, end)
    appendix = _APPENDIX.search(text, date.end() if date else start, end)
    return appendix.start() if appendix else end


def _names(text: str, start: int, until: int) -> list[Span]:
    date = _DATE.search(text, start, until)
    until = date.start() if date else until
    first = _NAME.match(text, start, until)
    if first is None:
        return []
    spans = [first.span(1)]
    at = first.end()
    while (more := _NEXT_NAME.match(text, at, until)) is not None:
        if _NOT_A_NAME.match(more[1]) or text[more.end() : more.end() + 1] not in _BEHIND:
            break
        spans.append(more.span(1))
        at = more.end()
    return spans
