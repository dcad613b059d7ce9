"""`read(text)`: the whole judgment in one pass."""

from collections.abc import Mapping

from shenguan.core.judgment import dates
from shenguan.core.judgment.head import Head, read_head
from shenguan.core.judgment.model import Field, Judgment, Span
from shenguan.core.judgment.segments import Line, Outline, outline
from shenguan.core.judgment.text import Text, even

_MISSING = {
    "parties": "未见当事人部分",
    "course": "未见审理经过",
    "claims": "未见诉称、指控部分",
    "facts": "未见“经审理查明”等查明事实的起句",
    "reasoning": "未见“本院认为”或裁判依据",
    "ruling": "未见“判决如下”等主文起句",
}


def read(raw: str) -> Judgment:
    """Reads one judgment; never raises on any text, what isn't found is None with its reason."""
    text = even(raw)
    head = read_head(text)
    plan = outline(text.even, head.end, criminal=head.criminal)
    return _compose(text, head, plan)


def _compose(text: Text, head: Head, plan: Outline) -> Judgment:
    course = plan.course or (head.end, head.end)
    found = dates.mentions(text.even, *course)
    anew = dates.remanded(text.even, *course)
    absent: Field[str] = Field(why="尚未识别")
    return Judgment(
        court=head.court,
        case_number=head.case_number,
        court_code=absent,
        case_key=absent,
        type=head.type,
        instance=head.instance,
        procedure=absent,
        procedure_basis=absent,
        filed_on=dates.filed_on(text, found, anew),
        prosecuted_on=_prosecuted(text, head, found),
        hearings=dates.hearings(text, found, anew),
        judged_on=dates.judged_on(text, *plan.tail),
        prior_case_number=absent,
        prior_court=absent,
        disposition=absent,
        cause=Field(why="尚未识别"),
        statutes=Field(why="尚未识别"),
        parties=Field(why="尚未识别"),
        panel=Field(why="尚未识别"),
        costs=Field(why="尚未识别"),
        appeal_days=Field(why="尚未识别"),
        segments=_segments(text, plan),
    )


def _prosecuted(text: Text, head: Head, found: list[dates.Mention]) -> Field[dates.date]:
    if not head.criminal:
        return Field(why="非刑事案件")
    if head.instance.value not in ("一审", None):
        return Field(why="非一审案件，不取下级法院程序中的公诉日期")
    return dates.prosecuted_on(text, found)


def _segments(text: Text, plan: Outline) -> Mapping[str, Field[Span]]:
    return {name: _segment(text, getattr(plan, name), why) for name, why in _MISSING.items()}


def _segment(text: Text, line: Line | None, why: str) -> Field[Span]:
    if line is None:
        return Field(why=why)
    span = text.span(*line)
    return Field(span, (span,))
