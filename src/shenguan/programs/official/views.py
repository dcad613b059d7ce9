"""Pages: official values beside ours, published values beside live ones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ui.asking import asked_period
from shenguan.programs.official import selectors
from shenguan.rulebook import load
from shenguan.spine.indicators.entered import entered_values

MOST = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show 本院计算, 上级通报 and 差额 for the courts of the person."""
    scope = access(request).scope
    period = asked_period(request, None)
    rows = selectors.comparisons(scope, period)
    return render(
        request, "official/index.html", {"rows": rows, "period": period, "page": "official"}
    )


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Show published values beside live ones."""
    scope = access(request).scope
    found = [selectors.drift(scope, row) for row in selectors.snapshots(scope)[:MOST]]
    return render(request, "official/published.html", {"rows": found, "page": "official"})


@require_safe
def entered(request: HttpRequest) -> HttpResponse:
    """Show the numbers courts entered, every version, and which have never been entered."""
    atoms = load().library.atoms
    rows = [(atoms.get(row.code), row) for row in entered_values(access(request).scope)]
    stated = {row.code for _, row in rows}
    open_ = [atom for atom in atoms.values() if atom.given and atom.code not in stated]
    return render(
        request, "official/entered.html", {"rows": rows, "open": open_, "page": "official"}
    )
