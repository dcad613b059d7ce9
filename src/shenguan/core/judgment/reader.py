"""`read(text)`: the whole judgment in one pass."""

from collections.abc import Mapping
from datetime import date

from shenguan.core.casenumber import CaseNumber, CaseNumberError, Codes, parse, resolve
from shenguan.core.judgment import dates
from shenguan.core.judgment.cause import read_cause
from shenguan.core.judgment.charges import read_charges
from shenguan.core.judgment.costs import read_appeal, read_costs
from shenguan.core.judgment.disposition import read_disposition
from shenguan.core.judgment.head import Head, next_head, read_head
from shenguan.core.judgment.model import Field, Judgment, Party, Span, Statute
from shenguan.core.judgment.panel import read_panel
from shenguan.core.judgment.parties import read_parties
from shenguan.core.judgment.prior import read_prior
from shenguan.core.judgment.procedure import read_procedure
from shenguan.core.judgment.segments import Line, Outline, outline
from shenguan.core.judgment.statutes import read_statutes
from shenguan.core.judgment.text import Text, even

_MISSING = {
    "parties": "未见当事人部分",
    "course": "未见审理经过",
    "claims": "未见诉称、指控部分",
    "facts": "未见“经审理查明”等查明事实的起句",
    "reasoning": "未见“本院认为”或裁判依据",
    "ruling": "未见“判决如下”等主文起句",
}


def read(raw: str, codes: Codes | None = None) -> Judgment:
    """Read one judgment; never raises on any text: what isn't found is None with its reason.

    `codes` lets an old case number get its court's code from the printed name.
    """
    text = even(raw)
    head = read_head(text)
    text = text.until(next_head(text.even, head.end))
    plan = outline(text.even, head.end, criminal=head.criminal)
    return _compose(text, head, plan, codes)


def _compose(text: Text, head: Head, plan: Outline, codes: Codes | None) -> Judgment:
    course = plan.course or (head.end, head.end)
    instance = head.instance.value
    found = dates.mentions(text.even, *course)
    anew = dates.remanded(text.even, *course)
    procedure, basis = read_procedure(text, course, plan.tail, instance)
    prior_number, prior_court = read_prior(text, _prior_stretches(plan), head)
    code, key = _identity(head, codes)
    parties = read_parties(text, plan.parties)
    return Judgment(
        court=head.court,
        case_number=head.case_number,
        court_code=code,
        case_key=key,
        type=head.type,
        instance=head.instance,
        procedure=procedure,
        procedure_basis=basis,
        filed_on=dates.filed_on(text, found, anew),
        prosecuted_on=_prosecuted(text, head, found),
        hearings=dates.hearings(text, found, anew),
        judged_on=dates.judged_on(text, *plan.tail),
        prior_case_number=prior_number,
        prior_court=prior_court,
        disposition=read_disposition(
            text, plan.ruling, instance, criminal=head.criminal, kind=head.type.value or ""
        ),
        cause=_cause(text, head, plan, parties),
        statutes=_statutes(text, plan),
        parties=parties,
        panel=read_panel(text, *plan.tail),
        costs=_costs(text, head, plan),
        appeal_days=read_appeal(text, *(plan.ruling or plan.tail)),
        segments=_segments(text, plan),
    )


def _prior_stretches(plan: Outline) -> list[Span]:
    return [line for line in (plan.course, plan.claims, plan.facts) if line]


def _identity(head: Head, codes: Codes | None) -> tuple[Field[str], Field[str]]:
    """The court's code, and the key under which the case is known: court and normalised number."""
    printed = head.case_number
    if printed.value is None:
        return Field(why="无案号"), Field(why="无案号")
    try:
        number = parse(printed.value)
    except CaseNumberError as error:
        return Field(why=error.reason), Field(why=error.reason)
    return _court_code(number, head, codes), _key(number, head)


def _court_code(number: CaseNumber, head: Head, codes: Codes | None) -> Field[str]:
    if number.court_code:
        return Field(number.court_code, head.case_number.spans)
    resolved = resolve(number, codes, head.court.value) if codes else None
    if resolved and resolved.court and resolved.court.code:
        return Field(resolved.court.code, head.court.spans)
    reason = resolved.notes[0] if resolved and resolved.notes else "旧式案号不含法院代字"
    return Field(why=reason)


def _key(number: CaseNumber, head: Head) -> Field[str]:
    if head.court.value is None:
        return Field(why="无法院名称")
    return Field(head.court.value + number.text, head.court.spans + head.case_number.spans)


def _prosecuted(text: Text, head: Head, found: list[dates.Mention]) -> Field[date]:
    if not head.criminal:
        return Field(why="非刑事案件")
    if head.instance.value not in ("一审", None):
        return Field(why="非一审案件，不取下级法院程序中的公诉日期")
    return dates.prosecuted_on(text, found)


def _cause(
    text: Text, head: Head, plan: Outline, parties: Field[tuple[Party, ...]]
) -> Field[tuple[str, ...]]:
    if not head.criminal:
        return read_cause(text, plan.course, [each.name for each in parties.value or ()])
    body = (plan.course or plan.tail)[1], (plan.reasoning or plan.tail)[0]
    return read_charges(text, ruling=plan.ruling, course=plan.course, body=body)


def _statutes(text: Text, plan: Outline) -> Field[tuple[Statute, ...]]:
    if plan.reasoning is None:
        return Field(why="未见裁判依据")
    return read_statutes(text, *plan.reasoning)


def _costs(text: Text, head: Head, plan: Outline) -> Field[float]:
    if head.criminal:
        return Field(why="刑事案件不收案件受理费")
    if plan.ruling is None:
        return Field(why="未见主文")
    return read_costs(text, *plan.ruling, head.instance.value)


def _segments(text: Text, plan: Outline) -> Mapping[str, Field[Span]]:
    return {name: _segment(text, getattr(plan, name), why) for name, why in _MISSING.items()}


def _segment(text: Text, line: Line | None, why: str) -> Field[Span]:
    if line is None:
        return Field(why=why)
    span = text.span(*line)
    return Field(span, (span,))
