"""Cause of a civil case, charges of a criminal one."""

import re
from collections.abc import Iterable

from shenguan.core.judgment.model import Field, Span
from shenguan.core.judgment.text import Text

_CHARGE = re.compile(
    r"犯(?:有|了)?(?P<charge>[^,。;:()“”\n犯罪]{0,3}[^,。;:“”\n罪]{1,45}?罪)(?![行责犯名犯刑])"
)
_MORE = re.compile(
    r"(?:[、,和及与]|以及)(?:犯)?(?P<charge>[^,。;:、“”\n罪犯]{2,40}罪)(?![行责犯名刑])"
)
_ASIDE = re.compile(r"撤[销消除]")
_SENTENCED = re.compile(
    r"犯(?P<charge>[^。;:“”\n罪]{2,45}罪)(?=[,、(]{0,2}(?:判处|免[予于除]|单处|处|决定|数罪|均?判|[^,。;:\n罪]{2,30}罪))"
)
_NOT_A_CHARGE = re.compile(
    r"^(?:该|此|数|前|新|漏|何|本|其他|上述|同种|一人|多|重|轻|他|故意犯|过失犯|两|二)罪$|犯罪|被告人|判处|公诉机关"
)
_DISPUTE = re.compile(
    r"(?P<cause>[^。;:\n]{2,80}?(?:纠纷|争议|无效|不侵权|诉讼|合同|赔偿|侵权))(?:的)?(?:上诉|再审|申请再审)?(?:一)?案"
)
_COURSE_CUT = re.compile(
    r"(?:.*(?:因与|因|诉|由于|间的?|之间的?|提起的?|要求|,|，|涉及|系|为|一方|等人?|\)))(?=[一-鿿、]{3,})"
)
_SHORT = re.compile('简称(?:为|:)?[“"《]?([^()”"》\n]{2,20})[”"》]?(?=[)、,或])')
_ENTITY = re.compile(
    r".*(?:有限责任公司|股份有限公司|有限公司|公司|集团|企业|中心|商行|商店|经营部|经销部|店|厂|超市|市场|大厦|酒店|委员会|协会|局|院|社|部|场|馆|所|行|站|城|厅|"
    r"事务所|[(](?:以下|下)?简?称[^()]*[)])(?=[一-鿿、]{4,}(?:纠纷|争议))"
)


def read_cause(
    text: Text,
    *,
    criminal: bool,
    ruling: Span | None,
    course: Span | None,
    body: Span | None,
    names: Iterable[str] = (),
) -> Field[tuple[str, ...]]:
    """Criminal: charges of conviction in the 主文, else those below, else those charged."""
    if not criminal:
        return _dispute(text, course, names)
    found = _charges(text, *ruling, aside=True) if ruling else {}
    if not found and body:
        found = _below(text, *body)
    if not found and course:
        found = _charges(text, *course, aside=False)
    if not found and ruling:
        found = _charges(text, *ruling, aside=False)
    if not found:
        return Field(why="主文与审理经过均未见罪名")
    return Field(tuple(found), tuple(found.values()))


def _charges(text: Text, start: int, end: int, *, aside: bool) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for each in _CHARGE.finditer(text.even, start, end):
        if aside and _in_set_aside(text.even, start, each.start()):
            continue
        _add(found, text, *each.span("charge"))
        at = each.end()
        while (more := _MORE.match(text.even, at, end)) is not None:
            _add(found, text, *more.span("charge"))
            at = more.end()
    return found


def _in_set_aside(text: str, start: int, at: int) -> bool:
    """Does the charge stand in a clause that sets a decision aside?"""
    begin = max(text.rfind(mark, start, at) for mark in ("。", ";", "\n"))
    return bool(_ASIDE.search(text, max(begin, start), at))


def _below(text: Text, start: int, end: int) -> dict[str, Span]:
    """Charges of the decision under review: 原判认定被告人甲犯…罪，判处…"""
    found: dict[str, Span] = {}
    for each in _SENTENCED.finditer(text.even, start, end):
        _add(found, text, *each.span("charge"))
    return found


def _add(found: dict[str, Span], text: Text, start: int, end: int) -> None:
    for a, b in _split(text.even, start, end):
        name = text.even[a:b].replace("\n", "")
        if 3 <= len(name) <= 45 and not _NOT_A_CHARGE.search(name):
            found.setdefault(text.printed(a, b), text.span(a, b))


def _split(text: str, start: int, end: int) -> list[Span]:
    """犯盗窃罪、诈骗罪 is two charges; 走私、贩卖毒品罪 is one."""
    spans, at = [], start
    for each in re.finditer("罪[、,和及与]", text[start:end]):
        spans.append((at, start + each.start() + 1))
        at = start + each.end()
    return [*spans, (at, end)]


def _dispute(text: Text, course: Span | None, names: Iterable[str]) -> Field[tuple[str, ...]]:
    if course is None:
        return Field(why="未见审理经过，案由不明")
    for each in _DISPUTE.finditer(text.even, *course):
        a, b = each.span("cause")
        a = _begin(text.even, a, b, names)
        if b - a >= 4:
            return Field((text.printed(a, b),), (text.span(a, b),))
    return Field(why="审理经过未写明案由")


def _begin(text: str, start: int, end: int, names: Iterable[str]) -> int:
    """Where the parties' names end and the cause begins."""
    begin = start
    for pattern in (_COURSE_CUT, _ENTITY):
        cut = pattern.match(text, begin, end)
        begin = cut.end() if cut else begin
    short = [each[1] for each in _SHORT.finditer(text, 0, end)]
    for name in [*names, *short]:
        at = text.rfind(name, start, end)
        if at >= 0 and at + len(name) > begin and end - at - len(name) >= 4:
            begin = at + len(name)
    return begin
