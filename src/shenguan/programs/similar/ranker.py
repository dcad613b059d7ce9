"""Rankers: a court may plug in its own; ours fuses words, latent likeness and causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from shenguan.core.similar import fusion
from shenguan.core.similar.elements import Element, found_in, share
from shenguan.core.similar.fusion import Vector
from shenguan.core.similar.model import Candidate, Question, Ranked
from shenguan.programs.similar.index import JudgmentIndex

DEPTH = 120
REPEAT = 0.5  # how much a word asked twice counts more

Weights = Mapping[str, Mapping[str, float]]
Features = dict[str, Vector]


class Ranker(Protocol):
    """Ranks judgments for a question; `among` limits them to the ids of a pool."""

    def rank(
        self, question: Question, *, limit: int, among: Sequence[str] | None = None
    ) -> list[Ranked]:
        """Return the best first."""
        ...


@dataclass(frozen=True)
class PlainRanker:
    """Plain BM25 over the words of the facts, each asked word once: what ours is measured by."""

    index: JudgmentIndex

    def rank(
        self, question: Question, *, limit: int, among: Sequence[str] | None = None
    ) -> list[Ranked]:
        """Return the best first."""
        plain = Question(question.words, without=question.without, filters=question.filters)
        found = self.index.candidates(plain, limit=limit, among=among, common=1.0)
        return [Ranked(each.entry, each.bm25, {"bm25": each.bm25}) for each in found]


@dataclass(frozen=True)
class FusedRanker:
    """Candidates by one query of the index, put in order by the weighted features."""

    index: JudgmentIndex
    weights: Weights
    elements: Sequence[Element] = ()

    def rank(
        self, question: Question, *, limit: int, among: Sequence[str] | None = None
    ) -> list[Ranked]:
        """Return the best first."""
        candidates, features = self.features(question, limit=limit, among=among)
        if not candidates:
            return []
        scores = fusion.fuse(features, self.weights[mode(question)])
        order = np.argsort(-scores, kind="stable")[:limit]
        return [
            Ranked(
                candidates[i].entry,
                float(scores[i]),
                {name: float(values[i]) for name, values in features.items()},
            )
            for i in order
        ]

    def features(
        self, question: Question, *, limit: int, among: Sequence[str] | None = None
    ) -> tuple[list[Candidate], Features]:
        """Candidates with their features, one value a candidate."""
        depth = max(limit, DEPTH) if among is None else len(among)
        found = self.index.candidates(question, limit=depth, among=among, repeat=REPEAT)
        if not found:
            return [], {}
        features = self._own_features(question, found)
        if among is None:
            closest, base = found, features
        else:
            closest = self.index.candidates(question, limit=DEPTH, repeat=REPEAT)
            base = self._own_features(question, closest)
        return found, features | _profiled(found, closest, base)

    def _own_features(self, question: Question, found: Sequence[Candidate]) -> Features:
        causes = [each.entry.causes for each in found]
        asked = found_in(question.text, self.elements)
        return {
            "bm25": fusion.standard(np.array([each.bm25 for each in found])),
            "latent": fusion.standard(self._latent(question, found)),
            "cause": np.array([fusion.shared(question.causes, each) for each in causes]),
            "elements": np.array([share(asked, each.entry.facts) for each in found]),
            "cause_only": np.array([fusion.overlap(question.causes, each) for each in causes]),
        }

    def _latent(self, question: Question, found: Sequence[Candidate]) -> Vector:
        space = self.index.space
        if space is None:
            return np.zeros(len(found))
        asked = space.vector(question.words)
        documents = space.vectors([each.entry.words.split() for each in found])
        return np.asarray(documents @ asked, dtype=np.float64)


def _profiled(found: Sequence[Candidate], closest: Sequence[Candidate], base: Features) -> Features:
    """What the closest of the whole index are about, looked for in each candidate."""
    if not closest:
        return {}
    scores = base["bm25"] + base["latent"] + 2 * base["cause"]
    causes = fusion.profile([each.entry.causes for each in closest], scores)
    statutes = fusion.profile([each.entry.statutes for each in closest], scores)
    return {
        "likely_cause": np.array([fusion.expected(causes, each.entry.causes) for each in found]),
        "statutes": np.array([fusion.aligned(statutes, each.entry.statutes) for each in found]),
    }


def mode(question: Question) -> str:
    """Which weights hold: is the cause known?"""
    return "known" if question.causes else "unknown"
