"""The charges of a criminal judgment: those of conviction, read from the 主文 first."""

import re

from shenguan.core.judgment.model import Field, Span
from shenguan.core.judgment.numerals import number
from shenguan.core.judgment.text import Text

Charges = dict[str, Span]

# 犯罪 inside a charge: 掩饰、隐瞒犯罪所得罪, 帮助犯罪分子逃避处罚罪, 传授犯罪方法罪 …
_WORDS = r"(?:犯罪(?=所得|分子|方法|活动|集团|组织|嫌疑)|侵犯|[^,。;:“”\n罪犯]){2,45}"
_NO_MORE = "(?![行责犯名刑])"
_CHARGE = re.compile(rf"犯(?:有|了)?(?P<charge>{_WORDS}罪){_NO_MORE}")
_MORE = re.compile(rf"(?:[、,和及与]|以及|并)(?:犯)?(?P<charge>{_WORDS}罪){_NO_MORE}")
_SENTENCED = re.compile(
    rf"(?<!因)犯(?P<charge>{_WORDS}罪)"
    rf"(?=[,、(]{{0,2}}(?:判处|免[予于除]|单处|处|决定|数罪|均?判|[^,。;:\n罪]{{2,30}}罪))"
)
_FOR = re.compile(rf"以(?P<charge>{_WORDS}罪)(?:,|分别|对|,?判处|追究)")
_NAMED_CASE = re.compile(
    r"指控[^。;\n]{0,40}?(?:被告人|被告单位)[^。;,\n]{1,40}?(?P<charge>[^,。;\n]{2,30})一案"
)
_NOISE = re.compile(
    r"^(?:[、和及与]|(?:分别)?以(?!危险|威胁|[一-鿿]{2,3}方法)|犯|[^罪]{0,30}?规定的|《[^》]*》[^罪]{0,30}?的|\([^()]*\))+"
)
_NOT_A_CHARGE = re.compile(
    r"[,，]|认罪|服刑罪|数罪|应以|被告人|判处|公诉机关|^(?:该|此|数|前|新|漏|何|本|其他|上述|同种|一人|多|重|轻|中重|"
    r"他|故意犯|过失犯|两|二|各|所犯)罪$"
)
_ASIDE = re.compile("撤[销消除]")
_BEGINS_ANEW = re.compile(
    r"[;。\n](?:[一二三四五六七八九十]{1,3}、)?(?:上诉人|上诉单位|原审|被告|申诉人|罪犯|对)[^,。;]{0,40}?$"
)
_KEPT = re.compile(r"维持[^。;\n]{0,80}?第(?P<items>[一二三四五六七八九十、,和及第项]{1,40})项")
_BELOW_RULING = re.compile(r"(?:判决|判处|判)[^。;\n:]{0,14}:?\n?[“\"]?\n?(?=一[、.,])")
_ITEM = re.compile(r"(?:^|[\n。;:“\")])\n?(?P<n>[一二三四五六七八九十]{1,3})[、.,]")
_LONGEST_RULING = 4000
_LONGEST_ITEM = 300


def read_charges(
    text: Text, *, ruling: Span | None, course: Span | None, body: Span
) -> Field[tuple[str, ...]]:
    """Convictions in the 主文 outside what it sets aside, with those of items kept by number.

    Where it names none (维持, 无罪, 发回 …): those of the decision below, else those charged.
    """
    found = _convictions(text, *ruling, body=body) if ruling else {}
    found = found or _below(text, *body)
    if not found and course:
        found = _named(text, *course) or _loosely(text, *course)
    if not found and ruling:
        found = _named(text, *ruling)
    if not found:
        return Field(why="主文与审理经过均未见罪名")
    return Field(tuple(found), tuple(found.values()))


def _convictions(text: Text, start: int, end: int, *, body: Span) -> Charges:
    found = _kept_items(text, start, end, body)
    for each in _CHARGE.finditer(text.even, start, end):
        if not _set_aside(text.even, start, each.start()):
            _add_all(found, text, each, end)
    return found


def _named(text: Text, start: int, end: int) -> Charges:
    found: Charges = {}
    for each in _CHARGE.finditer(text.even, start, end):
        _add_all(found, text, each, end)
    return found


def _loosely(text: Text, start: int, end: int) -> Charges:
    """以…罪判处; 指控被告人甲职务侵占一案: a charge printed without 犯 or without 罪."""
    found: Charges = {}
    for each in _FOR.finditer(text.even, start, end):
        _add(found, text, *each.span("charge"))
    return found


def _add_all(found: Charges, text: Text, first: re.Match[str], end: int) -> None:
    _add(found, text, *first.span("charge"))
    at = first.end()
    while (more := _MORE.match(text.even, at, end)) is not None:
        _add(found, text, *more.span("charge"))
        at = more.end()


def _set_aside(text: str, start: int, at: int) -> bool:
    """Does the charge stand in an item of the order that sets a decision aside?"""
    begin = start
    for item in _ITEM.finditer(text, start, at):
        begin = item.end()
    aside = _ASIDE.search(text, begin, at)
    if aside is None:
        return False
    between = text[aside.end() : at]
    quoted = between.count("“") > between.count("”") or between.rstrip().endswith("即")
    return quoted or _BEGINS_ANEW.search(between) is None


def _kept_items(text: Text, start: int, end: int, body: Span) -> Charges:
    """维持…判决第一、三项 names no charge itself: they stand in the ruling below, if quoted."""
    found: Charges = {}
    for kept in _KEPT.finditer(text.even, start, end):
        clause = re.split("[。;\n]", text.even[kept.end() : kept.end() + 200], maxsplit=1)[0]
        if _CHARGE.search(clause):
            continue
        wanted = {number(each) for each in re.findall("[一二三四五六七八九十]{1,3}", kept["items"])}
        for n, a, b in _items_below(text.even, *body):
            if n in wanted:
                found.update(_named(text, a, b))
    return found


def _items_below(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The items of the ruling below as the document quotes it: number, start, end."""
    ruling = _BELOW_RULING.search(text, start, end)
    if ruling is None:
        return []
    items: list[tuple[int, int]] = []
    stop = min(end, ruling.end() + _LONGEST_RULING)
    for each in _ITEM.finditer(text, ruling.end() - 1, stop):
        if number(each["n"]) != len(items) + 1:
            break
        items.append((len(items) + 1, each.end()))
    if not items:
        return []
    ends = [at for _, at in items[1:]] + [min(stop, items[-1][1] + _LONGEST_ITEM)]
    return [(n, at, last) for (n, at), last in zip(items, ends, strict=True)]


def _below(text: Text, start: int, end: int) -> Charges:
    """Charges of the decision under review: 原判认定被告人甲犯…罪，判处…"""
    found: Charges = {}
    for each in _SENTENCED.finditer(text.even, start, end):
        _add_all(found, text, each, end)
    return found


def _add(found: Charges, text: Text, start: int, end: int) -> None:
    for a, b in _split(text.even, start, end):
        noise = _NOISE.match(text.even[a:b])
        first = a + noise.end() if noise else a
        name = text.even[first:b].replace("\n", "")
        if 3 <= len(name) <= 45 and not _NOT_A_CHARGE.search(name):
            found.setdefault(text.printed(first, b), text.span(first, b))


def _split(text: str, start: int, end: int) -> list[Span]:
    """犯盗窃罪、诈骗罪 is two charges; 走私、贩卖毒品罪 is one."""
    spans, at = [], start
    for each in re.finditer("(?<!犯)罪[、,和及与]", text[start:end]):
        spans.append((at, start + each.start() + 1))
        at = start + each.end()
    return [*spans, (at, end)]
