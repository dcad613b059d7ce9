"""From a folded case to the history its clock is computed from, and to the clock itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from shenguan.base.org.choices import Choices
from shenguan.core.casefold import live, timeline
from shenguan.core.timelimit import (
    NO_RULE,
    CaseHistory,
    Due,
    Settings,
    TimeLimitError,
    compute,
    vocabulary,
)
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.states import Folded

SETTING_KEYS = ("start_counts", "criminal_month_end", "roll_over", "confirmation_15_days")
"""Court settings (key `审限.` + name) that are readings of the law, see core.timelimit.Settings."""

DELEGATION = "审限.delegation"

_DEFAULTS = Settings()


def history_of(entry: Folded, as_of: date) -> CaseHistory:
    """Return the case as its clock sees it on a day."""
    state = entry.state
    began = state.initial_procedure
    return CaseHistory(
        id=entry.number,
        case_type=state.case_type,
        procedure=vocabulary.PROCEDURES.get(began, began) or None,
        events=timeline(live(entry.events)),
        as_of=as_of,
        against=state.against or None,
        foreign_related=state.foreign_related,
        detained=state.detained,
        marks=frozenset(vocabulary.MARKS.get(mark, mark) for mark in state.marks),
        court_level=entry.court.level,
    )


def due_for(entry: Folded, rulebook: Rulebook, choices: Choices, as_of: date) -> Due:
    """Compute one clock; facts that can't start one give `no_rule` with the reason as its flag."""
    return due_of(history_of(entry, as_of), entry, rulebook, choices)


def due_of(history: CaseHistory, entry: Folded, rulebook: Rulebook, choices: Choices) -> Due:
    """Compute the clock of a case whose history is at hand."""
    as_of = history.as_of
    try:
        settings = _settings(entry.court.pk, choices, entry.state.filed_on or as_of, as_of)
        return compute(history, rulebook.timelimits, rulebook.calendar, settings)
    except TimeLimitError as error:
        return Due(entry.number, None, None, NO_RULE, None, 0, None, (str(error),))


def _settings(court_id: int, choices: Choices, on: date, as_of: date) -> Settings:
    """Return the court's readings of the law as of the filing; its delegations as of each approval."""
    if choices.empty:
        return _DEFAULTS
    chosen = {key: choices.value(court_id, f"审限.{key}", on) for key in SETTING_KEYS}
    given = {key: value for key, value in chosen.items() if value is not None}
    lent = tuple(
        period
        for since, ended, value in choices.over(court_id, DELEGATION, as_of)
        for period in _periods(value, since, ended)
    )
    if lent:
        given["delegation"] = lent
    return replace(_DEFAULTS, **given) if given else _DEFAULTS


def _periods(
    value: list[list[str | None]] | None, since: date, ended: date | None
) -> Iterator[tuple[date, date | None]]:
    """Yield a setting's periods as far as the setting itself was in force."""
    last = ended - timedelta(days=1) if ended else None
    for first, final in value or ():
        begin = max(date.fromisoformat(first or ""), since)
        ends = [day for day in (date.fromisoformat(final) if final else None, last) if day]
        end = min(ends, default=None)
        if end is None or begin <= end:
            yield begin, end
