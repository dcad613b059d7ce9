"""督办单: raised by the ladder, answered by the owner, closed by someone else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from shenguan.base.inbox.models import Order, Watch
from shenguan.base.ops.bulk import insert_keyed
from shenguan.base.org.models import Court, Person

DIRECTED = "directed"
"""The kind of what a person has put on someone's list: no rule knows it."""


def raise_orders(orders: Sequence[Order]) -> list[Order]:
    """Number these orders and save them; a matter with an order still open gets no second one."""
    if not orders:
        return []
    watches = [order.watch_id for order in orders]
    still_open = Order.objects.filter(watch__in=watches, closed_on=None).order_by()
    with_one = set(still_open.values_list("watch_id", flat=True))
    new = [order for order in orders if order.watch_id not in with_one]
    return _numbered(sorted(new, key=lambda order: order.court_id)) if new else []


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


def _numbered(orders: list[Order]) -> list[Order]:
    """Give numbers one after the other; the courts' rows are locked, so that none is given twice."""
    courts = {order.court_id for order in orders}
    with transaction.atomic():
        list(Court.objects.select_for_update().filter(pk__in=courts).order_by("pk").values("pk"))
        given = Order.objects.filter(court__in=courts).order_by().values_list("court_id", "year")
        last = {(court, year): serial for court, year, serial in given.annotate(Max("serial"))}
        for order in orders:
            order.year = order.raised_on.year
            place = order.court_id, order.year
            order.serial = last[place] = last.get(place, 0) + 1
        insert_keyed(orders)
    return orders
