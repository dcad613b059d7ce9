"""Reading hearings within a scope, with their conflicts; a hidden case's hearing shows as taken time only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shenguan.base.org.scope import Scope
from shenguan.programs.hearings.clashing import CLASH, Clash, Slot, clashes
from shenguan.programs.hearings.models import Hearing
from shenguan.programs.hearings.slots import neighbours, sentences, slots_of
from shenguan.spine.cases.models import Seat
from shenguan.spine.cases.selectors import visible_cases


@dataclass(frozen=True, slots=True)
class Shown:
    """One hearing on the calendar with the sentences of its conflicts."""

    hearing: Hearing
    panel: str
    clashes: tuple[str, ...]
    unknown: tuple[str, ...]


def hearings(
    scope: Scope, since: date, until: date, *, court: int | None, judge: str = "", room: str = ""
) -> QuerySet[Hearing]:
    """Return the hearings of days in `[since, until)` of cases the scope shows, by day and time."""
    rows = Hearing.objects.filter(on__gte=since, on__lt=until, case__in=visible_cases(scope))
    if court is not None:
        rows = rows.filter(court=court)
    if judge:
        seated = Seat.objects.filter(person__name=judge).values("case")
        rows = rows.filter(Q(case__undertaker_name=judge) | Q(case__in=seated))
    if room:
        rows = rows.filter(room=room)
    return rows.select_related("case__division", "court").order_by("on", "starts", "room", "pk")


def with_clashes(scope: Scope, rows: Sequence[Hearing]) -> list[Shown]:
    """Return hearings with their conflicts, looked for among all hearings of their court and days."""
    if not rows:
        return []
    slots = slots_of(neighbours({row.court_id for row in rows}, {row.on for row in rows}))
    found = clashes(slots)
    seen = _seen(scope, {c.other.case_id for row in rows for c in found.get(row.pk, ())})
    panels = _panels({row.case_id for row in rows})
    return [
        Shown(row, panels.get(row.case_id, ""), *_said(found.get(row.pk, ()), seen)) for row in rows
    ]


def names_for(scope: Scope, slots: Iterable[Slot]) -> Mapping[int, str]:
    """Return the numbers of cases that the scope shows; the rest are named as hidden."""
    return _seen(scope, {slot.case_id for slot in slots})


def _seen(scope: Scope, case_ids: Iterable[int]) -> Mapping[int, str]:
    shown = visible_cases(scope).filter(pk__in=set(case_ids)).values_list("pk", "number")
    return defaultdict(lambda: "另一案件（不在您的查看范围）", dict(shown))


def _panels(case_ids: Iterable[int]) -> Mapping[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    seats = Seat.objects.filter(case__in=set(case_ids)).order_by("pk")
    for case_id, name in seats.values_list("case", "person__name"):
        found[case_id].append(name)
    return {case_id: "、".join(dict.fromkeys(names)) for case_id, names in found.items()}


def _said(
    found: Iterable[Clash], seen: Mapping[int, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    clashing = list(found)
    certain = sentences((c for c in clashing if c.state == CLASH), seen)
    return certain, sentences((c for c in clashing if c.state != CLASH), seen)
