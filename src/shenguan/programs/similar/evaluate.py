"""`similar evaluate`: our rankings of labelled pools beside plain BM25 (contracts.md §6)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shenguan.core.similar import metrics
from shenguan.core.similar.likeness import is_own
from shenguan.core.similar.model import Question
from shenguan.core.similar.words import content_words
from shenguan.programs.similar.index import JudgmentIndex
from shenguan.programs.similar.ranker import FusedRanker, PlainRanker, Ranker
from shenguan.programs.similar.reading import Reader, canonical_number
from shenguan.rulebook.loaders.similar import SimilarRules

_CLOSEST = 5  # the own judgment of a case stands at the top of any word match


@dataclass(frozen=True, slots=True)
class Labelled:
    """A query with its pool and its labels, its own judgment taken out of both (`own`)."""

    question: Question
    unknown: Question
    pool: tuple[str, ...]
    grades: Mapping[str, int]
    fingerprint: str
    own: frozenset[str] = field(default_factory=frozenset)


def fingerprint(query: Mapping[str, Any]) -> str:
    """Tells whether a query was trained on, without keeping its text."""
    printed = f"{query['id']}\n{query['text']}".encode("utf-8", "replace")
    return hashlib.sha256(printed).hexdigest()[:16]


def prepare(query: Mapping[str, Any], index: JudgmentIndex, reader: Reader) -> Labelled:
    """A query as read from its file: ids as strings, own judgments removed by number and likeness."""
    text = str(query["text"])
    words = tuple(content_words(text, reader.stop))
    pool = tuple(dict.fromkeys(str(each) for each in query["pool"]))
    own = _own_judgments(query, Question(words), pool, index)
    grades = {str(key): int(grade) for key, grade in query["grades"].items()}
    causes = reader.any_causes(query.get("crimes") or ())
    return Labelled(
        question=Question(words, text, causes, without=own),
        unknown=Question(words, text, without=own),
        pool=tuple(each for each in pool if each not in own),
        grades={key: grade for key, grade in grades.items() if key not in own},
        fingerprint=fingerprint(query),
        own=own,
    )


def _own_judgments(
    query: Mapping[str, Any], question: Question, pool: tuple[str, ...], index: JudgmentIndex
) -> frozenset[str]:
    printed = query.get("number") or query.get("case_number")
    numbers = {("", canonical_number(str(printed)))} if printed else set()
    same: set[str] = set()
    entries = [each.entry for each in index.candidates(question, limit=len(pool), among=pool)]
    for entry in entries[:_CLOSEST]:
        if is_own(str(query["text"]), entry.facts):
            same.add(entry.id)
            numbers.add((entry.court, entry.number))
    same |= {e.id for e in entries if e.number and (e.court, e.number) in numbers}
    return frozenset(same | {e.id for e in entries if e.number and ("", e.number) in numbers})


def evaluate(
    queries: Iterable[Mapping[str, Any]], index: JudgmentIndex, reader: Reader, rules: SimilarRules
) -> dict[str, Any]:
    """Means over all queries: ours with the cause, ours without, plain BM25; removed judgments counted."""
    rows: dict[str, list[Mapping[str, float | None]]] = {
        "ours": [],
        "ours_no_cause": [],
        "bm25": [],
    }
    removed = trained = 0
    for query in queries:
        one = prepare(query, index, reader)
        weights = rules.weights_for(one.fingerprint)
        trained += weights is not rules.weights
        removed += len(one.own)
        ours, plain = FusedRanker(index, weights, rules.elements), PlainRanker(index)
        rows["ours"].append(_measured(ours, one.question, one))
        rows["ours_no_cause"].append(_measured(ours, one.unknown, one))
        rows["bm25"].append(_measured(plain, one.unknown, one))
    report: dict[str, Any] = {name: metrics.mean(of) for name, of in rows.items()}
    return report | {
        "queries": len(rows["ours"]),
        "out_of_fold": trained,
        "own_judgments_removed": removed,
    }


def _measured(ranker: Ranker, question: Question, one: Labelled) -> dict[str, float | None]:
    return metrics.measures(list(_ranking(ranker, question, one.pool)), one.grades)


def _ranking(ranker: Ranker, question: Question, pool: tuple[str, ...]) -> Iterator[str]:
    for each in ranker.rank(question, limit=len(pool), among=pool):
        yield each.entry.id
