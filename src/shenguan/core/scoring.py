"""评查打分: deductions of a score sheet → points by item → grade by the court's own set.

A sheet has items of so many points; deductions are taken within an item and never below nothing. A deduction
marked as a bar (一票否决) fixes the highest grade a case can still get, whatever its points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Deduction:
    """One reason to deduct: points each time, at most `most` in all (None: up to the item's points).

    `bars`: the highest grade left where it is found, "" for no effect. `issue`: code of the issue list.
    """

    id: str
    name: str
    points: Decimal
    most: Decimal | None = None
    bars: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sheet with its full points."""

    id: str
    name: str
    points: Decimal
    deductions: Mapping[str, Deduction]


@dataclass(frozen=True, slots=True)
class GradeSet:
    """A court's grades, best first, each with its lowest points; the last has none."""

    id: str
    grades: Sequence[tuple[str, Decimal]]

    def of(self, points: Decimal, bars: Iterable[str] = ()) -> str:
        """Return the grade of so many points, not above any of `bars`."""
        names = [name for name, _least in self.grades]
        by_points = next(i for i, (_name, least) in enumerate(self.grades) if points >= least)
        barred = [names.index(bar) for bar in bars if bar in names]
        return names[max([by_points, *barred])]


@dataclass(frozen=True, slots=True)
class Found:
    """What a reviewer found: a deduction of an item, how many times."""

    item: str
    deduction: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Score:
    """Points out of `whole`, as a share of 100, by item; the grade."""

    points: Decimal
    whole: Decimal
    by_item: Mapping[str, Decimal]
    grade: str


def score(items: Mapping[str, Item], grades: GradeSet, found: Iterable[Found]) -> Score:
    """Return the score of a sheet. Raises `ValueError` naming an unknown item or deduction."""
    taken: dict[str, Decimal] = defaultdict(Decimal)
    bars = []
    for one in _summed(found):
        deduction = _deduction(items, one)
        taken[one.item] += taken_for(deduction, one.times)
        if deduction.bars:
            bars.append(deduction.bars)
    by_item = {item.id: max(item.points - taken[item.id], Decimal(0)) for item in items.values()}
    whole = sum((item.points for item in items.values()), Decimal(0))
    points = sum(by_item.values(), Decimal(0))
    hundredths = points * 100 / whole if whole else Decimal(0)
    return Score(points, whole, by_item, grades.of(hundredths, bars))


def taken_for(deduction: Deduction, times: int) -> Decimal:
    """Return the points one deduction takes when found so many times."""
    taken = deduction.points * times
    return taken if deduction.most is None else min(taken, deduction.most)


def agreed(points: Sequence[Decimal], tolerance: Decimal) -> bool:
    """Tell whether reviewers who didn't know of each other came close enough."""
    return not points or max(points) - min(points) <= tolerance


def mean(points: Sequence[Decimal]) -> Decimal:
    """Return the mean of reviewers' points, to a tenth."""
    return (sum(points, Decimal(0)) / len(points)).quantize(Decimal("0.1"))


def sheet_faults(items: Mapping[str, Item], grades: GradeSet) -> list[str]:
    """Return what is wrong with a sheet as data."""
    faults = []
    if (whole := sum((item.points for item in items.values()), Decimal(0))) != 100:
        faults.append(f"各项分值合计{whole}，应为100")
    names = {name for name, _least in grades.grades}
    for item in items.values():
        for deduction in item.deductions.values():
            if deduction.points > item.points:
                faults.append(f"{item.name}“{deduction.name}”扣分高于该项分值")
            if deduction.bars and deduction.bars not in names:
                faults.append(f"{item.name}“{deduction.name}”的等次“{deduction.bars}”不在等次表中")
    return faults


def _summed(found: Iterable[Found]) -> list[Found]:
    times: dict[tuple[str, str], int] = defaultdict(int)
    for one in found:
        if one.times < 1:
            raise ValueError("评查表：扣分处数应当是正数")
        times[one.item, one.deduction] += one.times
    return [Found(item, deduction, n) for (item, deduction), n in times.items()]


def _deduction(items: Mapping[str, Item], one: Found) -> Deduction:
    item = items.get(one.item)
    if item is None or one.deduction not in item.deductions:
        raise ValueError(f"评查表：没有“{one.item} {one.deduction}”这一扣分项")
    return item.deductions[one.deduction]
