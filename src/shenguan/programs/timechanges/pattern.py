"""How extensions are asked for and decided, by division: late, on the same day, in copied words.

Divisions stand in their institutional order; no judge is counted, let alone ranked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from shenguan.base.approvals.models import Request
from shenguan.core.windows import APPLIED_LATE, DECIDED_LATE, SAME_DAY

ALIKE = 90
"""Texts whose letters agree to this share (0–100), once numbers are taken out, count as copied."""

SHORTEST = 20
_NUMBERS = re.compile(r"[\d０-９〇一二三四五六七八九十百两]+|[\s，。、；：,.;:（）()“”]+")


@dataclass(slots=True)
class Row:
    """One division: how many requests, and how many of them fit each pattern."""

    court: str
    division: str
    made: int = 0
    approved: int = 0
    refused: int = 0
    applied_late: int = 0
    decided_late: int = 0
    same_day: int = 0
    copied: int = 0
    groups: list[list[Request]] = field(default_factory=list)


def rows(requests: Iterable[Request]) -> list[Row]:
    """Return a row a division, in institutional order."""
    by_unit: dict[tuple[int, str, int, str], list[Request]] = defaultdict(list)
    for request in requests:
        unit = request.unit
        place = (unit.order, unit.name) if unit else (1 << 30, "（未载部门）")
        by_unit[request.court.order, request.court.name, *place].append(request)
    return [_row(key[1], key[3], found) for key, found in sorted(by_unit.items())]


def copied(texts: Sequence[str]) -> list[list[int]]:
    """Return the groups of places whose texts are nearly the same, each group in order."""
    bare = [_NUMBERS.sub("", text) for text in texts]
    long = [place for place, text in enumerate(bare) if len(text) >= SHORTEST]
    if len(long) < 2:
        return []
    words = [bare[place] for place in long]
    scores = process.cdist(words, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return [[long[i] for i in group] for group in _connected(scores >= ALIKE)]


def alike(text: str, others: Sequence[tuple[int, str]]) -> list[int]:
    """Return the keys of those other texts that are nearly the same as one."""
    bare = _NUMBERS.sub("", text)
    if len(bare) < SHORTEST:
        return []
    words = {key: _NUMBERS.sub("", other) for key, other in others}
    found = process.extract(bare, words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    return sorted(key for _text, _score, key in found)


def _connected(alike: np.ndarray) -> list[list[int]]:
    left, groups = set(range(len(alike))), []
    while left:
        group, frontier = set(), {min(left)}
        while frontier:
            group |= frontier
            near = {int(j) for i in frontier for j in np.flatnonzero(alike[i])}
            frontier = near - group
        left -= group
        if len(group) > 1:
            groups.append(sorted(group))
    return groups


def _row(court: str, division: str, found: list[Request]) -> Row:
    groups = copied([request.detail for request in found])
    return Row(
        court,
        division,
        made=len(found),
        approved=sum(r.state == Request.State.APPROVED for r in found),
        refused=sum(r.state == Request.State.REFUSED for r in found),
        applied_late=sum(APPLIED_LATE in r.flags for r in found),
        decided_late=sum(DECIDED_LATE in r.flags for r in found),
        same_day=sum(SAME_DAY in r.flags for r in found),
        copied=sum(len(group) for group in groups),
        groups=[[found[i] for i in group] for group in groups],
    )
