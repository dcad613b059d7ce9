"""Numbers in words of the page: shares as percent, quantities without needless digits."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

register = template.Library()


@register.filter
def percent(value: float) -> str:
    """0.123 as 12%."""
    return f"{100 * value:.0f}%"


@register.filter
def plain(value: float) -> str:
    """12.0 as 12, 12345.6 as 12,346, 2.5 as 2.5."""
    return f"{value:,.0f}" if value == int(value) or value >= 1_000 else f"{value:.1f}"


@register.filter
def statute(key: str) -> str:
    """中华人民共和国民法典:667 as 民法典第667条."""
    law, _, article = key.partition(":")
    return f"{law.removeprefix('中华人民共和国')}第{article}条" if article else law


@register.filter
def statutes(keys: Iterable[str]) -> str:
    """Several provisions in a row."""
    return "、".join(statute(each) for each in keys)


@register.filter
def dot(value: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{value:.1f}"
