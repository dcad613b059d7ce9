"""Reading the warnings centre within a scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class Options:
    """What the conditions may be chosen from: what stands within the scope."""

    kinds: list[tuple[str, str]]
    courts: list[Court]
    units: list[Unit]


def warnings(scope: Scope, asked: Asked, today: date) -> QuerySet[Watch]:
    """Return the warnings that stand and aren't silenced by a 督办, the oldest first."""
    rows = asked.of(inbox.standing(scope).filter(silenced=False), scope, today)
    with_order = Order.objects.filter(watch=OuterRef("pk"), closed_on=None)
    return rows.annotate(has_order=Exists(with_order)).order_by("since", "pk")


def counts(scope: Scope, asked: Asked, today: date) -> dict[str, int]:
    """Return how many fit the other conditions on each level: each number is the length of its list."""
    rows = asked.on("").of(inbox.standing(scope).filter(silenced=False), scope, today)
    found = Counter(rows.order_by().values_list("level", flat=True))
    return {level: found.get(level, 0) for level in LEVELS}


def options(scope: Scope) -> Options:
    """Return what conditions may be chosen from."""
    standing = inbox.standing(scope).filter(silenced=False).order_by().select_related(None)
    places = set(standing.values_list("kind", "court_id", "unit_id").distinct())
    known = names()
    kinds = sorted({(kind, known.get(kind, kind)) for kind, _court, _unit in places})
    courts = Court.objects.filter(pk__in={court for _kind, court, _unit in places})
    units = Unit.objects.filter(pk__in={unit for _kind, _court, unit in places if unit})
    return Options(
        kinds,
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


def order_of(scope: Scope, watches: Iterable[Watch]) -> dict[int, Order]:
    """Return the open order of each warning."""
    rows = inbox.orders(scope).filter(watch__in=list(watches), closed_on=None)
    return {row.watch_id: row for row in rows}


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
