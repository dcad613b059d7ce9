"""Synthetic pre-segmented documents: words drawn from the statistics of real facts, or made up.

Only frequencies are taken from the shared judgments, at run time; nothing of them is kept. Without
the shared folder, words of invented letters follow the same kind of law (Zipf–Mandelbrot).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shenguan.core.similar.model import Entry
from shenguan.core.similar.words import content_words
from shenguan.programs.similar.reading import rows

LENGTH = 490
TOPICS = 60
_READ = 1_500  # judgments the statistics are taken from
_VOCABULARY = 60_000
_TOPIC_SHARE = 0.4


@dataclass(frozen=True, eq=False)
class Statistics:
    """Words with cumulated probabilities: of all facts, and of each of some topics."""

    words: NDArray[np.object_]
    overall: NDArray[np.float64]
    topics: tuple[NDArray[np.float64], ...]


def shared_folder() -> Path | None:
    """The folder of shared judgments: `SHENGUAN_SHARED`, or `shared` beside the checkout."""
    beside = Path(__file__).resolve().parents[5] / "shared"
    folder = Path(os.environ.get("SHENGUAN_SHARED") or beside) / "data" / "similar"
    return folder if folder.is_dir() else None


def statistics(seed: int = 0) -> Statistics:
    """Word statistics of the shared facts where they are at hand, else invented ones."""
    folder = shared_folder()
    return _invented(seed) if folder is None else _counted(folder / "lecard_documents.jsonl.xz")


def _counted(path: Path) -> Statistics:
    total: Counter[str] = Counter()
    topics: list[Counter[str]] = [Counter() for _ in range(TOPICS)]
    for n, (_, row) in enumerate(islice(rows(path), _READ)):
        words = content_words(str(row["facts"]) if row else "")
        total.update(words)
        topics[n % TOPICS].update(words)
    words = [word for word, _ in total.most_common(_VOCABULARY)]
    return Statistics(
        np.array(words, dtype=object),
        _cumulated([total[word] for word in words]),
        tuple(_cumulated([topic[word] for word in words]) for topic in topics),
    )


def _invented(seed: int) -> Statistics:
    random = np.random.default_rng(seed)
    letters = random.integers(0x4E00, 0x9FA5, size=(_VOCABULARY, 2))
    words = list(dict.fromkeys("".join(map(chr, pair)) for pair in letters))
    weights = 1 / (np.arange(len(words)) + 2.7)
    topics = tuple(_cumulated(random.permutation(weights)) for _ in range(TOPICS))
    return Statistics(np.array(words, dtype=object), _cumulated(weights), topics)


def _cumulated(weights: NDArray[np.float64] | list[int]) -> NDArray[np.float64]:
    sums = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.asarray(sums / sums[-1], dtype=np.float64)


def save(of: Statistics, path: Path) -> None:
    """Hand statistics to another process."""
    words = np.frombuffer("\n".join(of.words).encode(), dtype=np.uint8)
    np.savez(path, words=words, overall=of.overall, topics=np.stack(of.topics))


def load(path: Path) -> Statistics:
    """Statistics as saved."""
    with np.load(path) as held:
        words = held["words"].tobytes().decode().split("\n")
        return Statistics(np.array(words, dtype=object), held["overall"], tuple(held["topics"]))


def texts(of: Statistics, characters: int) -> list[str]:
    """Running texts of so many characters: real facts where at hand, else synthetic words."""
    folder = shared_folder()
    path = folder / "lecard_documents.jsonl.xz" if folder else None
    found = (str(row["facts"]) for _, row in rows(path) if row) if path else _running(of)
    kept: list[str] = []
    size = 0
    while size < characters and (text := next(found, "")):
        kept.append(text)
        size += len(text)
    return kept


def _running(of: Statistics) -> Iterator[str]:
    for entry in entries(of, 1_000_000):
        yield "，".join(entry.words.split())


def entries(of: Statistics, size: int, *, seed: int = 1) -> Iterator[Entry]:
    """`size` documents of about `LENGTH` words, two fifths of them of one topic."""
    random = np.random.default_rng(seed)
    for n in range(size):
        topic = int(random.integers(TOPICS))
        yield Entry(
            id=f"D{n}",
            words=" ".join(_words(of, topic, random)),
            number=f"（{2015 + n % 10}）示0102刑初{n}号",
            court="示范市示范区人民法院",
            level="基层",
            case_class="刑事",
            instance="一审",
            causes=(f"示范罪名{topic}",),
            statutes=(f"刑法:{topic}",),
            judged_on=date(2015 + n % 10, 1 + n % 12, 1 + n % 28),
        )


def _words(of: Statistics, topic: int, random: np.random.Generator) -> list[str]:
    length = max(40, int(random.normal(LENGTH, LENGTH / 4)))
    near = int(length * _TOPIC_SHARE)
    drawn = np.concatenate(
        [
            np.searchsorted(of.topics[topic], random.random(near)),
            np.searchsorted(of.overall, random.random(length - near)),
        ]
    )
    return list(of.words[np.minimum(drawn, len(of.words) - 1)])


def questions(of: Statistics, size: int, *, seed: int = 2) -> list[tuple[tuple[str, ...], str]]:
    """`size` questions of about 120 words each, with the cause of their topic."""
    random = np.random.default_rng(seed)
    asked = []
    for _ in range(size):
        topic = int(random.integers(TOPICS))
        asked.append((tuple(_words(of, topic, random)[:: LENGTH // 120]), f"示范罪名{topic}"))
    return asked
