"""审判领域 of many cases: most follow from type and cause alone, and those recur."""

from __future__ import annotations

from collections.abc import Sequence

from shenguan.core.casefold import CaseState
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.tagging import Tagger

_PLAIN = frozenset({"cause", "cause_not", "case_type", "case_class", "mark", "foreign"})
"""Conditions that read nothing but what the memory is kept by."""

_REMEMBERED = 50_000


class Fields:
    """The fields that stand for a case, as the tagger gives them."""

    def __init__(self, rulebook: Rulebook, tagger: Tagger) -> None:
        rules = [r for r in rulebook.tags.rules.values() if r.dimension == "领域"]
        self._plain = all(group.keys() <= _PLAIN for rule in rules for group in rule.groups)
        self._tagger = tagger
        self._known: dict[tuple[object, ...], list[str]] = {}

    def of(self, court_id: int, state: CaseState) -> Sequence[str]:
        """Return the fields of one case; what a person confirmed or dismissed goes first."""
        if state.tags or not self._plain:
            return self._tagger.marking(court_id, state).fields
        key = (state.case_type, state.cause, state.marks, state.foreign_related)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._tagger.marking(court_id, state).fields
        return found
