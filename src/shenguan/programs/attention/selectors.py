"""Reading the warnings centre within a scope."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from shenguan.base.inbox import selectors as inbox
from shenguan.base.inbox.models import Answer, Correction, Order, Watch
from shenguan.base.inbox.naming import names
from shenguan.base.org.models import Court, Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.attention.asking import LEVELS, Asked

ORDER_STATES = {
    "open": "办理中",
    "late": "逾期未办结",
    "reported": "待销号",
    "closed": "已销号",
    "all": "全部",
}
EVERYTHING = Asked()


class _Place(NamedTuple):
    """Where warnings stand."""

    level: str
    kind: str
    court_id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Options:
    """What the conditions may be chosen from: what stands within the scope."""

    kinds: list[tuple[str, str]]
    courts: list[Court]
    units: list[Unit]


def warnings(scope: Scope, asked: Asked, today: date) -> QuerySet[Watch]:
    """Return the warnings that stand and aren't silenced by a 督办, the oldest first."""
    return asked.of(_speaking(scope), scope, today).order_by("since", "pk")


def overview(scope: Scope, asked: Asked, today: date) -> tuple[dict[str, int], Options]:
    """Return how many fit the other conditions on each level, each the length of its list; what to choose from."""
    everything = _tally(scope, EVERYTHING, today)
    other = asked.on("")
    fitting = everything if other == EVERYTHING else _tally(scope, other, today)
    counts = dict.fromkeys(LEVELS, 0)
    for place, count in fitting:
        counts[place.level] += count
    return counts, _options([place for place, _count in everything])


def _speaking(scope: Scope) -> QuerySet[Watch]:
    return inbox.standing(scope).filter(silenced=False)


def _tally(scope: Scope, asked: Asked, today: date) -> list[tuple[_Place, int]]:
    rows = asked.of(_speaking(scope), scope, today).order_by().select_related(None)
    found = rows.values_list(*_Place._fields).annotate(count=Count("pk"))
    return [(_Place(*place), count) for *place, count in found]


def _options(places: Collection[_Place]) -> Options:
    known = names()
    courts = Court.objects.filter(pk__in={place.court_id for place in places})
    units = Unit.objects.filter(pk__in={place.unit_id for place in places if place.unit_id})
    return Options(
        sorted({(place.kind, known.get(place.kind, place.kind)) for place in places}),
        list(courts.order_by("code")),
        list(units.select_related("court").order_by("court__code", "pk")),
    )


def orders(scope: Scope, state: str, today: date) -> QuerySet[Order]:
    """Return the 督办单 in a state of `ORDER_STATES`, by the day they are due."""
    rows = inbox.orders(scope).select_related("court", "owner", "watch", "directed_by", "closed_by")
    wanted = {
        "open": Q(closed_on=None, reported_on=None),
        "late": Q(closed_on=None, reported_on=None, due_on__lt=today),
        "reported": Q(closed_on=None, reported_on__isnull=False),
        "closed": Q(closed_on__isnull=False),
    }
    return rows.filter(wanted.get(state, Q())).order_by("due_on", "pk").distinct()


def order_counts(scope: Scope, today: date) -> list[tuple[str, str, int]]:
    """Return (state, its name, how many)."""
    return [
        (state, name, orders(scope, state, today).count()) for state, name in ORDER_STATES.items()
    ]


def disputed(scope: Scope) -> QuerySet[Answer]:
    """Return the answers 数据有误 that wait for a decision."""
    waiting = Answer.objects.filter(choice=Answer.Choice.WRONG_DATA, upheld=None)
    rows = waiting.filter(watch__in=inbox.watches(scope))
    return rows.select_related("watch__court", "person", "correction").order_by("on", "pk")


def corrections(scope: Scope) -> QuerySet[Correction]:
    """Return the 更正任务 found true and not done yet: of what the scope shows, and one's own."""
    rows = Correction.objects.filter(answer__upheld=True, done_on=None)
    shown = Q(answer__watch__in=inbox.watches(scope)) | Q(owner__in=scope.person_ids)
    return rows.filter(shown).select_related("answer__watch__court", "answer__person", "owner")
