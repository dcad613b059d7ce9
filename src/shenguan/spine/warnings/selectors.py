"""Reading warnings at any date, and the ledger, within a scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shenguan.base.inbox.posting import watches_of
from shenguan.base.org.scope import Scope
from shenguan.core.ladder import rank
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.warnings import feeding
from shenguan.spine.warnings.checking import Looked, look, subject_of
from shenguan.spine.warnings.models import Plan
from shenguan.spine.warnings.night import Night
from shenguan.spine.warnings.services import AFTERWARDS_DAYS

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class WarningRow:
    """One warning on a day. `due` is the day it is about; people are names, in the order told."""

    kind: str
    name: str
    level: str
    case_id: int
    number: str
    court: str
    division: str
    undertaker: str
    since: date
    due: date | None
    say: str
    law: tuple[str, ...]
    status: str
    to: tuple[str, ...]
    copy: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfed:
    """A warning that stays silent in a court because its data never hold what it needs."""

    kind: str
    name: str
    court: str
    needs: tuple[str, ...]


def warnings_on(scope: Scope, on: date) -> list[WarningRow]:
    """Return every warning that stands on a day, the gravest first; nothing is written.

    Events of later days are left out; what is known of earlier ones is what the log says now.
    """
    night = Night(on)
    feeding.seed(night, store=False)
    ids = list(_cases_of(scope, on).order_by("pk").values_list("pk", flat=True))
    rows = [
        row
        for start in range(0, len(ids), CHUNK)
        for one in _look(night, ids[start : start + CHUNK])
        for row in _rows(night, one)
    ]
    return sorted(rows, key=lambda r: (-rank(r.level), r.due or r.since, r.number, r.kind))


def unfed(scope: Scope, on: date) -> list[Unfed]:
    """Return the warnings that stay silent for want of data, by court."""
    night = Night(on)
    feeding.seed(night, store=False)
    with_cases = set(visible_cases(scope).order_by().values_list("court_id", flat=True).distinct())
    return [
        Unfed(rule.id, rule.name, court.name, rule.needs)
        for pk, court in sorted(night.courts.items())
        if pk in with_cases
        for rule in night.rules(pk)
        if rule.needs and night.tools(pk).fed_since(rule.needs) is None
    ]


def plans(scope: Scope) -> QuerySet[Plan]:
    """Return the 一案一策 ledger of the cases that the scope shows, closed entries too."""
    shown = Plan.objects.filter(Exists(visible_cases(scope).filter(pk=OuterRef("case"))))
    return shown.select_related("case__court", "owner", "leader").order_by("opened_on", "pk")


def causes(scope: Scope, on: date) -> list[tuple[str, str, int]]:
    """Return (why, cause, entries open on a day), most first; an unfilled cause is empty."""
    open_ones = plans(scope).filter(Q(closed_on=None) | Q(closed_on__gt=on), opened_on__lte=on)
    counted = open_ones.order_by().values_list("why", "cause").annotate(n=Count("pk"))
    return sorted(((why, cause, n) for why, cause, n in counted), key=lambda c: (-c[2], c[0], c[1]))


def _cases_of(scope: Scope, on: date) -> QuerySet[Case]:
    recent = Q(closed_on=None) | Q(closed_on__gte=on - timedelta(days=AFTERWARDS_DAYS))
    return visible_cases(scope).filter(recent)


def _look(night: Night, case_ids: list[int]) -> list[Looked]:
    return look(night, case_ids, watches_of(subject_of(pk) for pk in case_ids))


def _rows(night: Night, one: Looked) -> Iterator[WarningRow]:
    state = one.seen.view.state
    for standing in one.found.standing:
        to, copy = night.told(standing, one.place)
        yield WarningRow(
            kind=standing.rule.id,
            name=standing.rule.name,
            level=standing.level,
            case_id=one.seen.case_id,
            number=one.seen.view.number,
            court=night.courts[one.seen.court_id].name,
            division=state.division,
            undertaker=state.undertaker,
            since=standing.since,
            due=standing.about,
            say=standing.say,
            law=standing.rule.law,
            status=standing.rule.status,
            to=night.names(to),
            copy=night.names(copy),
        )
