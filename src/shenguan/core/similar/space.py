"""Latent semantic space: documents that say the same in other words lie close together.

Randomised truncated singular value decomposition (Halko, Martinsson, Tropp 2011, algorithm 4.4) of
the weighted document–word matrix, of which only what isn't zero is ever held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Places = NDArray[np.int64]

WORDS, DIMENSIONS, ROUNDS, SPARE = 12_000, 160, 2, 10
LEAST_DOCUMENTS, MOST_SHARE = 3, 0.5


@dataclass(frozen=True, eq=False)
class Space:
    """`at`: word → row; `axes`: rows × dimensions, each row times the word's weight."""

    at: Mapping[str, int]
    axes: Matrix

    @property
    def dimensions(self) -> int:
        """Number of dimensions."""
        return int(self.axes.shape[1])

    def vector(self, words: Iterable[str]) -> Matrix:
        """Direction of a text of unit length; zero where no word is known."""
        return np.asarray(self.vectors([list(words)])[0], dtype=np.float32)

    def vectors(self, texts: Sequence[Sequence[str]]) -> Matrix:
        """Directions of several texts: texts × dimensions."""
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        text, row, times = self._counted(texts)
        weights = (1 + np.log(times)).astype(np.float32)
        ends = np.searchsorted(text, np.arange(len(texts) + 1))
        for each, (start, end) in enumerate(pairwise(ends)):
            sums[each] = weights[start:end] @ self.axes[row[start:end]]
        return unit(sums)

    def _counted(self, texts: Sequence[Sequence[str]]) -> tuple[Places, Places, Places]:
        """Text, row and count of every known word of every text, sorted by text."""
        rows = np.fromiter(map(self.at.get, chain.from_iterable(texts), repeat(-1)), np.int64)
        of_text = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
        known = rows >= 0
        size = max(1, len(self.at))
        pairs, times = np.unique(of_text[known] * size + rows[known], return_counts=True)
        return pairs // size, pairs % size, times


def unit(rows: Matrix) -> Matrix:
    """The rows at length one; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)


def learn(texts: Sequence[str], *, dimensions: int = DIMENSIONS, seed: int = 0) -> Space | None:
    """Learn a space from texts given as blank-separated words; None where there are too few."""
    at, weights = _vocabulary(texts)
    size = min(dimensions, len(at) // 2, len(texts) // 2)
    if size < 2:
        return None
    rows = [_row(text.split(), at, weights) for text in texts]
    start = np.random.default_rng(seed).standard_normal((len(at), size + SPARE))
    axes = _axes(rows, start.astype(np.float32), size)
    return Space(at, np.asarray(axes * weights[:, None], dtype=np.float32))


def _vocabulary(texts: Sequence[str]) -> tuple[dict[str, int], Matrix]:
    """The most frequent words that stand in some texts but not in most; weight ln(N/df)."""
    df: Counter[str] = Counter()
    for text in texts:
        df.update(set(text.split()))
    most = len(texts) * MOST_SHARE
    fit = [word for word, n in df.items() if LEAST_DOCUMENTS <= n <= most]
    fit = sorted(fit, key=lambda word: (-df[word], word))[:WORDS]
    weights = np.log(len(texts) / np.array([df[word] for word in fit], dtype=np.float32))
    return {word: at for at, word in enumerate(fit)}, weights.astype(np.float32)


_Row = tuple[NDArray[np.int32], Matrix]


def _row(words: Iterable[str], at: Mapping[str, int], weights: Matrix) -> _Row:
    """Where a document is not zero, and its weighted values there, of unit length."""
    rows = np.array([i for w in words if (i := at.get(w)) is not None], dtype=np.int32)
    known, times = np.unique(rows, return_counts=True)
    weighted = (1 + np.log(times)).astype(np.float32) * weights[known]
    return known, np.asarray(weighted / max(float(np.linalg.norm(weighted)), 1e-9), np.float32)


def _axes(rows: Sequence[_Row], start: Matrix, size: int) -> Matrix:
    """Document by document over its few words: no document is ever laid out over all words."""
    axes = start
    for _ in range(ROUNDS):
        folded = np.zeros_like(axes)
        for known, values in rows:
            folded[known] += np.outer(values, values @ axes[known])
        axes = _orthonormal(folded)
    seen = np.array([values @ axes[known] for known, values in rows], dtype=np.float32)
    turned = np.linalg.eigh(seen.T @ seen)[1][:, ::-1]
    return np.asarray(axes @ turned[:, :size], dtype=np.float32)


def _orthonormal(columns: Matrix) -> Matrix:
    """Orthonormal columns that span the same, by the small Gram matrix in double precision.

    Much cheaper than a QR of so tall a matrix where other work shares the cores.
    """
    exact = columns.astype(np.float64)
    values, turned = np.linalg.eigh(exact.T @ exact)
    scale = np.sqrt(np.maximum(values, values[-1] * 1e-12))
    return np.asarray(exact @ (turned / scale), dtype=np.float32)
