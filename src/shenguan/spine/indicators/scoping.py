"""A scope as filters on figures: courts, own units, own cases, and single cases that a seat or a grant shows.

Above clearance nothing counts.
"""

from __future__ import annotations

from dataclasses import replace

from shenguan.base.org.models import Unit
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters
from shenguan.spine.cases.selectors import visible_cases

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
        teams = Unit.objects.filter(pk__in=scope.unit_ids, kind=Unit.Kind.TEAM).order_by()
        if found := sorted(teams.values_list("pk", flat=True)):
            either["team"] = found
    if scope.person_ids:
        either["judge"] = sorted(scope.person_ids)
    if singly := shown_singly(scope):
        either["case"] = singly
    return Filters(every, either)


def shown_singly(scope: Scope) -> list[int]:
    """Return the cases that only a seat on the bench or a grant of jurisdiction shows, in order."""
    if not (scope.person_ids or scope.grants):
        return []
    others = replace(scope, court_ids=frozenset(), unit_ids=frozenset())
    cases = visible_cases(others).exclude(undertaker_id__in=scope.person_ids)
    return list(cases.order_by("pk").values_list("pk", flat=True))


def remark(scope: Scope) -> str:
    """Return what a page says of cases left out, empty when nothing is."""
    if scope.clearance < HIGHEST:
        return "不含超出查阅权限的敏感案件"
    return ""
