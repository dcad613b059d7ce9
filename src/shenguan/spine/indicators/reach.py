"""Indicators whose cases lie in several courts (`Version.area`): counted over a court and all below it.

What a figure of that kind covers is said beside it; one of a single court is only its own part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shenguan.core.indicator.compile.sql import Filters
from shenguan.spine.indicators.labels import Labels
from shenguan.spine.indicators.sources import Key

ALONE = "只含本院案件，上下级法院的程序未计，不评强弱"
_WITHIN_A_COURT = frozenset({"division", "team", "judge"})
Where = Mapping[str, tuple[int, ...]]


def widened(where: Where, labels: Labels) -> dict[str, tuple[int, ...]]:
    """Return the groups of a question with the courts below those it names."""
    if "court" not in where:
        return dict(where)
    covered = (one for court in where["court"] for one in labels.below(court))
    return {**where, "court": tuple(dict.fromkeys(covered))}


def gathered(keys: Sequence[Key], at: int, where: Where, labels: Labels) -> list[list[Key]]:
    """Return for each key those it adds to: its court (at place `at`) and the courts above, where asked for."""
    shown = set(where["court"]) if "court" in where else {key[at] for key in keys}
    return [
        [(*key[:at], over, *key[at + 1 :]) for over in labels.over(key[at]) if over in shown]
        for key in keys
    ]


def said(keys: Mapping[str, int], where: Where, labels: Labels, filters: Filters) -> str:
    """Return what a figure covers of what `filters` let through, "" for all there is."""
    shown = None if filters.either is None else filters.either.get("court", [])
    courts = [keys["court"]] if "court" in keys else where.get("court", shown or ())
    covered = {one for court in courts for one in labels.below(court)}
    if shown is not None:
        covered &= set(shown)
    if len(covered) == 1 or not _WITHIN_A_COURT.isdisjoint({*keys, *where}):
        return ALONE
    return f"按全辖区{len(covered)}个法院计" if covered else ""
