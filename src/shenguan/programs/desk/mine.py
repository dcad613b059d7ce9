"""A judge's morning: own cases by due date, hearings of today and the week, papers to sign, what serving means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shenguan.base.accounts.access import Access
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.programs.desk.lists import of_list
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event, Seat
from shenguan.spine.cases.selectors import visible_cases

SHOWN, WEEK = 12, 7
_HEARINGS = ("排期", "延期开庭", "开庭")


@dataclass(frozen=True, slots=True)
class Hearing:
    """A hearing set for a day: where and when as far as the log says."""

    case: Case
    on: date
    start: str
    room: str

    @property
    def says(self) -> str:
        """Time and room in one text."""
        return " ".join(filter(None, (self.start, self.room)))


def own_cases(scope: Scope) -> QuerySet[Case]:
    """Return the open cases of the actor and of those they serve."""
    shown = visible_cases(scope).filter(undertaker__in=scope.person_ids, closed_on=None)
    return shown.select_related("court", "clock", "division")


def by_due(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Order by the day the limit ends; cases without such a day last."""
    return cases.order_by(F("clock__governing_due").asc(nulls_last=True), "number_key")


def cases_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer one's own cases by due date."""
    if not scope.person_ids:
        return None
    cases = own_cases(scope)
    running = by_due(cases.filter(clock__paused_since=None))
    rows = [(case, _left(case, on)) for case in running[:SHOWN]]
    paused = list(by_due(cases.filter(clock__paused_since__isnull=False))[:SHOWN])
    context = {
        "rows": rows,
        "paused": paused,
        "count": cases.count(),
        "serving": len(scope.person_ids) > 1,
    }
    title = (
        _("所辅助法官的案件（按届满日）")
        if len(scope.person_ids) > 1
        else _("我的案件（按届满日）")
    )
    return Block("cases", title, "desk/blocks/cases.html", context, reverse("desk:mine"))


def _left(case: Case, on: date) -> int | None:
    due = case.clock.governing_due
    return (due - on).days if due else None


def hearings(cases: QuerySet[Case], since: date, until: date) -> list[Hearing]:
    """Return the hearings set in `[since, until]` in these open cases, the last word of each case counting."""
    voided = Event.objects.filter(voids=OuterRef("pk"))
    ids = list(cases.order_by().values_list("pk", flat=True))
    rows = (
        Event.objects.filter(LANDED, ~Exists(voided), kind__in=_HEARINGS, case__in=ids)
        .select_related("case__court")
        .order_by("position")
    )
    found: dict[tuple[int, date], Hearing] = {}
    for event in rows:
        if event.kind == "延期开庭" and event.occurred_on:
            found.pop((event.case_id or 0, event.occurred_on), None)
        day = _set_for(event)
        if day and since <= day <= until and event.case:
            found[event.case_id or 0, day] = _hearing(event.case, day, event.payload)
    return sorted(found.values(), key=lambda one: (one.on, one.start, one.case.number))


def _set_for(event: Event) -> date | None:
    if event.kind == "开庭":
        return event.occurred_on
    text = event.payload.get("hearing_on") or event.payload.get("to")
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None


def _hearing(case: Case, day: date, payload: dict[str, Any]) -> Hearing:
    return Hearing(
        case,
        day,
        str(payload.get("start") or ""),
        str(payload.get("room") or payload.get("place") or ""),
    )


def hearings_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer today's hearings and those of the coming week."""
    if not scope.person_ids:
        return None
    shown = visible_cases(scope).filter(closed_on=None).filter(_own(scope))
    found = hearings(shown, on, on + timedelta(days=WEEK))
    context = {"today": [h for h in found if h.on == on], "coming": [h for h in found if h.on > on]}
    return Block("hearings", _("今日开庭与未来一周"), "desk/blocks/hearings.html", context)


def _own(scope: Scope) -> Q:
    seated = Seat.objects.filter(person__in=scope.person_ids).order_by().values("case")
    return Q(undertaker__in=scope.person_ids) | Q(pk__in=seated)


@dataclass(frozen=True, slots=True)
class Paper:
    """A case whose next paper is waited for: which, and for how long."""

    case: Case
    what: str
    since: date
    days: int


STEPS = {
    "合议": ("待制作裁判文书", ("签发", "宣判", "送达", "报结")),
    "阅核": ("已阅核，待签发", ("签发", "宣判", "送达", "报结")),
    "签发": ("已签发，待宣判送达", ("宣判", "送达", "公告送达", "电子送达", "报结")),
    "宣判": ("已宣判，待送达", ("送达", "公告送达", "电子送达", "报结")),
}
"""What waits after which event, until one of those comes."""


def waiting_papers(cases: Iterable[Case], on: date) -> list[Paper]:
    """Return the cases whose paper is the next thing to be done, the longest waiting first."""
    by_id = {case.pk: case for case in cases}
    kinds = {*STEPS, *(kind for _, ends in STEPS.values() for kind in ends)}
    rows = Event.objects.filter(LANDED, case__in=list(by_id), kind__in=kinds, occurred_on__lte=on)
    last: dict[int, dict[str, date]] = {}
    for pk, kind, day in rows.order_by().values_list("case_id", "kind", "occurred_on"):
        days = last.setdefault(pk, {})
        if day is not None:
            days[kind] = max(days.get(kind, day), day)
    found = [_paper(by_id[pk], days, on) for pk, days in last.items()]
    return sorted((p for p in found if p), key=lambda p: (p.since, p.case.number))


def _paper(case: Case, days: dict[str, date], on: date) -> Paper | None:
    for kind, (what, ends) in reversed(STEPS.items()):
        since = days.get(kind)
        if since and not any(days.get(end, date.min) >= since for end in ends):
            return Paper(case, what, since, (on - since).days)
        if since:
            return None
    return None


def papers_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the papers that wait to be written, signed or served."""
    if not scope.person_ids:
        return None
    found = waiting_papers(own_cases(scope), on)
    address = reverse("desk:papers")
    return Block(
        "papers",
        _("待制作、待签发、待送达的文书"),
        "desk/blocks/papers.html",
        {"rows": found[:8], "count": len(found)},
        address,
    )


def archive_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the closed cases of the last half-year that aren't archived yet, to whoever keeps the files."""
    found = of_list(access, "archive", on)
    if not scope.person_ids or found is None:
        return None
    closed = found[1].order_by("closed_on", "number_key")
    rows = [(case, (on - case.closed_on).days) for case in closed[:8] if case.closed_on]
    context = {"rows": rows, "count": closed.count()}
    return Block(
        "archive",
        found[0],
        "desk/blocks/archive.html",
        context,
        reverse("desk:list", args=("archive",)),
    )
