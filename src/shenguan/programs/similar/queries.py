"""Questions as queries of the index, built from parts: no text of a user is ever parsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import tantivy

from shenguan.core.similar.model import Filters
from shenguan.programs.similar import schema as fields
from shenguan.programs.similar.schema import as_number

Query = tantivy.Query
Clause = tuple[tantivy.Occur, tantivy.Query]

MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
CAUSE_WEIGHT = 8.0  # times the rarity of the cause, about 30 for a usual charge
MOST_WORDS = 400
_FIRST_DAY, _LAST_DAY = 0, 99_999_999


def named(schema: tantivy.Schema, field: str, values: Iterable[str]) -> tantivy.Query:
    """Documents that carry one of the names in `field`; every one scores 0."""
    wanted = [fields.name(value) for value in values]
    return Query.const_score_query(Query.term_set_query(schema, field, wanted), 0.0)


def words(schema: tantivy.Schema, asked: Sequence[str], *, repeat: float) -> list[Clause]:
    """One clause a distinct word, weighted 1 + repeat · ln(how often it is asked).

    Clauses of terms alone, in one union, let the index skip what cannot reach the top.
    """
    counts = Counter(asked).most_common(MOST_WORDS)
    return [(SHOULD, _word(schema, each, 1 + repeat * log(n))) for each, n in counts]


def _word(schema: tantivy.Schema, word: str, weight: float) -> tantivy.Query:
    query = Query.term_query(schema, "words", fields.name(word), "freq")
    return query if weight == 1 else Query.boost_query(query, weight)


def causes(schema: tantivy.Schema, asked: Iterable[str]) -> list[Clause]:
    """A strong clause for each asked cause."""
    terms = (Query.term_query(schema, "cause", fields.name(each), "basic") for each in asked)
    return [(SHOULD, Query.boost_query(term, CAUSE_WEIGHT)) for term in terms]


def limits(schema: tantivy.Schema, filters: Filters, without: Iterable[str]) -> list[Clause]:
    """What every candidate must fulfil; `without`: ids that may not be found."""
    by_field = {
        "cause": filters.causes,
        "statute": filters.statutes,
        "court": filters.courts,
        "level": filters.levels,
        "case_class": filters.case_classes,
        "instance": filters.instances,
        "disposition": filters.dispositions,
    }
    clauses = [(MUST, named(schema, field, names)) for field, names in by_field.items() if names]
    clauses += [(MUST, _standing(schema, word)) for word in filters.keywords]
    clauses += _days(schema, filters)
    left_out = sorted(without)
    return [*clauses, (NOT, named(schema, "id", left_out))] if left_out else clauses


def _standing(schema: tantivy.Schema, keyword: str) -> tantivy.Query:
    """Documents in whose facts, reasoning or ruling a keyword stands, as a word or within one.

    It is Chinese characters alone, so that as a pattern it means nothing but itself.
    """
    fields = ("words", "reasoning", "ruling")
    either = [(SHOULD, Query.regex_query(schema, each, f".*{keyword}.*")) for each in fields]
    return Query.const_score_query(Query.boolean_query(either), 0.0)


def _days(schema: tantivy.Schema, filters: Filters) -> list[Clause]:
    if filters.since is None and filters.until is None:
        return []
    first = as_number(filters.since) if filters.since else _FIRST_DAY
    last = as_number(filters.until) if filters.until else _LAST_DAY
    days = Query.range_query(schema, "judged_on", tantivy.FieldType.Unsigned, first, last)
    return [(MUST, Query.const_score_query(days, 0.0))]


def within(wanted: Sequence[Clause], bounds: Sequence[Clause]) -> tantivy.Query:
    """What matches one of `wanted`, within the bounds."""
    union = Query.boolean_query(list(wanted)) if wanted else Query.empty_query()
    return Query.boolean_query([(MUST, union), *bounds]) if bounds else union


def scored(schema: tantivy.Schema, ids: Sequence[str], wanted: Sequence[Clause]) -> tantivy.Query:
    """Every document of `ids`, scored by `wanted`, 0 where nothing matches."""
    return Query.boolean_query([(MUST, named(schema, "id", ids)), *wanted])
