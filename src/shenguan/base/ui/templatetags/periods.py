"""统计期 on pages: written as people write it, and asked for with the usual ones offered."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shenguan.base.ops import clock
from shenguan.core.indicator.period import Period, month_number

register = template.Library()


@register.filter
def in_words(period: Period) -> str:
    """Return 2026年1月至10月, in English 2026-01..2026-10."""
    return period.text if get_language() == "en" else period.words


@register.inclusion_tag("ui/period.html")
def period_field(period: Period | None = None, title: str = "") -> dict[str, object]:
    """Ask for a period in the form around it; `Period.parse` reads what comes back."""
    return {
        "title": title or _("统计期"),
        "value": in_words(period) if period else "",
        "offered": [(in_words(one), name) for one, name in _usual()],
    }


def _usual() -> list[tuple[Period, str]]:
    month = month_number(clock.day_of(clock.now()))
    year, quarter = month - month % 12, month - month % 3
    return [
        (Period.months(month, month), _("本月")),
        (Period.months(month - 1, month - 1), _("上月")),
        (Period.months(quarter, quarter + 2), _("本季度")),
        (Period.months(quarter - 3, quarter - 1), _("上季度")),
        (Period.months(year, month), _("本年至今")),
        (Period.months(year, year + 11), _("本年")),
        (Period.months(year - 12, year - 1), _("上年")),
    ]
