"""The provisions a ruling rests on: the sentence 依照《…》第…条 … 判决如下, taken apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shenguan.core.judgment.model import Field, Span, Statute
from shenguan.core.judgment.numerals import number
from shenguan.core.judgment.text import Text

_NUM = "[一二三四五六七八九十百千零〇○两0-9]"
_ONE = rf"第?\(?{_NUM}{{1,9}}\)?(?:之[一二三四五六七八九十]{{1,2}})?"
_TOKEN = re.compile(
    rf"(?P<law>《)|(?P<bare>(?:中华人民共和国[一-龥、]{{1,16}}?(?:法典|法|条例)|最高人民法院关于[一-龥、《》<>]{{4,40}}?(?:解释|规定|批复|意见))"
    rf"(?=第|之规定|的规定|\())|(?P<skip>\((?!{_NUM}{{1,3}}\)?[、,和项]|第)[^()]{{2,60}}?\))"
    rf"|(?P<numbers>{_ONE}(?:[、,和及与]{_ONE})*)(?P<unit>条|款|项|目)(?P<of>之[一二三四五六七八九十]{{1,2}}(?!款))?"
    rf"|(?P<to>(?:至|到|-|—)(?=第?\(?{_NUM}))"
)
_SPLIT = re.compile("[、,和及与]")
_REST = re.compile(
    r"(?:依照|根据|依据|按照|遵照|适用|依|据|参照)(?=[^。;]{0,40}?(?:《|<|第[一二三四五六七八九十百]{1,6}条|中华人民共和国[一-龥]{1,12}法))"
)
_LAW_NAME = re.compile(
    r"(?:法|解释|规定|意见|条例|决定|办法|批复|通知|规则|典|修正案(?:\([^)]*\))?|纪要|细则|公约|标准|协定|答复|\)|>)$"
)
_PROVISION = re.compile("第?[一二三四五六七八九十百零0-9]{1,9}条")
_OPEN_CLOSE = {"《": 1, "<": 1, "》": -1, ">": -1}
_LONGEST_RANGE = 60  # articles; a longer 第…条至第…条 is a slip
_LONGEST_NAME = 90


@dataclass(slots=True)
class _Provisions:
    """What has been read since the last law name, and what waits for its 款 and 项."""

    law: str = ""
    law_span: Span = (0, 0)
    articles: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    span: Span = (0, 0)
    used: bool = True

    def flush(self) -> Iterator[tuple[Statute, Span]]:
        for article in self.articles[:-1]:
            yield Statute(self.law, article), self.span
        if self.articles or self.paragraphs or self.items:
            yield from self._last()

    def _last(self) -> Iterator[tuple[Statute, Span]]:
        article = self.articles[-1] if self.articles else ""
        for paragraph in self.paragraphs[:-1]:
            yield Statute(self.law, article, paragraph), self.span
        paragraph = self.paragraphs[-1] if self.paragraphs else ""
        for item in self.items or [""]:
            yield Statute(self.law, article, paragraph, item), self.span


def read_statutes(text: Text, start: int, order: int) -> Field[tuple[Statute, ...]]:
    """Provisions named in the sentence that ends in the order at `order`; `start`: reasoning."""
    found: dict[Statute, Span] = {}
    for a, b in _sentences(text.even, start, order):
        for statute, span in _provisions(text.even, a, b):
            found.setdefault(statute, text.span(*span))
    if not found:
        return Field(why="“判决（裁定）如下”前未引用法律条文")
    return Field(tuple(found), tuple(found.values()))


def _sentences(text: str, start: int, order: int) -> list[Span]:
    """The sentence of the order; the ones before it while it, or they, only name the law."""
    sentences: list[Span] = []
    end = order
    for _ in range(4):
        begin = max(text.rfind("。", start, end), text.rfind("\n", start, end), start - 1) + 1
        opened = _opened(text, begin, end)
        if opened is not None:
            sentences.append((opened, end))
        if begin <= start or not _goes_on(text, begin, start, found=bool(sentences)):
            break
        end = begin - 1
    return sentences[::-1]


def _goes_on(text: str, begin: int, start: int, *, found: bool) -> bool:
    """Look further back: nothing found yet, or the sentence before begins with 依照 as well."""
    if not found:
        return True
    before = (
        max(text.rfind("。", start, begin - 1), text.rfind("\n", start, begin - 1), start - 1) + 1
    )
    lead = (
        _REST.match(text, before) or _REST.match(text, before + 1) or _REST.match(text, before + 3)
    )
    return bool(lead and _PROVISION.search(text, before, begin) and text[begin - 1] == "。")


def _opened(text: str, begin: int, end: int) -> int | None:
    """Where 依照 stands; what another clause says of the law before it doesn't count."""
    leads = [each for each in _REST.finditer(text, begin, end)]
    for each in leads:
        if _PROVISION.search(text, each.end(), end) or "《" in text[each.end() : each.end() + 40]:
            tail = text[each.end() : end]
            if not _PROVISION.search(tail) and "《" not in tail:
                continue
            return each.start()
    return None


def _provisions(text: str, start: int, end: int) -> Iterator[tuple[Statute, Span]]:
    state = _Provisions()
    at, joined = start, False
    while (token := _TOKEN.search(text, at, end)) is not None:
        at = token.end()
        if token["law"] or token["bare"]:
            yield from state.flush()
            yield from _unused(state)
            state, at = _law(text, token, end)
        elif token["to"]:
            joined = text[token.start() - 1] in "条款项" and token.start() > start
        elif token["unit"]:
            yield from _take(state, token, joined=joined)
            joined = False
    yield from state.flush()
    yield from _unused(state)


def _unused(state: _Provisions) -> Iterator[tuple[Statute, Span]]:
    if not state.used and _LAW_NAME.search(state.law):
        yield Statute(state.law), state.law_span


def _law(text: str, token: re.Match[str], end: int) -> tuple[_Provisions, int]:
    if token["bare"]:
        return _Provisions(token["bare"], token.span(), used=False), token.end()
    start, depth, at = token.end(), 1, token.end()
    while at < min(end, start + _LONGEST_NAME):
        depth += _OPEN_CLOSE.get(text[at], 0)
        if depth == 0 or text[at : at + 2] == ">第":
            break
        if _PROVISION.match(text, at) and text[at] == "第":
            break
        at += 1
    name = text[start:at].replace("\n", "").replace("《", "<").replace("》", ">")
    name = name.replace("<", "〈").replace(">", "〉").replace("(", "（").replace(")", "）")
    return _Provisions(name, (start, at), used=False), at


def _take(
    state: _Provisions, token: re.Match[str], *, joined: bool
) -> Iterator[tuple[Statute, Span]]:
    values = [value for part in _SPLIT.split(token["numbers"]) if (value := _value(part))]
    if not values:
        return
    unit = token["unit"]
    if unit == "条":
        if joined and state.articles and not state.paragraphs:
            values = _range(state.articles[-1], values)
        yield from state.flush()
        if token["of"]:
            values[-1] += token["of"]
        state.articles, state.paragraphs, state.items = values, [], []
        state.used = True
    elif unit == "款" and state.articles:
        if joined and state.paragraphs and not state.items:
            values = _range(state.paragraphs[-1], values)
            state.paragraphs.extend(values)
        elif state.paragraphs:
            yield from state.flush()
            state.articles, state.paragraphs, state.items = state.articles[-1:], values, []
        else:
            state.paragraphs = values
    elif unit == "项" and state.articles:
        state.items.extend(_range(state.items[-1], values) if joined and state.items else values)
    state.span = token.span() if unit == "条" else (state.span[0], token.end())


def _value(part: str) -> str:
    """第一百三十三 -> 133, (二) -> 2, 第一百三十三之一 -> 133之一; empty if it is no number."""
    base, _, of = part.replace("第", "").strip("()").partition("之")
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
