"""督办单: raised by the ladder, answered by the owner, closed by someone else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from shenguan.base.inbox.models import Order, Watch
from shenguan.base.org.models import Court, Person

DIRECTED = "directed"
"""The kind of what a person has put on someone's list: no rule knows it."""


def raise_orders(orders: Sequence[Order]) -> list[Order]:
    """Number these orders and save them; a matter with an order still open gets no second one."""
    if not orders:
        return []
    with_one = set(
        Order.objects.filter(
            watch__in=[order.watch for order in orders], closed_on=None
        ).values_list("watch_id", flat=True)
    )
    by_court: dict[int, list[Order]] = defaultdict(list)
    for order in orders:
        if order.watch_id not in with_one:
            order.year = order.raised_on.year
            by_court[order.court_id].append(order)
    return [order for court, own in sorted(by_court.items()) for order in _numbered(court, own)]


def release_orders(watches: Sequence[Watch], *, on: date) -> None:
    """Note on open orders that the warning has ended; closing them is still for someone to do."""
    ended = [watch.pk for watch in watches]
    if ended:
        open_ones = Order.objects.filter(watch__in=ended, closed_on=None, reported_on=None)
        open_ones.update(result=f"预警已于{on}解除", reported_on=on)


def report(order: Order, *, result: str, actor: Person, on: date) -> Order:
    """Put the result on an order; raises `ValueError` for an empty result or a closed order."""
    if not result.strip():
        raise ValueError(f"督办单{order.number}：办理结果不能为空")
    changed = Order.objects.filter(pk=order.pk, closed_on=None).update(
        result=result.strip(), reported_by=actor, reported_on=on
    )
    if changed != 1:
        raise ValueError(f"督办单{order.number}已销号，不能再报结果")
    order.refresh_from_db()
    return order


def close(order: Order, *, actor: Person, on: date) -> Order:
    """Close an order (销号). Raises `ValueError` without a result, or for owner or reporter."""
    order.refresh_from_db()
    if not order.result:
        raise ValueError(f"督办单{order.number}尚无办理结果，不能销号")
    if actor.pk in {order.owner_id, order.reported_by_id}:
        raise ValueError(f"督办单{order.number}须由承办人、报结果人以外的人销号")
    changed = Order.objects.filter(pk=order.pk, closed_on=None).update(
        closed_by=actor, closed_on=on
    )
    if changed != 1:
        raise ValueError(f"督办单{order.number}已销号")
    order.refresh_from_db()
    if order.watch.kind == DIRECTED:  # no rule ends what a person has put there
        Watch.objects.filter(pk=order.watch_id).update(level="", rung="", answered_on=None)
    return order


def _numbered(court_id: int, orders: Sequence[Order]) -> list[Order]:
    """Give numbers one after the other; the court's row is locked, so that none is given twice."""
    with transaction.atomic():
        Court.objects.select_for_update().get(pk=court_id)
        last = dict(
            Order.objects.filter(court=court_id, year__in={order.year for order in orders})
            .order_by()
            .values_list("year")
            .annotate(Max("serial"))
        )
        for order in orders:
            last[order.year] = (last.get(order.year) or 0) + 1
            order.serial = last[order.year]
        return Order.objects.bulk_create(orders)
