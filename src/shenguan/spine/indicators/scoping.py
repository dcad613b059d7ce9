"""A scope as filters on figures: courts, own units, own cases, and single cases that a seat or a grant shows.

Above clearance nothing counts.
"""

from __future__ import annotations

from dataclasses import replace

from shenguan.base.org.models import Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters
from shenguan.spine.cases.models import Case
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
    either |= _units(scope, courts)
    if _judges_elsewhere(scope, courts):
        either["judge"] = sorted(scope.person_ids)
    if singly := shown_singly(scope, courts):
        either["case"] = singly
    return Filters(every, either)


def _units(scope: Scope, courts: frozenset[int]) -> dict[str, list[int]]:
    """Return the divisions and teams that show more than the courts do."""
    if not scope.unit_ids:
        return {}
    rows = Unit.objects.filter(pk__in=scope.unit_ids).exclude(court__in=courts).order_by("pk")
    kinds = dict(rows.values_list("pk", "kind"))
    found = {"division": list(kinds), "team": [pk for pk in kinds if kinds[pk] == Unit.Kind.TEAM]}
    return {name: ids for name, ids in found.items() if ids}


def _judges_elsewhere(scope: Scope, courts: frozenset[int]) -> bool:
    """Tell whether someone of the scope belongs to, or has cases in, a court beyond `courts`.

    A president's own cases are among the court's: saying so again would keep figures off the stored cube.
    """
    if not scope.person_ids:
        return False
    people = Person.objects.filter(pk__in=scope.person_ids).exclude(court__in=courts)
    cases = Case.objects.filter(undertaker__in=scope.person_ids).exclude(court__in=courts)
    return people.exists() or cases.exists()


def shown_singly(scope: Scope, courts: frozenset[int] = frozenset()) -> list[int]:
    """Return the cases beyond `courts` that only a seat on the bench or a grant shows, in order."""
    if not (scope.person_ids or scope.grants):
        return []
    others = replace(scope, court_ids=frozenset(), unit_ids=frozenset())
    cases = visible_cases(others).exclude(undertaker_id__in=scope.person_ids)
    return list(cases.exclude(court__in=courts).order_by("pk").values_list("pk", flat=True))


def remark(scope: Scope) -> str:
    """Return what a page says of cases left out, empty when nothing is."""
    if scope.clearance < HIGHEST:
        return "不含超出查阅权限的敏感案件"
    return ""
