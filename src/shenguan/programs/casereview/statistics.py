"""Figures of reviews: grades, and findings by item of the sheets. Never by judge; small ones are said to be small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from shenguan.programs.casereview.models import Finding, Issue, Item
from shenguan.rulebook import load


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One entry of a score sheet: cases with a finding, places, points taken, out of how many cases."""

    sheet: str
    entry: str
    name: str
    cases: int
    places: int
    points: Decimal
    reviewed: int

    @property
    def percent(self) -> str:
        """The share of reviewed cases with a finding; "—" where too few were reviewed to say."""
        few = int(load().casereview.lists["few"])
        return f"{self.cases / self.reviewed:.1%}" if self.reviewed >= few else "—"


@dataclass(frozen=True, slots=True)
class Summary:
    """Decided cases by grade, objections, issues and their rectification."""

    decided: int
    grades: Sequence[tuple[str, int]]
    objections: int
    changed: int
    divergent: int
    second: int
    issues: Sequence[tuple[str, str, int, int]]


def by_item(items: QuerySet[Item]) -> list[ItemRow]:
    """Return findings upheld, by item of the sheets, in the order of the sheets."""
    rules = load().casereview.sheets
    decided = items.filter(state=Item.State.DECIDED)
    sizes = Counter(decided.order_by().values_list("sheet", flat=True))
    found = Finding.objects.filter(
        sheet__item__in=decided.order_by().values("pk"), sheet__replaced="", upheld=True
    ).order_by()
    sums: dict[tuple[str, str], Any] = {
        (row["sheet__item__sheet"], row["entry"]): row
        for row in found.values("sheet__item__sheet", "entry").annotate(
            cases=Count("sheet__item", distinct=True), places=Sum("times"), taken=Sum("points")
        )
    }
    rows = []
    for sheet in rules.values():
        for item in sheet.items.values() if sizes[sheet.id] else ():
            row = sums.get((sheet.id, item.id), {"cases": 0, "places": 0, "taken": Decimal(0)})
            rows.append(
                ItemRow(sheet.name, item.id, item.name, row["cases"], row["places"], row["taken"],
                        sizes[sheet.id])
            )  # fmt: skip
    return rows


def summary(items: QuerySet[Item]) -> Summary:
    """Return the whole in numbers."""
    decided = items.filter(state=Item.State.DECIDED)
    rows = list(decided.order_by().values_list("grade", "proposed_grade", "reply", "divergent"))
    grades = Counter(row[0] for row in rows)
    codes = load().casereview.issues
    issues = Issue.objects.filter(item__in=decided.order_by().values("pk")).order_by()
    every = Counter(issues.values_list("code", flat=True))
    done = Counter(issues.filter(state=Issue.State.DONE).values_list("code", flat=True))
    twice = decided.filter(sheets__second=True, sheets__replaced="").order_by().distinct()
    return Summary(
        decided=len(rows),
        grades=[(name, grades[name]) for name in _names(items, grades)],
        objections=sum(row[2] == Item.Reply.OBJECTS for row in rows),
        changed=sum(row[0] != row[1] for row in rows),
        divergent=sum(bool(row[3]) for row in rows),
        second=twice.count(),
        issues=[
            (code, codes[code].name if code in codes else code, every[code], done[code])
            for code in sorted(every)
        ],
    )


def _names(items: QuerySet[Item], grades: Counter[str]) -> list[str]:
    """Return the grades of the plans' sets, best first, and any other that was given."""
    sets = set(items.order_by().values_list("plan__grades", flat=True))
    order: dict[str, None] = {}
    for one in load().casereview.grades.values():
        if one.id in sets:
            order |= dict.fromkeys(name for name, _least in one.set.grades)
    return [*order, *sorted(set(grades) - set(order))]
