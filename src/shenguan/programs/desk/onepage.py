"""院长一页纸: five changes with their causes, five cases, instructions and what became of them, approvals waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shenguan.base.accounts.access import Access
from shenguan.base.approvals.models import Request
from shenguan.base.inbox import selectors as inbox
from shenguan.base.inbox.models import Watch
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.figure import OK
from shenguan.core.indicator.period import Period
from shenguan.core.ladder import rank
from shenguan.programs.desk import alerts, given
from shenguan.programs.desk.figures import CORE, said, year_to
from shenguan.programs.desk.models import Instruction
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.indicators.freshness import asked, remember, remembered, shown_to
from shenguan.spine.indicators.services import Question
from shenguan.spine.indicators.values import ValueRow
from shenguan.spine.indicators.why import SPLITTABLE, Split, why

MOST = 5
WATCHED = (
    *CORE,
    "closed_to_filed",
    "extended_rate",
    "excluded_rate",
    "overdue_pending_rate",
    "acceptance_rate",
    "settlement_rate",
    "appeal_rate",
    "closing_withdrawn_rate",
)
"""Among these the five that moved most are looked for; plain counts of volume tell how the year runs."""
BY = ("division", "cause")
"""Causes are divisions and 案由, never judges: those are for the judge and the chiefs alone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that moved against the same days last year, and which parts moved it."""

    row: ValueRow
    before: str
    change: str
    verdict: str
    causes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grave:
    """A case that needs a leader's eye, with what stands against it."""

    case: Case
    level: str
    says: Sequence[str]


@dataclass(frozen=True, slots=True)
class OnePage:
    """Everything on the page."""

    court: Court
    on: date
    period: Period
    changes: Sequence[Change]
    cases: Sequence[Grave]
    instructions: Sequence[Instruction]
    waiting: Sequence[Request]
    waiting_count: int
    levels: Sequence[tuple[str, int]]


def one_page(access: Access, on: date) -> OnePage:
    """Return the page of a president's own court."""
    court, scope = access.account.person.court, access.scope
    waiting = alerts.waiting_requests(scope, access, on)
    standing = alerts.standing(scope).filter(court=court)
    counted = [(name, standing.filter(level=name).count()) for name, _, _ in alerts.LEVELS]
    return OnePage(
        court,
        on,
        year_to(on),
        changes(scope, court.pk, on),
        grave_cases(scope, court.pk),
        list(given.given_by(scope, access)[:MOST]),
        list(waiting[:MOST]),
        waiting.count(),
        counted,
    )


def changes(scope: Scope, court_id: int, on: date) -> list[Change]:
    """Return the five figures that moved most, in relation to where they were, with their causes."""
    where = {"court": (court_id,)}
    question = Question(year_to(on), tuple(dict.fromkeys(WATCHED)), compare=("yoy",), where=where)
    rows = [row for row in remembered(scope, question).rows if _moved(row)]
    chosen = sorted(rows, key=lambda row: (-_size(row), row.indicator.code))[:MOST]
    return [_change(scope, row, where) for row in chosen]


def _moved(row: ValueRow) -> bool:
    """Tell whether both values stand on enough cases and differ."""
    before = row.compared["yoy"]
    return row.figure.state == OK and before.state == OK and bool(row.change("yoy"))


def _size(row: ValueRow) -> float:
    before = row.compared["yoy"].value or 0.0
    return abs(row.change("yoy") or 0.0) / max(abs(before), 0.01)


_VERDICTS = {
    ("higher", True): "好转",
    ("higher", False): "变差",
    ("lower", True): "变差",
    ("lower", False): "好转",
}


def _change(scope: Scope, row: ValueRow, where: Mapping[str, tuple[int, ...]]) -> Change:
    moved = row.change("yoy") or 0.0
    before = replace(row, figure=row.compared["yoy"]).printed
    verdict = _VERDICTS.get((row.indicator.direction, moved > 0), "升" if moved > 0 else "降")
    return Change(row, before, said(row, moved), verdict, _causes(scope, row, where))


def _causes(scope: Scope, row: ValueRow, where: Mapping[str, tuple[int, ...]]) -> list[str]:
    """Return the division and the cause that moved a figure most, in the direction it moved."""
    if row.indicator.kind not in SPLITTABLE:
        return []
    question = Question(row.period, (row.indicator.code,), where=where)
    against = row.period.last_year()

    filters = shown_to(scope)

    def ask() -> list[str]:
        try:
            found = why(scope, question, against, by=BY, most=0, filters=filters)
        except IndicatorError:
            return []
        return [
            text for split in found.splits if (text := _weightiest(row, split, found.change > 0))
        ]

    return remember(("why", filters, asked(question)), ask)


def _weightiest(row: ValueRow, split: Split, up: bool) -> str:
    pushing = [(name, part) for name, part in split.parts if part.total and (part.total > 0) == up]
    if not pushing:
        return ""
    name, part = max(pushing, key=lambda pair: (abs(pair[1].total), pair[0]))
    return f"{name} {said(row, float(part.total))}"


def grave_cases(scope: Scope, court_id: int) -> list[Grave]:
    """Return five cases: the highest level first, then what has stood longest; every warning of a case together."""
    rows = inbox.standing(scope).filter(
        court=court_id, level__in=("督办", "催办"), subject__startswith="case:"
    )
    by_case: dict[int, list[Watch]] = {}
    for watch in rows.order_by("since", "pk"):
        pk = watch.case_id
        if pk is not None:
            by_case.setdefault(pk, []).append(watch)
    cases = visible_cases(scope).select_related("division", "clock", "court").in_bulk(list(by_case))
    found = [_grave(cases[pk], watches) for pk, watches in by_case.items() if pk in cases]
    found.sort(key=lambda one: (-rank(one.level), -len(one.says)))
    return found[:MOST]


def _grave(case: Case, watches: Sequence[Watch]) -> Grave:
    level = max((watch.level for watch in watches), key=rank)
    says = [watch.say.removeprefix(case.number).strip("，： ") for watch in watches]
    return Grave(case, level, says)
