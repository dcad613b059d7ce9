"""Series among the filed cases: the closest by words from an index of their masked facts."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shenguan.core.similar import series
from shenguan.core.similar.model import Entry, Question
from shenguan.core.similar.series import Filed, Pair
from shenguan.core.similar.words import content_words
from shenguan.programs.similar.index import Incoming, JudgmentIndex


@dataclass(frozen=True, slots=True)
class Series:
    """A proposed group: its cases, and the pairs it rests on."""

    cases: tuple[str, ...]
    pairs: tuple[Pair, ...]


def detect(cases: Mapping[str, Filed]) -> list[Series]:
    """Propose groups among `cases` (by id); a judge confirms them."""
    found = found_pairs(cases)
    by_case: dict[str, list[Pair]] = {}
    for pair in found:
        by_case.setdefault(pair.first, []).append(pair)
    return [
        Series(group, tuple(p for case in group for p in by_case.get(case, ())))
        for group in series.groups(found)
    ]


def found_pairs(cases: Mapping[str, Filed]) -> list[Pair]:
    """All pairs that belong to one series."""
    with tempfile.TemporaryDirectory(prefix="shenguan-series-") as folder:
        index = JudgmentIndex(Path(folder))
        index.add((_incoming(key, case) for key, case in cases.items()), relearn=False)

        def neighbours(case: Filed, masked: str) -> list[str]:
            asked = Question(tuple(content_words(masked)), without=frozenset({case.id}))
            return [c.entry.id for c in index.candidates(asked, limit=series.NEIGHBOURS)]

        return series.pairs(cases, neighbours)


def _incoming(key: str, case: Filed) -> Incoming:
    return Incoming(Entry(key, " ".join(content_words(series.masked(case)))))
