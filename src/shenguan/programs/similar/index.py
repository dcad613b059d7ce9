"""The embedded index of judgments: one folder, no server, read through the memory map.

Written by one process at a time. What is committed survives a crash whole, what is not is as if it
had never come: the caller starts again, and the same ids replace what they had been.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy

from shenguan.core.similar.model import Candidate, Entry, Filters, Question
from shenguan.core.similar.space import Space, learn
from shenguan.programs.similar import queries, schema, spacefile
from shenguan.programs.similar.records import Records, pack

HEAP = 60_000_000
COMMIT_EVERY = 100_000
BURST = 500
SAMPLE = 10_000
COMMON, SMALL = 0.3, 1_000  # a word in more judgments than this tells nothing and costs most
_DRAWS = 1 << 32
_GROWN = 1.5
_META = "shenguan.json"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An entry with the words of its reasoning and ruling, blank-separated."""

    entry: Entry
    reasoning: str = ""
    ruling: str = ""


class BrokenIndexError(Exception):
    """Why an index cannot be opened or written (Chinese)."""


class JudgmentIndex:
    """Open or create the index in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = schema.build()
        store = folder / "documents"
        self._check_version()
        store.mkdir(exist_ok=True)
        try:
            self._index = tantivy.Index(self._schema, path=str(store), reuse=True)
        except ValueError as error:
            raise BrokenIndexError(
                f"索引目录 {store}：无法打开（{error}），请删除后重新建索引"
            ) from error
        whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("whitespace", whitespace)
        self._records = Records(folder / "records.bin")
        self._space: Space | None = None
        self.reload()

    def _check_version(self) -> None:
        meta = self.folder / _META
        if meta.exists():
            found = json.loads(meta.read_text(encoding="utf-8")).get("version")
            if found != schema.VERSION:
                raise BrokenIndexError(
                    f"索引目录 {self.folder}：索引版本 {found} 与本版不符，请删除后重建"
                )
        else:
            meta.write_text(json.dumps({"version": schema.VERSION}), encoding="utf-8")

    def reload(self) -> None:
        """See what others committed since."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self._space = spacefile.read(self.folder)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    @property
    def space(self) -> Space | None:
        """The latent space learned from these judgments, None before there are enough."""
        return self._space

    def add(
        self,
        incoming: Iterable[Incoming],
        *,
        progress: Callable[[int], None] | None = None,
        commit_every: int = COMMIT_EVERY,
        relearn: bool = True,
    ) -> int:
        """Insert or replace judgments by id; return how many. Raises ValueError while another writes.

        `relearn`: learn the latent space anew where the index has grown much.
        """
        writer = self._index.writer(HEAP, 1)
        self._records.begin()
        fresh: set[int] = set()
        count = 0
        for count, each in enumerate(_in_bursts(incoming, min(BURST, commit_every)), 1):
            self._put(writer, each, fresh)
            if count % commit_every == 0:
                self._commit(writer)
                fresh.clear()
            if progress and count % 1_000 == 0:
                progress(count)
        self._commit(writer)
        writer.wait_merging_threads()
        del writer
        self.reload()
        if relearn:
            self._relearn()
        return count

    def _put(self, writer: tantivy.IndexWriter, each: Incoming, fresh: set[int]) -> None:
        key = schema.name(each.entry.id)
        if hash(key) in fresh or self._searcher.doc_freq("id", key):
            writer.delete_documents_by_term("id", key)
        fresh.add(hash(key))
        place = self._records.append(pack(each.entry))
        writer.add_document(
            schema.document(each.entry, place, reasoning=each.reasoning, ruling=each.ruling)
        )

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        """Records first: a committed document always finds its record."""
        self._records.sync()
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def remove(self, ids: Iterable[str]) -> None:
        """Take judgments out of the index."""
        writer = self._index.writer(HEAP, 1)
        for each in ids:
            writer.delete_documents_by_term("id", schema.name(each))
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def _relearn(self) -> None:
        """Learn the space anew once the index has grown by half since the last time."""
        known = spacefile.learned_from(self.folder)
        if len(self) < max(known * _GROWN, known + 1):
            return
        space = learn(list(self.sample(SAMPLE)))
        if space is not None:
            spacefile.write(self.folder, space, len(self))
            self._space = space

    def sample(self, size: int) -> Iterator[str]:
        """Words of about `size` judgments, spread evenly, always the same ones."""
        below = min(_DRAWS, _DRAWS * size // max(1, len(self)))
        some = tantivy.Query.range_query(
            self._schema, "draw", tantivy.FieldType.Unsigned, 0, below, include_upper=False
        )
        for entry in self._entries(some, 2 * size):
            yield entry[1].words

    def _entries(self, query: tantivy.Query, limit: int) -> Iterator[tuple[float, Entry]]:
        """Scores and entries, best first, read one after the other."""
        hits = self._searcher.search(query, limit=limit, count=False).hits
        places = self._searcher.fast_field_values("place", [at for _, at in hits])
        for (score, _), place in zip(hits, places, strict=True):
            yield score, self._records.read([int(place or 0)])[0]

    def candidates(
        self,
        question: Question,
        *,
        limit: int,
        among: Sequence[str] | None = None,
        repeat: float = 0.0,
        common: float = COMMON,
    ) -> list[Candidate]:
        """Judgments that match words or causes, or all of `among`, with the score of the words alone.

        A word that stands in more than the share `common` of all judgments isn't asked.
        """
        if limit < 1 or not len(self):
            return []
        asked = self._telling(question.words, common)
        wanted = queries.words(self._schema, asked, repeat=repeat)
        if among is None:
            union = wanted + queries.causes(self._schema, question.causes)
            bounds = queries.limits(self._schema, question.filters, question.without)
            found = self._searcher.search(queries.within(union, bounds), limit=limit, count=False)
            return self._rescored(found.hits, wanted)
        ids = [each for each in among if each not in question.without]
        query = queries.scored(self._schema, ids, wanted)
        return [Candidate(entry, score) for score, entry in self._entries(query, len(ids) or 1)]

    def _rescored(
        self, hits: Sequence[tuple[float, Any]], wanted: Sequence[queries.Clause]
    ) -> list[Candidate]:
        """The hits in their order with the score of `wanted` alone."""
        places = self._searcher.fast_field_values("place", [at for _, at in hits])
        entries = self._records.read(int(place or 0) for place in places)
        if not entries:
            return []
        query = queries.scored(self._schema, [each.id for each in entries], wanted)
        again = self._searcher.search(query, limit=len(entries), count=False).hits
        by_place = self._searcher.fast_field_values("place", [at for _, at in again])
        scores = {place: score for (score, _), place in zip(again, by_place, strict=True)}
        return [Candidate(e, scores.get(p, 0.0)) for e, p in zip(entries, places, strict=True)]

    def _telling(self, words: Sequence[str], common: float) -> list[str]:
        """The asked words that stand in some judgments but not in most."""
        most = max(SMALL, common * len(self))
        telling = {w for w, n in self.frequencies(set(words)).items() if 0 < n <= most}
        return [word for word in words if word in telling]

    def get(self, entry_id: str) -> Entry | None:
        """The entry of an id."""
        return next(iter(self._named("id", entry_id, 1)), None)

    def numbered(self, number: str) -> list[Entry]:
        """Entries of a case number, as printed canonically."""
        return self._named("number", number, 50)

    def citing(self, key: str) -> list[Entry]:
        """Entries that review the decision of this key."""
        return self._named("cite", key, 50)

    def drawn(self, number: int) -> list[Entry]:
        """Entries of this draw number: one, but for a chance of one in four thousand millions."""
        exact = tantivy.Query.range_query(
            self._schema, "draw", tantivy.FieldType.Unsigned, number, number
        )
        return [entry for _, entry in self._entries(exact, 5)]

    def matching(self, filters: Filters, limit: int) -> tuple[int, list[Entry]]:
        """How many judgments meet the filters, and up to `limit` of them, the latest first."""
        bounds = queries.limits(self._schema, filters, ())
        if not bounds or not len(self):
            return 0, []
        query = tantivy.Query.boolean_query(bounds)
        counted: Any = self._searcher.search(query, limit=1, count=True)
        total = int(counted.count or 0)
        entries = [entry for _, entry in self._entries(query, max(1, min(limit, total)))]
        return total, sorted(entries, key=lambda e: (e.judged_on or date.min, e.id), reverse=True)

    def _named(self, field: str, name: str, limit: int) -> list[Entry]:
        query = queries.named(self._schema, field, [name])
        return [entry for _, entry in self._entries(query, limit)]

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many judgments each word stands."""
        return {word: int(self._searcher.doc_freq("words", schema.name(word))) for word in words}

    def size_on_disk(self) -> int:
        """Bytes of all files of the index."""
        return sum(each.stat().st_size for each in self.folder.rglob("*") if each.is_file())


def _in_bursts(incoming: Iterable[Incoming], size: int) -> Iterator[Incoming]:
    """Make many before the first is written.

    Cutting and writing by turns push each other out of the processor's cache.
    """
    made = iter(incoming)
    while burst := list(islice(made, size)):
        yield from burst
