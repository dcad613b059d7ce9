"""Reading cases and their events, within a scope."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime

from django.db.models import Q, QuerySet

from shenguan.base.org.scope import Grant, Scope
from shenguan.core.casefold import Assignment, fold, live
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case, Event, Mark, Seat


def visible_cases(scope: Scope) -> QuerySet[Case]:
    """Return the registered cases that the scope shows, and no others, in no promised order."""
    return Case.objects.filter(_shown(scope), visible=True, confidentiality__lte=scope.clearance)


def inner_cases(scope: Scope) -> QuerySet[Case]:
    """Return the visible cases whose inner record (副卷) the scope shows: bench and named leaders only.

    The bench is the person's own; those whom they serve don't lend it. The command line has none.
    """
    shown = Q(court_id__in=scope.inner_court_ids)
    shown |= Q(division_id__in=scope.inner_unit_ids) | Q(team_id__in=scope.inner_unit_ids)
    if scope.self_id:
        seated = Seat.objects.filter(person_id=scope.self_id).order_by().values("case_id")
        shown |= Q(undertaker_id=scope.self_id) | Q(pk__in=seated)
    return visible_cases(scope).filter(shown)


def case_ids(scope: Scope, wanted: Iterable[int]) -> list[int]:
    """Return those of the wanted ids that the scope shows, in order."""
    return list(
        visible_cases(scope).filter(pk__in=list(wanted)).order_by("pk").values_list("pk", flat=True)
    )


def history(scope: Scope, case_id: int, *, known_at: datetime | None = None) -> list[Event]:
    """Return the events of a case that count (or counted at `known_at`), by day and place in the log.

    A case outside the scope has an empty history; what belongs to the inner record shows itself to those
    who may read that alone.
    """
    if not case_ids(scope, [case_id]):
        return []
    events = {event.pk: event for event in log.landed(known_at=known_at).filter(case_id=case_id)}
    (entry,) = log.read([case_id], known_at=known_at)
    standing = [events[event.position] for event in live(entry.events)]
    return sorted(without_inner(scope, case_id, standing), key=log.by_day)


def assignments(scope: Scope, case_id: int) -> tuple[Assignment, ...]:
    """Return who had the case from when to when."""
    if not case_ids(scope, [case_id]):
        return ()
    (entry,) = log.read([case_id])
    return fold(entry.events).assignments


def chain(scope: Scope, case_id: int) -> list[Case]:
    """Return the dispute a case belongs to, from the first instance up, as far as the scope shows.

    Links run through cases that the scope doesn't show; those are left out of the answer.
    """
    linked = _linked(case_id)
    cases = visible_cases(scope).filter(pk__in=linked).select_related("court")
    return sorted(cases, key=lambda case: (linked[case.pk], case.filed_on or date.max, case.pk))


def below(scope: Scope, case_id: int) -> Case | None:
    """Return the case that a case was brought against, if the scope shows it."""
    return visible_cases(scope).filter(followed_by=case_id).select_related("court").first()


def above(scope: Scope, case_id: int) -> list[Case]:
    """Return the cases brought against a case, by filing, as far as the scope shows them."""
    cases = visible_cases(scope).filter(prior=case_id).select_related("court")
    return list(cases.order_by("filed_on", "pk"))


def without_inner(scope: Scope, case_id: int, events: list[Event]) -> list[Event]:
    """Leave out a case's events that are wholly of the inner record, empty those whose content is.

    For whoever reads the log past `history`; the bench and named leaders get all of it.
    """
    kinds = load().events
    inner = {e.pk: kinds[e.kind].inner for e in events if kinds.known(e.kind)}
    if scope.court_ids is None or not any(inner.values()):
        return events
    if inner_cases(scope).filter(pk=case_id).exists():
        return events
    return [
        _emptied(event) if inner.get(event.pk) else event
        for event in events
        if inner.get(event.pk) != "whole"
    ]


def _emptied(event: Event) -> Event:
    """Return the event without its content; the one given keeps it."""
    shown = copy(event)
    shown.payload = {}
    return shown


def _linked(case_id: int) -> dict[int, int]:
    """Return every case of the dispute with its height over the lowest one."""
    heights = {case_id: 0}
    frontier = {case_id}
    while frontier:
        pairs = Case.objects.filter(
            Q(prior__in=frontier) | Q(pk__in=frontier, prior__isnull=False)
        ).values_list("pk", "prior_id")
        found: dict[int, int] = {}
        for upper, lower in pairs:
            assert lower is not None
            if upper in heights and lower not in heights:
                found[lower] = heights[upper] - 1
            elif lower in heights and upper not in heights:
                found[upper] = heights[lower] + 1
        heights |= found
        frontier = set(found)
    return heights


def _shown(scope: Scope) -> Q:
    """Sub-queries stand alone: tied to each case, SQLite would run them once a row."""
    if scope.court_ids is None:
        return Q()
    shown = Q(court_id__in=scope.court_ids)
    if units := scope.units_beyond:
        shown |= Q(division_id__in=units) | Q(team_id__in=units)
    if people := scope.people_beyond:
        seated = Seat.objects.filter(person_id__in=people).order_by().values("case_id")
        shown |= Q(undertaker_id__in=people) | Q(pk__in=seated)
    for grant in scope.grants:
        shown |= _granted(grant)
    return shown


def _granted(grant: Grant) -> Q:
    """Return the cases that jurisdiction gives: of a class or a field, filed while it held."""
    marked = Mark.objects.filter(name=grant.matter).order_by().values("case_id")
    given = Q(court_id=grant.court_id) & (Q(case_class=grant.matter) | Q(pk__in=marked))
    if grant.valid_from:
        given &= Q(filed_on__gte=grant.valid_from)
    if grant.valid_to:
        given &= Q(filed_on__lt=grant.valid_to)
    return given
