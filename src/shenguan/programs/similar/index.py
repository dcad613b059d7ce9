"""The embedded index of judgments: one folder, no server, read through the memory map.

Written by one process at a time. What is committed survives a crash whole, what is not is as if it
had never come: the caller starts again, and the same ids replace what they had been.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import tantivy

from shenguan.core.similar.model import Candidate, Entry, Question
from shenguan.core.similar.space import Space, learn
from shenguan.programs.similar import queries, schema, spacefile

HEAP = 120_000_000
COMMIT_EVERY = 50_000
SAMPLE = 10_000
_DRAWS = 1 << 32
_GROWN = 1.5
_META = "shenguan.json"


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
        entries: Iterable[tuple[Entry, str]],
        *,
        progress: Callable[[int], None] | None = None,
        commit_every: int = COMMIT_EVERY,
    ) -> int:
        """Insert or replace entries (with the words of their reasoning) by id; return how many."""
        writer = self._index.writer(HEAP, 1)
        fresh: set[str] = set()
        count = 0
        try:
            for count, (entry, reasoning) in enumerate(entries, 1):
                self._put(writer, entry, reasoning, fresh)
                if count % commit_every == 0:
                    writer.commit()
                    self._index.reload()
                    self._searcher = self._index.searcher()
                    fresh.clear()
                if progress and count % 1_000 == 0:
                    progress(count)
            writer.commit()
        finally:
            writer.wait_merging_threads()
        self.reload()
        self._relearn()
        return count

    def _put(
        self, writer: tantivy.IndexWriter, entry: Entry, reasoning: str, fresh: set[str]
    ) -> None:
        doc = schema.document(entry, reasoning)
        key = str(doc.get_first("id"))
        if key in fresh or self._searcher.doc_freq("id", key):
            writer.delete_documents_by_term("id", key)
        fresh.add(key)
        writer.add_document(doc)

    def remove(self, ids: Iterable[str]) -> None:
        """Take judgments out of the index."""
        writer = self._index.writer(HEAP, 1)
        for each in ids:
            writer.delete_documents_by_term("id", each)
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
        for _, address in self._searcher.search(some, limit=2 * size, count=False).hits:
            yield self._searcher.doc(address).get_first("words") or ""

    def candidates(
        self,
        question: Question,
        *,
        limit: int,
        among: Sequence[str] | None = None,
        repeat: float = 0.0,
    ) -> list[Candidate]:
        """Judgments that match words or causes, best first, with the score of the words alone."""
        if limit < 1 or not len(self):
            return []
        query = queries.whole(self._schema, question, among=among, repeat=repeat)
        hits = self._searcher.search(query, limit=limit, count=False).hits
        found = [(score, schema.entry_of(self._searcher.doc(at))) for score, at in hits]
        return [Candidate(entry, _words_alone(score, entry, question)) for score, entry in found]

    def get(self, entry_id: str) -> Entry | None:
        """The entry of an id."""
        return next(iter(self._by_name("id", entry_id, 1)), None)

    def numbered(self, number: str) -> list[Entry]:
        """Entries of a case number, as printed canonically."""
        return self._by_name("number", number, 50)

    def _by_name(self, field: str, name: str, limit: int) -> list[Entry]:
        query = queries.names(self._schema, field, [name])
        hits = self._searcher.search(query, limit=limit, count=False).hits
        return [schema.entry_of(self._searcher.doc(at)) for _, at in hits]

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many judgments each word stands."""
        return {word: int(self._searcher.doc_freq("words", word)) for word in words}

    def size_on_disk(self) -> int:
        """Bytes of all files of the index."""
        return sum(f.stat().st_size for f in self.folder.rglob("*") if os.path.isfile(f))


def _words_alone(score: float, entry: Entry, question: Question) -> float:
    matched = len(set(question.causes) & set(entry.causes))
    return max(0.0, score - matched * queries.CAUSE_WEIGHT)
