"""Learns `rulebook/similar/weights.json` from labelled queries, with cross-validation.

`python -m shenguan.lab.similar.train QUERIES DOCUMENTS OUT`. A linear score, fitted by LambdaRank
gradients (Burges 2010) and held to a prior, because 72 queries can move six weights only a little.
For each fold the weights learned without its queries are kept under their fingerprints, so that
`similar evaluate` never scores a query with weights it helped to learn. Repeatable: fixed seeds.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shenguan import rulebook
from shenguan.core.similar import metrics
from shenguan.programs.similar.commands import incoming, make_reader
from shenguan.programs.similar.evaluate import prepare
from shenguan.programs.similar.index import JudgmentIndex
from shenguan.programs.similar.ranker import FusedRanker
from shenguan.programs.similar.reading import rows
from shenguan.rulebook.loaders import similar as loader

Vector = NDArray[np.float64]

PRIOR = {
    "known": {"bm25": 1.0, "latent": 1.0, "cause": 2.0, "likely_cause": 0.5, "elements": 0.5},
    "unknown": {"bm25": 1.0, "latent": 1.0, "likely_cause": 2.5, "elements": 0.5},
}
FOLDS = 5
HOLD, RATE, STEPS = 0.2, 0.1, 120
_CUT = 30
_DECAYS = (0.9, 0.999)


@dataclass(frozen=True, slots=True)
class Example:
    """The pool of one query: features by candidate, labels (unlabelled 0), and who they are."""

    features: Mapping[str, Vector]
    labels: Vector
    ids: Sequence[str]
    grades: Mapping[str, int]
    fingerprint: str

    def matrix(self, names: Sequence[str]) -> Vector:
        """Candidates × features."""
        return np.stack([self.features[name] for name in names], axis=1)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair of candidates (better, worse), and the best gain that is possible."""

    matrix: Vector
    better: NDArray[np.intp]
    worse: NDArray[np.intp]
    gap: Vector
    ideal: float


def _pairs(example: Example, names: Sequence[str]) -> Pairs:
    labels = example.labels
    better, worse = np.nonzero(labels[:, None] > labels[None, :])
    best = np.sort(np.array(list(example.grades.values()), dtype=np.float64))[::-1][:_CUT]
    ideal = float((best / np.log2(np.arange(len(best)) + 2)).sum()) or 1.0
    return Pairs(example.matrix(names), better, worse, labels[better] - labels[worse], ideal)


def _gradient(pairs: Pairs, weights: Vector) -> Vector:
    """Direction in which worse pairs get worse: pulled by what swapping them changes in NDCG."""
    scores = pairs.matrix @ weights
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    discount = 1 / np.log2(ranks + 2)
    change = np.abs(pairs.gap * (discount[pairs.better] - discount[pairs.worse])) / pairs.ideal
    margin = np.clip(scores[pairs.better] - scores[pairs.worse], -30, 30)
    pull = change / (1 + np.exp(margin))
    apart = pairs.matrix[pairs.better] - pairs.matrix[pairs.worse]
    return np.asarray(-(apart * pull[:, None]).sum(axis=0), dtype=np.float64)


def fit(examples: Sequence[Example], prior: Mapping[str, float]) -> dict[str, float]:
    """Weights for these examples (Adam, falling rate), held to the prior."""
    names = list(prior)
    start = np.array([prior[name] for name in names])
    pools = [_pairs(example, names) for example in examples]
    weights, mean, square = start.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        slope = sum((_gradient(p, weights) for p in pools), np.zeros(len(names))) / len(pools)
        slope += HOLD * (weights - start)
        mean = _DECAYS[0] * mean + (1 - _DECAYS[0]) * slope
        square = _DECAYS[1] * square + (1 - _DECAYS[1]) * slope**2
        size = np.sqrt(square / (1 - _DECAYS[1] ** step)) + 1e-8
        weights -= RATE * (1 - step / (STEPS + 1)) * mean / (1 - _DECAYS[0] ** step) / size
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


def score(
    examples: Sequence[Example], weights: Mapping[str, float]
) -> list[dict[str, float | None]]:
    """Measures of each example under weights."""
    found = []
    for each in examples:
        scores = sum(weight * each.features[name] for name, weight in weights.items())
        order = np.argsort(-np.asarray(scores), kind="stable")
        found.append(metrics.measures([each.ids[i] for i in order], each.grades))
    return found


def learn(by_mode: Mapping[str, Sequence[Example]], *, seed: int = 0) -> dict[str, Any]:
    """Weights of all queries and of each fold, with the out-of-fold measures."""
    some = next(iter(by_mode.values()))
    fold_of = np.random.default_rng(seed).permutation(len(some)) % FOLDS
    folds = [
        {"queries": [e.fingerprint for e, f in zip(some, fold_of, strict=True) if f == fold]}
        for fold in range(FOLDS)
    ]
    held: dict[str, Any] = {}
    for mode, examples in by_mode.items():
        measured: list[dict[str, float | None]] = []
        for fold, kept in enumerate(folds):
            train = [e for e, f in zip(examples, fold_of, strict=True) if f != fold]
            test = [e for e, f in zip(examples, fold_of, strict=True) if f == fold]
            kept[mode] = fit(train, PRIOR[mode])  # type: ignore[assignment]
            measured += score(test, kept[mode])  # type: ignore[arg-type]
        held[mode] = fit(examples, PRIOR[mode])
        print(mode, held[mode], metrics.mean(measured), file=sys.stderr)  # noqa: T201
    return held | {"folds": folds}


def examples(queries: Path, index: JudgmentIndex) -> dict[str, list[Example]]:
    """Features of every pool, cause known and unknown, as the product computes them."""
    rules, reader = loader.load(rulebook.DATA), make_reader()
    ranker = FusedRanker(index, rules.weights, rules.elements)
    by_mode: dict[str, list[Example]] = {"known": [], "unknown": []}
    for _, row in rows(queries):
        one = prepare(row or {}, index, reader)
        for mode, question in (("known", one.question), ("unknown", one.unknown)):
            found, features = ranker.features(question, limit=len(one.pool), among=one.pool)
            ids = [each.entry.id for each in found]
            labels = np.array([one.grades.get(each, 0) for each in ids], dtype=np.float64)
            by_mode[mode].append(Example(features, labels, ids, one.grades, one.fingerprint))
    return by_mode


def main(queries: str, documents: str, out: str) -> None:
    """Index the documents in a temporary folder, learn, write the file of weights."""
    with tempfile.TemporaryDirectory(prefix="shenguan-train-") as folder:
        index = JudgmentIndex(Path(folder))
        index.add(incoming([Path(documents)], make_reader()))
        held = learn(examples(Path(queries), index))
    Path(out).write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
