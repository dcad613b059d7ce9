"""审判领域 and tags of a case: what a person said holds, else what a rule suggests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from shenguan.base.org.choices import Choices
from shenguan.core.casefold import TAG_CONFIRMED, TAG_DISMISSED, TAG_SUGGESTED, CaseState
from shenguan.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Marking:
    """Tags with their state, the fields among them that stand, and (dimension, name, state) rows."""

    tags: dict[str, str]
    fields: list[str]
    rows: tuple[tuple[str, str, str], ...]


class Tagger:
    """Suggests by rule, with the thresholds that each court has set for the day of filing."""

    def __init__(self, rulebook: Rulebook, choices: Choices, today: date) -> None:
        self._rules = rulebook.tags
        self._codes = rulebook.codes
        self._choices = choices
        self._today = today

    def marking(self, court_id: int, state: CaseState) -> Marking:
        """Return the marking of one case."""
        suggested = self._rules.suggested(
            state, self._class_of(state), self._threshold(court_id, state)
        )
        if not suggested and not state.tags and not state.fields:
            return _UNMARKED
        stated = dict.fromkeys(state.fields, TAG_CONFIRMED)
        tags = dict.fromkeys(suggested, TAG_SUGGESTED) | stated | dict(state.tags)
        return self._marking(tags, state.fields)

    def _marking(self, tags: dict[str, str], stated: Sequence[str]) -> Marking:
        standing = {n: state for n, state in tags.items() if state != TAG_DISMISSED}
        rows = tuple(
            ("领域" if name in stated else self._rules.dimension(name), name, state)
            for name, state in standing.items()
        )
        fields = [name for dimension, name, _state in rows if dimension == "领域"]
        return Marking(tags, fields, rows)

    def _class_of(self, state: CaseState) -> str:
        case_type = self._codes.case_type(state.case_type)
        return case_type.case_class if case_type else ""

    def _threshold(self, court_id: int, state: CaseState) -> Callable[[str, int], int]:
        on = state.filed_on or self._today

        def value(setting: str, default: int) -> int:
            return int(self._choices.value(court_id, setting, on, default))

        return value


_UNMARKED = Marking({}, [], ())
