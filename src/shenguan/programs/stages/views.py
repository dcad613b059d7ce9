"""The page of stage times and appeals on their way."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.ui.asking import asked_period
from shenguan.core.indicator.period import Period
from shenguan.programs.stages import selectors
from shenguan.rulebook import load
from shenguan.spine.indicators.freshness import as_they_stand
from shenguan.spine.indicators.parts import case_scopes

LEVELS = {"court": ("court",), "cause": ("court", "cause")}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show stage times of the person's courts and the appeals on their way."""
    scope, now = access(request).scope, clock.now()
    behind, on = as_they_stand(settings.HOME, now=now), clock.day_of(now)
    by = request.GET.get("by", "court")
    period = asked_period(request, Period.parse(str(on.year)))
    groups = selectors.stage_times(scope, period, by=LEVELS.get(by, LEVELS["court"]))
    context = {
        "groups": groups,
        "headings": _headings(period.end),
        "transit": selectors.in_transit(scope, on),
        "period": period,
        "by": by if by in LEVELS else "court",
        "behind": behind,
        "page": "stages",
    }
    return render(request, "stages/index.html", context)


def _headings(on: date) -> list[tuple[str, str]]:
    """Return each stage with the 案件范围 it is counted over."""
    library = load().library
    versions = (
        (label, library.indicators[f"median_{code}"].version(on))
        for code, label in selectors.STAGES.items()
    )
    return [(label, "、".join(case_scopes(library, version))) for label, version in versions]
