"""Ranking measures over graded labels: NDCG with linear gain, precision, mean average precision.

Protocol: gain = label 0–3, discount log2(rank + 1), ideal from all labelled candidates including
those missing from the pool, unlabelled = 0. Precision and average precision run over the labelled
documents alone, relevant = label 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2

RELEVANT = 3
CUTS = (10, 20, 30)
Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, cut: int) -> float:
    """Normalised discounted cumulative gain of the first `cut` ids; 0 without any label above 0."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:cut])
    return _gain([grades.get(each, 0) for each in ranking[:cut]]) / ideal if ideal else 0.0


def _gain(labels: Sequence[int]) -> float:
    return sum(label / log2(rank + 2) for rank, label in enumerate(labels))


def precision(ranking: Sequence[str], grades: Grades, cut: int) -> float:
    """Share of relevant documents among the first `cut` labelled ones."""
    labelled = [grades[each] for each in ranking if each in grades]
    return sum(label >= RELEVANT for label in labelled[:cut]) / cut


def average_precision(ranking: Sequence[str], grades: Grades) -> float | None:
    """Mean of the precision at each relevant document; None where nothing is relevant."""
    relevant = sum(label >= RELEVANT for label in grades.values())
    if not relevant:
        return None
    found, total = 0, 0.0
    labelled = [grades[each] for each in ranking if each in grades]
    for rank, label in enumerate(labelled, 1):
        if label >= RELEVANT:
            found += 1
            total += found / rank
    return total / relevant


def measures(ranking: Sequence[str], grades: Grades) -> dict[str, float | None]:
    """All measures of one query."""
    by_cut: dict[str, float | None] = {f"ndcg@{cut}": ndcg(ranking, grades, cut) for cut in CUTS}
    by_cut |= {f"p@{cut}": precision(ranking, grades, cut) for cut in (5, 10)}
    return by_cut | {"map": average_precision(ranking, grades)}


def mean(of_queries: Iterable[Mapping[str, float | None]]) -> dict[str, float]:
    """Mean of each measure over the queries that have it."""
    rows = list(of_queries)
    names = list(rows[0]) if rows else []
    columns = {name: [v for row in rows if (v := row[name]) is not None] for name in names}
    return {name: sum(column) / len(column) if column else 0.0 for name, column in columns.items()}
