"""The wall: totals, clearance and warnings by level of the whole court. No party, no judge, no case number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.inbox import selectors as inbox
from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.period import Period, month_number
from shenguan.programs.wall.bars import bars
from shenguan.spine.indicators.freshness import as_they_stand, remembered
from shenguan.spine.indicators.services import Question

ACT = "大屏"
"""What a post must be allowed to do (posts.yaml)."""
CODES = (
    "filed_cases",
    "closed_cases",
    "pending_at_end",
    "closed_to_filed",
    "timely_closing_rate",
    "mean_net_days",
    "over_12_months",
    "cases_per_dispute",
)
REFRESH_SECONDS = 300
_LEVELS = (("督办", "●", "red"), ("催办", "▲", "amber"), ("提示", "◆", "blue"))
_MONTHS = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the wall of one's own court; it reloads itself."""
    who, now = access(request), clock.now()
    if ACT not in who.acts:
        raise Http404("没有大屏的权限")
    as_they_stand(settings.HOME, now=now)
    on, court = clock.day_of(now), who.account.person.court
    where = {"court": (court.pk,)}
    year = Period(on.replace(month=1, day=1), on)
    totals = remembered(who.scope, Question(year, CODES, where=where)).rows
    context = {
        "court": court,
        "now": now,
        "on": on,
        "totals": [(row.indicator.name, row.printed) for row in totals],
        "levels": _levels(who.scope, court.pk),
        "bars": bars(*_flow(who.scope, on, where)),
        "lines": _by_class(who.scope, year, where),
        "refresh": REFRESH_SECONDS,
    }
    return render(request, "wall/index.html", context)


def _levels(scope: Scope, court_id: int) -> list[tuple[str, str, str, int]]:
    rows = inbox.standing(scope).filter(court=court_id, silenced=False).order_by()
    counted = dict(rows.values_list("level").annotate(n=Count("pk")))
    return [(name, symbol, tone, counted.get(name, 0)) for name, symbol, tone in _LEVELS]


def _flow(
    scope: Scope, on: date, where: Mapping[str, tuple[int, ...]]
) -> tuple[list[str], list[int], list[int]]:
    """Return months, filed, closed of the last twelve whole months."""
    last = month_number(on) - 1
    period = Period.months(last - _MONTHS + 1, last)
    rows = remembered(
        scope, Question(period, ("filed_cases", "closed_cases"), ("month",), where=where)
    ).rows
    filed = [r.figure.numerator or 0 for r in rows if r.indicator.code == "filed_cases"]
    closed = [r.figure.numerator or 0 for r in rows if r.indicator.code == "closed_cases"]
    return [f"{piece.start:%m}月" for piece in period.by_month()], filed, closed


def _by_class(
    scope: Scope, year: Period, where: Mapping[str, tuple[int, ...]]
) -> list[tuple[str, list[str]]]:
    """Return filed, closed and pending by class of case, in the order of the code table."""
    codes = ("filed_cases", "closed_cases", "pending_at_end")
    found: dict[str, list[str]] = {}
    for row in remembered(scope, Question(year, codes, ("case_class",), where=where)).rows:
        found.setdefault(row.labels["case_class"], []).append(f"{row.figure.numerator or 0:,}")
    return [(name, numbers) for name, numbers in found.items() if any(n != "0" for n in numbers)]
