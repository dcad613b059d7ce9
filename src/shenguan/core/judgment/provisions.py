"""Takes a list of provisions apart: 《刑法》第一百三十三条之一第一款第（二）项、第六十七条第三款 …"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shenguan.core.judgment.model import Span, Statute
from shenguan.core.judgment.numerals import number

PROVISION = re.compile("第?[一二三四五六七八九十百零0-9]{1,9}条|第[一二三四五六七八九十百]{3,9}第")

_NUM = "[一二三四五六七八九十百千零〇○两0-9]"
_ONE = rf"第?\(?{_NUM}{{1,9}}\)?(?:之[一二三四五六七八九十]{{1,2}})?"
_BARE = (
    r"中华人民共和国[一-龥、]{1,16}?(?:法典|法|条例)|"
    r"最高人民法院关于[一-龥、《》<>]{4,40}?(?:解释|规定|批复|意见)"
)
_TOKEN = re.compile(
    rf"(?P<law>《+|<+(?=中华|最高|关于|全国))|(?P<bare>(?:{_BARE})(?=第|之规定|的规定|\())"
    rf"|(?P<skip>\((?!{_NUM}{{1,3}}\)?[、,和项(款]|第)(?:[^()]|\([^()]*\)){{2,80}}?\))"
    rf"|第(?P<unsaid>{_NUM}{{2,9}})(?=第{_NUM}{{1,3}}款)"
    rf"|(?P<numbers>{_ONE}(?:(?:[、,和及与]|(?=[(第])){_ONE})*)(?P<unit>条|款|项|目)"
    rf"(?P<of>之[一二三四五六七八九十]{{1,2}}(?!款))?"
    rf"|(?P<to>(?:至|到|-|—)(?=第?\(?{_NUM}))"
)
_SPLIT = re.compile("[、,和及与]|(?<=.)(?=[(第])")
_LAW_NAME = re.compile(
    r"(?:法|解释|规定|意见|条例|决定|办法|批复|通知|规则|典|修正案(?:\([^)]*\))?|纪要|细则|公约|标准|"
    r"协定|答复|）|〉)$"
)
_STEP = {"《": 1, "<": 1, "》": -1, ">": -1}
_NAME_MARKS = str.maketrans(
    {"《": "〈", "》": "〉", "<": "〈", ">": "〉", "(": "（", ")": "）", ";": None}
)
_LONGEST_RANGE = 60  # articles; a longer 第…条至第…条 is a slip
_LONGEST_NAME = 90
_DIGITS = re.compile("[一二三四五六七八九]{2,4}")
Found = tuple[Statute, Span]


@dataclass(slots=True)
class _Provisions:
    """What has been read since the last law name, and what waits for its 款 and 项."""

    law: str = ""
    law_span: Span = (0, 0)
    articles: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    span: Span = (0, 0)
    cited: bool = True

    def flush(self) -> Iterator[Found]:
        """Everything but the last number of a list stands for itself; the last takes what follows."""
        for article in self.articles[:-1]:
            yield Statute(self.law, article), self.span
        if not self.articles:
            return
        article = self.articles[-1]
        for paragraph in self.paragraphs[:-1]:
            yield Statute(self.law, article, paragraph), self.span
        paragraph = self.paragraphs[-1] if self.paragraphs else ""
        for item in self.items or [""]:
            yield Statute(self.law, article, paragraph, item), self.span

    def named_only(self) -> Iterator[Found]:
        """A law cited without any article."""
        if not self.cited and _LAW_NAME.search(self.law):
            yield Statute(self.law), self.law_span


def read_provisions(said: str, start: int, end: int) -> Iterator[Found]:
    """Each provision with its place in `said`; a law's name holds until the next one."""
    state = _Provisions()
    at, joined = start, False
    while (token := _TOKEN.search(said, at, end)) is not None:
        at = token.end()
        if token["law"] or token["bare"]:
            yield from state.flush()
            yield from state.named_only()
            state, at = _law(said, token, end)
        elif token["to"]:
            joined = token.start() > start and said[token.start() - 1] in "条款项"
        elif token["unit"] or token["unsaid"]:
            yield from _take(state, token, joined=joined)
            joined = False
    yield from state.flush()
    yield from state.named_only()


def _law(said: str, token: re.Match[str], end: int) -> tuple[_Provisions, int]:
    if token["bare"]:
        return _Provisions(_name(token["bare"]), token.span(), cited=False), token.end()
    start, at = token.end(), token.end()
    depth = 1
    while at < min(end, start + _LONGEST_NAME):
        depth += _STEP.get(said[at], 0)
        if depth <= 0 or (said[at] == "第" and _unclosed(said, at, end)):
            break
        at += 1
    last = (
        at - 1
        if said[at - 1] == ">" and said[start:at].count("<") < said[start:at].count(">")
        else at
    )
    return _Provisions(_name(said[start:last]), (start, last), cited=False), at


def _unclosed(said: str, at: int, end: int) -> bool:
    """第…条 inside the marks: part of a title that closes soon, or the closing mark is wrong?"""
    if not PROVISION.match(said, at):
        return False
    mark = re.compile("[《》]").search(said, at, min(end, at + 40))
    return mark is None or mark[0] == "《"


def _name(printed: str) -> str:
    name = printed.translate(_NAME_MARKS)
    whole = name.startswith("〈") and name.endswith("〉") and name.count("〈") == 1
    return name[1:-1] if whole else name


def _take(state: _Provisions, token: re.Match[str], *, joined: bool) -> Iterator[Found]:
    unit = token["unit"] or "条"
    values = _values(token["unsaid"] or token["numbers"], unit)
    if not values:
        return
    if unit == "条":
        if joined and state.articles and not state.paragraphs:
            values = _range(state.articles[-1], values)
        yield from state.flush()
        if token["of"]:
            values[-1] += token["of"]
        state.articles, state.paragraphs, state.items = values, [], []
        state.cited, state.span = True, token.span()
    elif state.articles:
        yield from _narrow(state, unit, values, joined=joined)
        state.span = (state.span[0], token.end())


def _narrow(state: _Provisions, unit: str, values: list[str], *, joined: bool) -> Iterator[Found]:
    """款 and 项 belong to what stands before them; a further 款 opens a citation of its own."""
    if unit == "款" and joined and state.paragraphs and not state.items:
        state.paragraphs.extend(_range(state.paragraphs[-1], values))
    elif unit == "款" and state.paragraphs:
        yield from state.flush()
        state.articles, state.paragraphs, state.items = state.articles[-1:], values, []
    elif unit == "款":
        state.paragraphs = values
    elif unit == "项":
        state.items.extend(_range(state.items[-1], values) if joined and state.items else values)


def _values(numbers: str, unit: str) -> list[str]:
    """第一、三款 -> 1, 3; a missing separator (第二三款) is put back where no such number exists."""
    found: list[str] = []
    for part in _SPLIT.split(numbers):
        printed = part.replace("第", "").strip("()")
        if unit != "条" and _DIGITS.fullmatch(printed):
            found.extend(str(number(digit)) for digit in printed)
        elif value := _value(printed):
            found.append(value)
    return found


def _value(printed: str) -> str:
    """一百三十三 -> 133, 一百三十三之一 -> 133之一; empty if it is no number."""
    base, _, of = printed.partition("之")
    value = number(base)
    return "" if value is None else f"{value}之{of}" if of else str(value)


def _range(first: str, values: list[str]) -> list[str]:
    """What lies between the last number and the first of `values`, and `values`."""
    if not first.isdigit() or not values[0].isdigit():
        return values
    low, high = int(first), int(values[0])
    if not low < high <= low + _LONGEST_RANGE:
        return values
    return [str(n) for n in range(low + 1, high)] + values
