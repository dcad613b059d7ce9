"""Searching the registry within a scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.programs.casebook.columns import Listed
from shenguan.programs.casebook.finding import asked, keeping, words
from shenguan.programs.casebook.finding.asked import Question
from shenguan.programs.casebook.listing import rows_of
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

MOST = 300


@dataclass(frozen=True, slots=True)
class Hit:
    """One case found, and by what."""

    row: Listed
    by: tuple[str, ...]


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
    late = keeping.catch_up(at_most=keeping.AT_ONCE) < 0
    candidates = keeping.index().find(question, scope, limit=limit + 1)
    ids = _shown(scope, _with_exact(question, candidates))
    rows = rows_of(ids[:limit], on, parties=True)
    return Found(
        question,
        tuple(Hit(row, _by(row, question)) for row in rows),
        len(candidates) > limit,
        keeping.waiting() if late else 0,
    )


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


def _by(row: Listed, question: Question) -> tuple[str, ...]:
    """Say by what each word was found, in the order of the columns."""
    if question.key:
        return ("案号",)
    texts = {
        "案号": words.folded(row.case.number_key),
        "当事人": words.folded(row.parties),
        "案由": words.folded(row.case.cause),
        "承办人": words.folded(row.case.undertaker_name),
    }
    found = dict.fromkeys(
        name for word in question.words for name, text in texts.items() if word.text in text
    )
    if any(word.number for word in question.words):
        found.setdefault("案号")
    if any(
        word.latin and not any(word.text in t for t in texts.values()) for word in question.words
    ):
        found.setdefault("拼音")
    return tuple(found)
