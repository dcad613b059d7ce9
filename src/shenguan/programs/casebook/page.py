"""Everything that the page of one case shows, read within the scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox import selectors as inbox
from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.naming import names
from shenguan.base.org.scope import Scope
from shenguan.core.timelimit import Due
from shenguan.programs.casebook.bar import Bar, Extension, clock_bar
from shenguan.programs.casebook.graph import Graph, dispute_graph
from shenguan.programs.casebook.telling import DOCUMENTS, Told, timeline
from shenguan.rulebook import load
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import chain
from shenguan.spine.timelimits.histories import due_for

AUDIT_ROWS = 200
EXTENDED = "延长审限批准"
SEES_AUDIT = frozenset({"督办", "查看日志"})


@dataclass(frozen=True, slots=True)
class CasePage:
    """The parts of the page; without a `bar` the clock hasn't started."""

    due: Due
    bar: Bar | None
    events: list[Told]
    documents: list[Told]
    graph: Graph | None
    warnings: list[tuple[Watch, str]]


def page_of(file: CaseFile, on: date) -> CasePage:
    """Return the page of an open file, its clock as of a day."""
    due, events = due_for(file.folded, load(), file.choices, on), timeline(file)
    return CasePage(
        due=due,
        bar=_bar(file.case, due, events, on),
        events=events,
        documents=[e for e in events if e.kind in DOCUMENTS and e.standing],
        graph=dispute_graph(_dispute(file), file.case.pk),
        warnings=_warnings_on(file.scope, file.case),
    )


def _dispute(file: CaseFile) -> list[Case]:
    """Return the cases of the dispute, the case itself where it has no other."""
    linked = file.case.prior_id is not None or file.may_hold(Case)
    return chain(file.scope, file.case.pk) if linked else [file.case]


def _warnings_on(scope: Scope, case: Case) -> list[tuple[Watch, str]]:
    """Return the warnings that stand on a case with the names of their rules."""
    found = names()
    rows = inbox.standing(scope).filter(subject=f"case:{case.pk}").order_by("since", "pk")
    return [(watch, found.get(watch.kind, watch.kind)) for watch in rows]


def audit_of(case: Case) -> QuerySet[AuditRow]:
    """Return who looked at or changed a case, the newest first: rows of its court's chain."""
    subjects = (case.number, f"case:{case.pk}")
    rows = AuditRow.objects.filter(chain=case.court.code, subject__in=subjects)
    return rows.order_by("-number")[:AUDIT_ROWS]


def _bar(case: Case, due: Due, events: list[Told], on: date) -> Bar | None:
    clock = getattr(case, "clock", None)
    extensions = [
        Extension(event.on, _length(event))
        for event in events
        if event.kind == EXTENDED and event.standing and event.on and event.on <= on
    ]
    ended = due.closed_on or case.closed_on  # the limit runs to the day the case ended in law
    closed = ended if ended and ended <= on else None
    return clock_bar(
        due,
        governing=clock.governing_due if clock and clock.state != "paused" else None,
        filed_on=case.filed_on,
        closed_on=closed,
        extensions=extensions,
        on=on,
    )


def _length(event: Told) -> str:
    """Return how long an extension is, as approved."""
    for key, unit in (("months", "个月"), ("days", "日")):
        if length := event.payload.get(key):
            return f"延长{length}{unit}"
    return "延长"
