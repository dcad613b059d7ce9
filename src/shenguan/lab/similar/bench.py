"""`shenguan bench similar`: index speed, memory and query time over synthetic judgments.

Against: SQLite's full-text index over the same words, the other way a court would get without a
server; on a small part, because its ranked queries grow with the collection.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from shenguan import rulebook
from shenguan.core.similar.model import Entry, Question
from shenguan.core.similar.words import content_line
from shenguan.lab.measure import Pair, cpu_seconds, line
from shenguan.lab.similar import corpus
from shenguan.programs.similar.index import Incoming, JudgmentIndex
from shenguan.programs.similar.ranker import FusedRanker
from shenguan.rulebook.loaders import similar as loader

DEFAULT = 20_000
QUERIES = 100
_AGAINST = 5_000
_TEXT_CHARACTERS = 12_000_000


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield index CPU-seconds, disk, memory, query times and text speed at `n` judgments."""
    size = n or DEFAULT
    of = corpus.statistics()
    from_text = _from_text(of)  # before the memory of this process is full of the rest
    with tempfile.TemporaryDirectory(prefix="shenguan-bench-") as folder:
        built = _built(Path(folder), of, size)
        yield line("类案:建索引", Pair(built["cpu"], None), n=size)
        yield line("类案:建索引峰值内存", Pair(built["memory"], None), n=size, unit="MB")
        index = JudgmentIndex(Path(folder) / "index")
        yield line("类案:索引占盘", Pair(index.size_on_disk() / 1e6, None), n=size, unit="MB")
        for part, value in zip(("p50", "p95"), _times(_asker(index), of), strict=True):
            yield line(f"类案:检索{part}", Pair(value, None), n=size, unit="ms/CPU")
    yield _beside_sqlite(of, min(size, _AGAINST))
    yield from_text


def _built(folder: Path, of: corpus.Statistics, size: int) -> dict[str, float]:
    """Build in a process of its own, so that its peak memory is that of indexing."""
    corpus.save(of, folder / "statistics.npz")
    program = f"from shenguan.lab.similar import bench; bench.build({str(folder)!r}, {size})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def build(folder: str, size: int) -> None:
    """Index `size` synthetic judgments; print CPU-seconds (generation taken off) and peak MB."""
    of = corpus.load(Path(folder) / "statistics.npz")
    index = JudgmentIndex(Path(folder) / "index")
    generated = _Stopwatch()
    before = cpu_seconds()
    index.add(Incoming(entry) for entry in generated.over(corpus.entries(of, size)))
    spent = cpu_seconds() - before - generated.spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"cpu": spent, "memory": peak}))


class _Stopwatch:
    """Counts this thread's CPU time inside a generator, so that making data isn't counted."""

    def __init__(self) -> None:
        self.spent = 0.0

    def over(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Pass the entries on."""
        while True:
            before = time.thread_time()
            entry = next(entries, None)
            self.spent += time.thread_time() - before
            if entry is None:
                return
            yield entry


def _asker(index: JudgmentIndex) -> Callable[[tuple[str, ...], str], object]:
    rules = loader.load(rulebook.DATA)
    ranker = FusedRanker(index, rules.weights, rules.elements)
    return lambda words, cause: ranker.rank(Question(words, " ".join(words), (cause,)), limit=20)


def _times(ask: Callable[[tuple[str, ...], str], object], of: corpus.Statistics) -> list[float]:
    """Median and 95th percentile of one question's CPU-milliseconds, after warming up."""
    asked = corpus.questions(of, QUERIES)
    for words, cause in asked[:10]:
        ask(words, cause)
    spent = []
    for words, cause in asked:
        before = time.process_time()
        ask(words, cause)
        spent.append((time.process_time() - before) * 1_000)
    spent.sort()
    return [spent[len(spent) // 2], spent[int(len(spent) * 0.95)]]


def _beside_sqlite(of: corpus.Statistics, size: int) -> dict[str, Any]:
    """Median CPU-milliseconds of a ranked question, ours and SQLite FTS5, over the same words."""
    entries = list(corpus.entries(of, size))
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table t using fts5(words, content='', tokenize=\"unicode61\")")
    base.executemany("insert into t(words) values (?)", ((entry.words,) for entry in entries))

    def ask(words: tuple[str, ...], _cause: str) -> object:
        wanted = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        found = "select rowid from t where t match ? order by bm25(t) limit 20"
        return base.execute(found, (wanted,)).fetchall()

    with tempfile.TemporaryDirectory(prefix="shenguan-bench-") as folder:
        index = JudgmentIndex(Path(folder))
        index.add(Incoming(entry) for entry in entries)
        ours = _times(_asker(index), of)[0]
    return line("类案:检索(对SQLite全文)", Pair(ours, _times(ask, of)[0]), n=size, unit="ms/CPU")


def _from_text(of: corpus.Statistics) -> dict[str, Any]:
    """Characters a CPU-second from running text to the committed index, the space learned before.

    Learning costs the same few seconds whatever the size of the index; it is part of 建索引 above.
    """
    texts = corpus.texts(of, _TEXT_CHARACTERS)
    stop = loader.load(rulebook.DATA).stop
    content_line("先读词典", stop)
    entries = (
        Incoming(Entry(f"T{n}", content_line(text, stop), facts=text))
        for n, text in enumerate(texts)
    )
    with tempfile.TemporaryDirectory(prefix="shenguan-bench-") as folder:
        index = JudgmentIndex(Path(folder))
        before = cpu_seconds()
        index.add(entries, relearn=False)
        spent = cpu_seconds() - before
    rate = sum(map(len, texts)) / spent / 1e6
    return line("类案:由文字建索引", Pair(rate, None), n=len(texts), unit="百万字/CPU-s")
