"""Reading the case list: how many, one page of them, all of them for an export.

A page is read in two steps: the ids of the page from the narrow index that holds every condition, then
the wide rows of these ids alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from shenguan.base.org.scope import Scope
from shenguan.programs.casebook import criteria, marks
from shenguan.programs.casebook.columns import LOOKUPS, Listed, Shown
from shenguan.programs.casebook.criteria import Criteria
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case, Party
from shenguan.spine.indicators.freshness import current

PAGE = 100
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `total` is the number of cases on all pages."""

    rows: tuple[Listed, ...]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        """Return the place of the first row in the whole list."""
        return (self.number - 1) * PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Return the place of the last row in the whole list."""
        return min(self.number * PAGE, self.total)


def count(scope: Scope, asked: Criteria, on: date) -> int:
    """Return how many cases the list has."""
    return criteria.matching(scope, asked, load(), on).count()


def page(scope: Scope, asked: Criteria, on: date, number: int, *, parties: bool) -> Page:
    """Return one page; a number beyond the last page gives the last."""
    seen = scope.for_cases()
    found = partial(_found, seen, asked, on, number)
    # many who see a whole court ask for the same; what few see is found faster than remembered
    shared = seen.court_ids is None or seen.court_ids
    ids, total, at = current(("case list", seen, asked, on, number), found) if shared else found()
    return Page(tuple(rows_of(ids, on, parties=parties)), total, at, _pages(total))


def _found(scope: Scope, asked: Criteria, on: date, number: int) -> tuple[list[int], int, int]:
    """Return the ids of a page, the number of cases on all pages, the number of the page that it is."""
    cases = criteria.matching(scope, asked, load(), on)
    total = cases.count()
    number = min(max(1, number), _pages(total))
    start = (number - 1) * PAGE
    ordered = cases.order_by(*criteria.order(asked)).values_list("pk", flat=True)
    return list(ordered[start : start + PAGE]) if total else [], total, number


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def everything(scope: Scope, asked: Criteria, on: date, *, parties: bool) -> Iterator[Listed]:
    """Yield the whole list in order, some rows at a time."""
    cases = criteria.matching(scope, asked, load(), on)
    ids = list(cases.order_by(*criteria.order(asked)).values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        yield from rows_of(ids[start : start + CHUNK], on, parties=parties)


def rows_of(ids: Sequence[int], on: date, *, parties: bool) -> list[Listed]:
    """Return the wide rows of some cases, in the order of their ids; who may see them is asked before."""
    rules = load().worklists
    columns = (LOOKUPS.get(name, name) for name in Shown._fields)
    found = Case.objects.filter(pk__in=ids).order_by().values_list(*columns)
    by_id = {case.pk: case for case in map(Shown._make, found)}
    named = _parties(ids) if parties else {}
    return [
        Listed(case, marks.sign_of(rules, case.closed_on, case.timing, on), named.get(case.pk, ""))
        for case in map(by_id.__getitem__, ids)
    ]


def _parties(ids: Sequence[int]) -> dict[int, str]:
    """Return the parties of each case in one text, by role."""
    roles: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Party.objects.filter(case_id__in=ids).order_by("case_id", "seq")
    for case_id, role, name in rows.values_list("case_id", "role", "name"):
        roles[case_id][role].append(name)
    return {
        case_id: "；".join(
            f"{role or '当事人'}：{'、'.join(names)}" for role, names in by_role.items()
        )
        for case_id, by_role in roles.items()
    }
