"""The search index of the registry: one folder beside the database, made from it, thrown away at will.

It holds what people search by (number, parties, cause, judge, pinyin, texts) and who may see each case, so that
a search of one's own cases isn't drowned in others'. What it answers are candidates: the database has the last
word on what the scope shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import tantivy

from shenguan.base.org.scope import Scope
from shenguan.core.casenumber import CaseNumberError, parse
from shenguan.programs.casebook.finding import words
from shenguan.programs.casebook.finding.asked import Number, Question, Word

VERSION = 2
HEAP = 50_000_000
_PLACED = ("party", "cause", "judge", "initials", "spelling", "written", "text")
_UNPLACED = ("characters", "number", "seen")
_WEIGHTS = (("party", 2.0), ("judge", 1.5), ("cause", 1.0), ("written", 1.0), ("text", 0.2))
_Occur = tantivy.Occur


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of one case; `seen` are the ids of court, units and people by c, u, p.

    `texts`: whole texts held of it, judgments and pleadings.
    """

    case_id: int
    key: str
    parties: tuple[str, ...]
    cause: str
    judge: str
    seen: tuple[str, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the index has come: all cases before `position` of the log, those at it up to `case`.

    `texts`: the last row taken in of each kind of text.
    """

    position: int = 0
    case: int = 0
    texts: Mapping[str, int] = field(default_factory=dict)


class SearchIndex:
    """The index in a folder, made where there is none or one of another version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        store = folder / f"v{VERSION}"
        store.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(store), reuse=True)
        blank = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("blank", blank)

    @property
    def reached(self) -> Reached:
        """Return how far the index has come; nowhere where nothing is known."""
        try:
            state = json.loads(self._state.read_text(encoding="utf-8"))
            if state.pop("version") != VERSION:
                return Reached()
            return Reached(int(state["position"]), int(state["case"]), dict(state["texts"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Reached()

    @property
    def _state(self) -> Path:
        return self.folder / "position.json"

    def put(
        self, entries: Iterable[Entry], gone: Sequence[int], *, reached: Reached, anew: bool
    ) -> None:
        """Keep entries in place of older ones and forget others, all or nothing.

        `anew` forgets everything else. Raises `ValueError` while another process writes.
        """
        writer = self._index.writer(HEAP, 1)
        if anew:
            writer.delete_all_documents()
        for case_id in gone:
            writer.delete_documents_by_term("id", str(case_id))
        for entry in entries:
            if not anew:
                writer.delete_documents_by_term("id", str(entry.case_id))
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self.reach(reached)

    def reach(self, reached: Reached) -> None:
        """Note how far the index has come."""
        state = json.dumps({"version": VERSION} | asdict(reached))
        aside = self._state.with_suffix(".new")
        aside.write_text(state, encoding="utf-8")
        aside.replace(self._state)

    def find(self, question: Question, scope: Scope, *, limit: int) -> list[int]:
        """Return the ids of candidates, best first; a question of nothing finds nothing."""
        if question.empty:
            return []
        self._index.reload()
        searcher = self._index.searcher()
        asked = [*self._conditions(question), *self._within(scope)]
        query = tantivy.Query.boolean_query([(_Occur.Must, one) for one in asked])
        hits = searcher.search(query, limit=limit, count=False).hits
        return [int(searcher.doc(address)["id"][0]) for _score, address in hits]

    def _conditions(self, question: Question) -> Iterator[tantivy.Query]:
        if question.key:
            yield self._term("key", question.key)
        for word in question.words:
            yield tantivy.Query.boolean_query([(_Occur.Should, one) for one in self._word(word)])

    def _word(self, word: Word) -> Iterator[tantivy.Query]:
        """Yield every way in which a word can be meant."""
        if word.number is not None:
            yield tantivy.Query.boost_query(self._number(word.number), 3.0)
        if len(word.text) == 1:
            yield self._term("characters", word.text)
            return
        for name, weight in _WEIGHTS:
            yield tantivy.Query.boost_query(self._phrase(name, word.text), weight)
        if word.latin:
            yield tantivy.Query.boost_query(self._phrase("initials", word.text), 1.2)
            yield self._phrase("spelling", word.text)
        if words.is_han(word.text) and len(word.text) <= 6:
            yield self._term("number", f"t{word.text}")

    def _number(self, number: Number) -> tantivy.Query:
        pieces = (("y", number.year), ("c", number.court), ("t", number.type_code))
        parts = [self._term("number", mark + piece) for mark, piece in pieces if piece]
        if number.serial:
            parts.append(self._serial(number.serial))
        query = tantivy.Query.boolean_query([(_Occur.Must, part) for part in parts])
        if number.year and not (number.court or number.type_code or number.serial):
            alone = [(_Occur.Should, query), (_Occur.Should, self._serial(number.year))]
            return tantivy.Query.boolean_query(alone)
        return query

    def _serial(self, serial: str) -> tantivy.Query:
        """Find the serial itself first, then those that begin with it."""
        exact = tantivy.Query.boost_query(self._term("number", f"={serial}"), 4.0)
        either = [(_Occur.Should, exact), (_Occur.Should, self._term("number", f"s{serial}"))]
        return tantivy.Query.boolean_query(either)

    def _within(self, scope: Scope) -> Iterator[tantivy.Query]:
        if scope.court_ids is None:
            return
        courts = {*scope.court_ids, *(grant.court_id for grant in scope.grants)}
        marks = [f"c{pk}" for pk in sorted(courts)]
        marks += [f"u{pk}" for pk in sorted(scope.unit_ids)]
        marks += [f"p{pk}" for pk in sorted(scope.person_ids)]
        either = [(_Occur.Should, self._term("seen", mark)) for mark in marks]
        anyone = tantivy.Query.boolean_query(either) if either else tantivy.Query.empty_query()
        yield tantivy.Query.const_score_query(anyone, 0.0)

    def _term(self, field: str, text: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, text)

    def _phrase(self, field: str, text: str) -> tantivy.Query:
        pairs: list[str | tuple[int, str]] = list(words.pairs(text))
        if len(pairs) == 1:
            return self._term(field, str(pairs[0]))
        return tantivy.Query.phrase_query(self._schema, field, pairs)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    for name in _PLACED:
        builder.add_text_field(name, tokenizer_name="blank", index_option="position")
    for name in _UNPLACED:
        builder.add_text_field(name, tokenizer_name="blank", index_option="basic")
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    named = (*entry.parties, entry.judge)
    texts = {
        "id": str(entry.case_id),
        "key": entry.key,
        "party": words.kept(entry.parties),
        "cause": words.kept([entry.cause]),
        "judge": words.kept([entry.judge]),
        "initials": words.initials(named),
        "spelling": words.spelling(named),
        "written": words.kept([entry.key]),
        "text": words.kept(entry.texts, longest=words.LONGEST_TEXT),
        "characters": words.characters((*named, entry.cause)),
        "number": " ".join(_number_marks(entry.key)),
        "seen": " ".join(entry.seen),
    }
    return tantivy.Document(**{name: [text] for name, text in texts.items() if text})


def _number_marks(key: str) -> Iterator[str]:
    """Yield the pieces of a number: year, court, type, the serial and its beginnings."""
    try:
        number = parse(key)
    except CaseNumberError:
        return
    yield f"y{number.year}"
    if number.court_code:
        yield f"c{number.court_code}"
    yield f"t{number.type_code}"
    serial = str(number.serial)
    yield f"={serial}"
    yield from (f"s{serial[:end]}" for end in range(1, len(serial) + 1))
