"""Searching the registry within a scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.programs.casebook.columns import Listed
from shenguan.programs.casebook.finding import asked, keeping, texts, words
from shenguan.programs.casebook.finding.asked import Question, Word
from shenguan.programs.casebook.listing import rows_of
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

MOST = 300
QUOTED = 50
"""Of how many hits the place in the text is shown."""
_AROUND = 28


@dataclass(frozen=True, slots=True)
class Quote:
    """The place in a text where a word stands."""

    source: str
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One case found, by what, and where in its texts."""

    row: Listed
    by: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `cut`: there are more than shown; `waiting`: cases not indexed yet."""

    question: Question
    hits: tuple[Hit, ...] = ()
    cut: bool = False
    waiting: int = 0


def search(scope: Scope, text: str, on: date, *, limit: int = MOST) -> Found:
    """Return the cases that hold every word of the text, best first, as far as the scope shows."""
    question = asked.read(text)
    if question.empty:
        return Found(question)
    late = keeping.for_a_search()
    candidates = keeping.index().find(question, scope, limit=limit + 1)
    ids = _shown(scope, _with_exact(question, candidates))
    rows = rows_of(ids[:limit], on, parties=True)
    return Found(question, tuple(_hits(rows, question)), len(candidates) > limit, late)


def _hits(rows: Sequence[Listed], question: Question) -> Iterator[Hit]:
    """Say of each row by what it was found; where its columns don't tell, its texts are looked into."""
    columns = {row.case.pk: _columns(row) for row in rows}
    rest = {pk: unseen for pk, each in columns.items() if (unseen := _unseen(each, question))}
    held = texts.of_cases(list(rest)[:QUOTED])
    for row in rows:
        unseen = rest.get(row.case.pk, [])
        quotes = tuple(_quotes(held.get(row.case.pk, ()), unseen))
        by = [*_by(columns[row.case.pk], question), *(quote.source for quote in quotes)]
        if any(word.latin for word in unseen) and not quotes:
            by.append("拼音")
        yield Hit(row, tuple(dict.fromkeys(by)), quotes)


def _quotes(held: Iterable[tuple[str, str]], wanted: Iterable[Word]) -> Iterator[Quote]:
    """Yield the first place of each word."""
    level = [(name, text, words.narrow(text)) for name, text in held]
    for word in wanted:
        sought = words.pattern(word.text)
        places = ((name, text, sought.search(narrow)) for name, text, narrow in level)
        for name, text, place in places:
            if place:
                start, end = place.span()
                before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
                yield Quote(name, before, text[start:end], after)
                break


def _with_exact(question: Question, candidates: Sequence[int]) -> list[int]:
    """Put the case of a whole number first, even where the index doesn't know it yet."""
    if not question.key:
        return list(candidates)
    known = Case.objects.filter(number_key=question.key).order_by("court_id", "pk")
    return list(dict.fromkeys([*known.values_list("pk", flat=True), *candidates]))


def _shown(scope: Scope, ids: Sequence[int]) -> list[int]:
    """Keep those that the scope shows today, in their order: the database has the last word."""
    shown = set(visible_cases(scope).filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in shown]


def _by(columns: Mapping[str, str], question: Question) -> tuple[str, ...]:
    """Say by what each word was found, in the order of the columns."""
    if question.key:
        return ("案号",)
    found = dict.fromkeys(
        name for word in question.words for name, text in columns.items() if word.text in text
    )
    if any(word.number for word in question.words):
        found.setdefault("案号")
    return tuple(found)


def _unseen(columns: Mapping[str, str], question: Question) -> list[Word]:
    """Return the words, pieces of a number apart, that no column of the row shows."""
    plain = [word for word in question.words if len(word.text) > 1 and not word.number]
    return [word for word in plain if not any(word.text in text for text in columns.values())]


def _columns(row: Listed) -> dict[str, str]:
    return {
        "案号": words.folded(row.case.number_key),
        "当事人": words.folded(row.parties),
        "案由": words.folded(row.case.cause),
        "承办人": words.folded(row.case.undertaker_name),
    }
