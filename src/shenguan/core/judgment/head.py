"""The head of a judgment: court, kind of document, case number, and what the number says."""

import re
from dataclasses import dataclass

from shenguan.core.judgment.model import Field
from shenguan.core.judgment.numerals import CHINESE_DATE
from shenguan.core.judgment.text import Text

NUMBER = re.compile(
    r"\([12][0-9lIO]{3}\)[^。;:]{1,40}?[0-9l]\n?号(?:之[一二三四五六七八九十]{1,3})?"
    r"(?:[、,][^。;:\n()]{0,12}?[0-9]{1,6}号)*"
)
_KIND = re.compile(
    r"(?P<court>(?:[^\n。,;:()、]|\n(?=[^\n]{0,6}法院))*?法院)?[a-zA-Z<>/\n]{0,20}"
    r"(?:刑\n?事|民\n?事|行\n?政|国家赔偿|赔偿|执行|知识产权|商事|海事)[^\n。,;:]{0,8}?"
    r"(?P<kind>判\n?决\n?书?|裁\n?定\n?书|决\n?定\n?书|调\n?解\n?书|通\n?知\n?书)"
)
# A judgment printed behind a digest (推荐理由, 裁判要旨 …) has its own head further down.
_EMBEDDED = re.compile(
    r"\n[^\n。,;:()、]{4,40}法院\n{0,3}(?:刑事|民事|行政|知识产权)[^\n。,;:]{0,8}(?:判决|裁定|决定|调解)书\n{0,3}"
    r"(?=\([12][0-9]{3}\)[^\n]{3,30}号\n)"
)
_COURT_LINE = re.compile(r"(?:^|\n)(?P<court>[^\n。,;:()、]{2,40}?人民法院)(?=\n)")
_YEARLESS = re.compile(r"\n?([^\n。,;:()]{2,24}?[0-9]号)(?=\n|$)")
_PROSECUTION = re.compile("公诉机关|公诉人|被告人[^。]{0,60}?犯[^。]{0,20}?罪")
FULL_BRACKETS = {ord(a): b for marks, b in (("([〔［【", "（"), (")]〕］】", "）")) for a in marks}
_STATE = "中华人民共和国"
_HEAD = 1500  # everything printed at the head stands within so many characters
_NEAR = 120

_INSTANCES = (
    ("再审审查", re.compile("申|监")),
    ("再审", re.compile("再|提")),
    ("刑罚变更", re.compile("更|刑执")),
    ("死刑复核", re.compile("核")),
    ("复核", re.compile("复")),
    ("二审", re.compile("终|抗")),
    ("一审", re.compile("初|特|督|催|破|重")),
)
_TITLE_INSTANCE = re.compile(
    "(一审|二审|再审审查|再审|死刑复核|刑罚变更)[^\n]{0,12}?(?:判决|裁定|决定|调解)书"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of the head, and where in the even text the body begins."""

    court: Field[str]
    case_number: Field[str]
    type: Field[str]
    instance: Field[str]
    criminal: bool
    end: int


def read_head(text: Text) -> Head:
    """Reads the first lines; what isn't printed there is None with its reason."""
    top = text.even[:_HEAD]
    kind = _kind(top)
    embedded = None if _strong(top, kind) else _EMBEDDED.search(text.even)
    if embedded:
        top = text.even[: embedded.end() + _NEAR]
        kind = _KIND.search(top, embedded.start() + 1)
    after = kind.end() if kind else 0
    number = _number(top, after)
    court = _court(text, top, kind, number[0] if number else len(top))
    end = number[1] if number else after
    return Head(
        court=court,
        case_number=_printed(text, number, "文首未见案号"),
        type=_type(text, kind, top),
        instance=_instance(text, top, number, judgment=kind is not None and "判" in kind["kind"]),
        criminal=_criminal(text.even, number, kind),
        end=end,
    )


def next_head(even: str, after: int) -> int:
    """Where a second document begins behind the first one's date, else the end of the text."""
    for each in _EMBEDDED.finditer(even, max(0, after - 1)):
        start = each.start() + 1
        if CHINESE_DATE.search(even, max(after, start - _NEAR), start):
            return start
    return len(even)


def _strong(top: str, kind: re.Match[str] | None) -> bool:
    """A head in order: court, kind and number one after the other."""
    if kind is None or kind["court"] is None:
        return False
    return NUMBER.search(top, kind.end(), kind.end() + _NEAR) is not None


def _kind(top: str) -> re.Match[str] | None:
    """The line 刑事判决书: with its court before it and the number behind it, not a title."""
    found = None
    for each in _KIND.finditer(top):
        rest = top[each.end() : each.end() + 40].lstrip("\n")
        if each["court"] and (NUMBER.match(rest) or found is None or not found["court"]):
            return each
        if NUMBER.match(rest):
            return each
        found = found or each
    return found


def _number(top: str, after: int) -> tuple[int, int] | None:
    near = NUMBER.search(top, after, after + _NEAR)
    if near:
        return near.span()
    yearless = _YEARLESS.match(top, after)
    if yearless:
        return yearless.span(1)
    first = NUMBER.search(top)
    return first.span() if first and first.start() < 2 * _NEAR else None


def _court(text: Text, top: str, kind: re.Match[str] | None, before: int) -> Field[str]:
    if kind and kind["court"]:
        start, end = kind.span("court")
    else:
        named = [each.span("court") for each in _COURT_LINE.finditer(top, 0, before + 1)]
        if not named:
            return Field(why="文首未印法院名称")
        start, end = named[-1]
    start += len(top[start:end]) - len(top[start:end].lstrip("\n"))
    start = max(start, top.rfind("\n", 0, end - 4) + 1 if _whole(top, start, end) else start)
    while top.startswith(_STATE, start):
        start += len(_STATE)
    start += len(top[start:end]) - len(top[start:end].lstrip("0123456789{C}"))
    return Field(text.printed(start, end), (text.span(start, end),))


def _whole(top: str, start: int, end: int) -> bool:
    """Is the last line of a court's name, printed over two lines, a whole name by itself?"""
    last = top[start:end].rsplit("\n", 1)[-1]
    return len(last) > 6


def _printed(text: Text, where: tuple[int, int] | None, why: str) -> Field[str]:
    if where is None:
        return Field(why=why)
    printed = text.printed(*where)
    return Field(printed.translate(FULL_BRACKETS), (text.span(*where),))


def _type(text: Text, kind: re.Match[str] | None, top: str) -> Field[str]:
    if kind is None:
        return Field(why="文首未印文书种类")
    if kind["court"] is None and NUMBER.search(top, kind.end(), kind.end() + _NEAR) is None:
        return Field(why="文首无法院及案号，似为案例摘要而非裁判文书")
    printed = kind["kind"].replace("\n", "")
    name = printed if printed.endswith("书") else printed + "书"
    return Field(name, (text.span(*kind.span("kind")),))


def _instance(
    text: Text, top: str, number: tuple[int, int] | None, *, judgment: bool
) -> Field[str]:
    """From the letters of the number; a judgment under a 申 or 监 number is a retrial's."""
    if number:
        body = top[number[0] : number[1]].partition(")")[2] or top[number[0] : number[1]]
        for name, pattern in _INSTANCES:
            if pattern.search(body):
                retried = name == "再审审查" and judgment
                return Field("再审" if retried else name, (text.span(*number),))
    title = _TITLE_INSTANCE.search(top, 0, 200)
    if title:
        return Field(title[1], (text.span(*title.span(1)),))
    return Field(why="案号与标题均未表明审级")


def _criminal(text: str, number: tuple[int, int] | None, kind: re.Match[str] | None) -> bool:
    if number and "刑" in text[number[0] : number[1]]:
        return True
    if kind is None and number is None:
        return _PROSECUTION.search(text) is not None
    return bool(kind and "刑" in kind[0])
