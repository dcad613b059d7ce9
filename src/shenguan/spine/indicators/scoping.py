"""A scope as filters on figures: whole courts, own units and own cases; above clearance nothing counts."""

from __future__ import annotations

from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters

HIGHEST = 1


def filters_of(scope: Scope, *, figures_only: bool = True) -> Filters:
    """Return what of all facts the scope counts.

    `figures_only` adds courts of which only figures are shown; lists are made without it.
    """
    every = {}
    if scope.clearance < HIGHEST:
        every["confidentiality"] = list(range(scope.clearance + 1))
    if scope.court_ids is None:
        return Filters(every)
    courts = scope.court_ids | (scope.figure_court_ids if figures_only else frozenset())
    either: dict[str, list[int]] = {}
    if courts:
        either["court"] = sorted(courts)
    if scope.unit_ids:
        either["division"] = sorted(scope.unit_ids)
    if scope.person_ids:
        either["judge"] = sorted(scope.person_ids)
    return Filters(every, either)


def remark(scope: Scope) -> str:
    """Return what a page says of cases left out, empty when nothing is."""
    if scope.clearance < HIGHEST:
        return "不含超出查阅权限的敏感案件"
    return ""
