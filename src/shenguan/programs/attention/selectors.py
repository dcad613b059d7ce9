"""Reading the warnings centre within a scope."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet

from shenguan.base.inbox import selectors as inbox
from shenguan.base.inbox.models import Answer, Order, Watch
from shenguan.base.org.scope import Scope

LEVELS = ("督办", "催办", "提示")


def warnings(
    scope: Scope, *, level: str = "", kind: str = "", mine: bool = False
) -> QuerySet[Watch]:
    """Return the warnings that stand and aren't silenced by a 督办, the most urgent first."""
    rows = inbox.standing(scope).filter(silenced=False)
    if level in LEVELS:
        rows = rows.filter(level=level)
    if kind:
        rows = rows.filter(kind=kind)
    if mine:
        rows = rows.filter(owner__in=scope.person_ids)
    return rows.order_by("since", "pk")


def counts(scope: Scope) -> dict[str, int]:
    """Return how many stand on each level."""
    rows = inbox.standing(scope).filter(silenced=False).order_by()
    found = Counter(rows.values_list("level", flat=True))
    return {level: found.get(level, 0) for level in LEVELS}


def open_orders(scope: Scope) -> QuerySet[Order]:
    """Return the 督办单 not closed yet, by the day they are due."""
    return inbox.orders(scope).filter(closed_on=None).order_by("due_on", "pk")


def disputed(scope: Scope) -> QuerySet[Answer]:
    """Return the answers 数据有误 that wait for a decision."""
    waiting = Answer.objects.filter(choice=Answer.Choice.WRONG_DATA, upheld=None)
    return waiting.filter(watch__in=inbox.watches(scope)).select_related("watch__court", "person")
