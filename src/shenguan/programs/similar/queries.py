"""Questions as queries of the index, built from parts: no text of a user is ever parsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import tantivy

from shenguan.core.similar.model import Filters, Question
from shenguan.programs.similar.schema import LONGEST_NAME, as_number, clean

Query = tantivy.Query
Clause = tuple[tantivy.Occur, tantivy.Query]

MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
CAUSE_WEIGHT = 30.0
MOST_WORDS = 400
_FIRST_DAY, _LAST_DAY = 0, 99_999_999


def names(schema: tantivy.Schema, field: str, values: Sequence[str]) -> tantivy.Query:
    """Documents that carry one of the names in `field`; every one scores 0."""
    wanted = [clean(value)[:LONGEST_NAME] for value in values]
    return Query.const_score_query(Query.term_set_query(schema, field, wanted), 0.0)


def word_clauses(schema: tantivy.Schema, words: Sequence[str], *, repeat: float) -> list[Clause]:
    """One clause a distinct word, weighted 1 + repeat · ln(how often it is asked)."""
    asked = Counter(word for word in words if len(word) < LONGEST_NAME).most_common(MOST_WORDS)
    return [(SHOULD, _word(schema, word, 1 + repeat * log(n))) for word, n in asked]


def _word(schema: tantivy.Schema, word: str, weight: float) -> tantivy.Query:
    query = Query.term_query(schema, "words", clean(word), "freq")
    return query if weight == 1 else Query.boost_query(query, weight)


def cause_clauses(schema: tantivy.Schema, causes: Sequence[str]) -> list[Clause]:
    """One constant score for each asked cause a judgment has."""
    return [
        (SHOULD, Query.const_score_query(Query.term_query(schema, "cause", clean(c)), CAUSE_WEIGHT))
        for c in causes
    ]


def limits(schema: tantivy.Schema, question: Question, among: Sequence[str] | None) -> list[Clause]:
    """What every candidate must fulfil: the filters, the pool, not the case itself."""
    filters = question.filters
    fields = {
        "cause": filters.causes,
        "statute": filters.statutes,
        "court": filters.courts,
        "level": filters.levels,
        "case_class": filters.case_classes,
        "instance": filters.instances,
        "disposition": filters.dispositions,
    }
    clauses = [(MUST, names(schema, field, values)) for field, values in fields.items() if values]
    clauses += _days(schema, filters)
    if among is not None:
        clauses.append((MUST, names(schema, "id", among)))
    if question.without:
        clauses.append((NOT, names(schema, "id", sorted(question.without))))
    return clauses


def _days(schema: tantivy.Schema, filters: Filters) -> list[Clause]:
    if filters.since is None and filters.until is None:
        return []
    first = as_number(filters.since) if filters.since else _FIRST_DAY
    last = as_number(filters.until) if filters.until else _LAST_DAY
    days = Query.range_query(schema, "judged_on", tantivy.FieldType.Unsigned, first, last)
    return [(MUST, Query.const_score_query(days, 0.0))]


def whole(
    schema: tantivy.Schema,
    question: Question,
    *,
    among: Sequence[str] | None = None,
    repeat: float = 0.0,
    with_causes: bool = True,
) -> tantivy.Query:
    """Words or causes of the question within its limits."""
    wanted = word_clauses(schema, question.words, repeat=repeat)
    if with_causes:
        wanted += cause_clauses(schema, question.causes)
    bounds = limits(schema, question, among)
    if not wanted:
        return Query.boolean_query(bounds) if among is not None else Query.empty_query()
    if among is None:
        bounds.append((MUST, Query.boolean_query(wanted)))
        return Query.boolean_query(bounds)
    return Query.boolean_query(bounds + wanted)
