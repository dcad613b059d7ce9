"""Rows of warnings as HTML: a page holds a thousand cells, on which a template would spend longest of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shenguan.base.inbox.models import Order, Watch
from shenguan.base.ui.rows import joined


def warning_rows(
    watches: Iterable[Watch],
    orders: Mapping[int, Order],
    names: Mapping[str, str],
    today: date,
    *,
    courts: bool,
) -> SafeString:
    """Return the rows of the warnings with a box to tick; `courts`: with a column of them; `orders` by warning."""
    choose = escape(_("选择"))
    return joined(
        _row(watch, orders.get(watch.pk), names.get(watch.kind, watch.kind), today, courts, choose)
        for watch in watches
    )


def _row(
    watch: Watch, order: Order | None, name: str, today: date, courts: bool, choose: str
) -> str:
    say, address, level = escape(watch.say), escape(watch.page), escape(watch.level)
    leads = f' data-href="{address}"' if address else ""
    link = f'<a href="{address}">{say}</a>' if address else say
    cells = (
        f'<td><input type="checkbox" name="watch" value="{watch.pk}" aria-label="{choose} {say}"></td>',
        f'<td class="level-{level}">{level}</td><td>{escape(name)}</td><td class="wrap">{link}</td>',
        f"<td>{escape(watch.court.name)}</td>" if courts else "",
        f"<td>{escape(watch.owner.name if watch.owner else '')}</td><td>{watch.since or ''}</td>",
        _deadline(watch, today),
        f"<td>{escape(_('数据存疑')) if watch.held_since else watch.answered_on or ''}</td>",
        f"<td>{_order(order)}</td>",
    )
    return f"<tr{leads}>{''.join(cells)}</tr>"


def _deadline(watch: Watch, today: date) -> str:
    day = watch.answer_by
    if day and day < today and not watch.answered_on:
        return f'<td class="why-overdue">{day} {escape(_("逾期"))}</td>'
    return f"<td>{day or ''}</td>"


def _order(order: Order | None) -> str:
    if order is None:
        return ""
    return f'<a href="{reverse("attention:order", args=[order.pk])}">{escape(order.number)}</a>'
