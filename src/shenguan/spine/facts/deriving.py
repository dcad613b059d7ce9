"""From case ids to fact rows, by the rulebook and the organisation as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from shenguan.base.org.choices import Choices
from shenguan.core.casefold import fold, live
from shenguan.core.caselog import LoggedEvent
from shenguan.core.facts import CaseInput, FactContext, Row, facts_of_disputes
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.identities import Identity
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.states import Folded
from shenguan.spine.cases.tagging import Tagger
from shenguan.spine.facts.basis import LEADERS
from shenguan.spine.facts.fields import Fields
from shenguan.spine.facts.links import Before
from shenguan.spine.facts.organisation import Registry
from shenguan.spine.facts.source import LogReader
from shenguan.spine.timelimits.histories import due_for
from shenguan.spine.timelimits.services import governing

HORIZON = date(2500, 1, 1)
"""Clocks are asked as of a far day: what is on record counts, and no row changes by waiting."""


class Deriver:
    """Makes fact rows of whole disputes; `on` is the day whose court settings hold."""

    def __init__(self, rulebook: Rulebook, *, on: date, known_at: datetime | None = None) -> None:
        words = rulebook.fact_words
        self._rulebook, self._on = rulebook, on
        self._choices = Choices()
        self._registry = Registry(rulebook.codes, words.lists[LEADERS])
        self._fields = Fields(rulebook, Tagger(rulebook, self._choices, on))
        self._reader = LogReader(known_at)
        self._context = FactContext(
            words,
            rulebook.codes.case_types,
            rulebook.causes,
            rulebook.calendar,
            self._registry,
        )

    def rows(self, case_ids: Sequence[int], before: Before) -> dict[str, list[Row]]:
        """Return the rows of every table for these cases, which must make up whole disputes.

        `before` gives, by case, the one before it by number and the withdrawn one it brings again.
        """
        courts = dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "court_id"))
        cases = [
            self._input(case_id, courts[case_id], events)
            for case_id, events in self._reader.read(case_ids)
        ]
        return facts_of_disputes(cases, before, self._context)

    def _input(self, case_id: int, court_id: int, logged: Sequence[LoggedEvent]) -> CaseInput:
        events = tuple(live(logged))
        state = fold(events)
        entry = Folded(
            case_id, self._registry.courts[court_id], _NAMELESS, events, state, state.last_position
        )
        due = due_for(entry, self._rulebook, self._choices, HORIZON)
        chosen = governing(entry, due, self._choices, self._on)
        fields = self._fields.of(court_id, state)
        return CaseInput(case_id, court_id, events, state, due, chosen.due, fields)


_NAMELESS = Identity(0, "", "")
"""The number of a case is no fact; its clock doesn't read it."""

Rows = Mapping[str, Sequence[Row]]
