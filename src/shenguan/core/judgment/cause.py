"""Cause of a civil case, as its course sentence prints it."""

import re
from collections.abc import Iterable

from shenguan.core.judgment.model import Field, Span
from shenguan.core.judgment.text import Text

_DISPUTE = re.compile(
    r"(?P<cause>[^。;:\n]{2,80}?(?:纠纷|争议|无效|不侵权|诉讼|合同|赔偿|侵权))(?:的)?(?:上诉|再审|申请再审)?(?:一)?案"
)
_CUT = re.compile(
    r"(?:.*(?:原、被告|受理|双方当事人|因与|因|诉|由于|(?<!民)间的?|提起的?|要求|,|，|涉及|系|为|一方|等人?|\)))(?=[一-鿿、]{3,})"
)
_ENTITY = re.compile(
    r".*(?:有限责任公司|股份有限公司|有限公司|公司|集团|企业|中心|商行|商店|经营部|经销部|店|厂|超市|市场|大厦|酒店|委员会|"
    r"协会|局|院|社|部|场|馆|所|行|站|城|厅|事务所|[(](?:以下|下)?简?称[^()]*[)])(?=[一-鿿、]{4,}(?:纠纷|争议))"
)
_SHORT = re.compile('简称(?:为|:)?[“"《]?([^()”"》\n]{2,20})[”"》]?(?=[)、,或])')


def read_cause(text: Text, course: Span | None, names: Iterable[str]) -> Field[tuple[str, ...]]:
    """(…因商标侵权纠纷一案) -> 商标侵权纠纷; `names` of the parties tell where it begins."""
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
    for pattern in (_CUT, _ENTITY):
        cut = pattern.match(text, begin, end)
        begin = cut.end() if cut else begin
    short = [each[1] for each in _SHORT.finditer(text, 0, end)]
    for name in (*names, *short):
        at = text.rfind(name, start, end)
        if at >= 0 and at + len(name) > begin and end - at - len(name) >= 4:
            begin = at + len(name)
    return begin
