"""Scope: who may see what, applied once, in the query.

Every selector takes a `Scope` as its first argument. A scope is a value: it is made once per request or
command from the person's posts, and each app turns it into a filter on its own tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Grant:
    """Cases of another court that jurisdiction gives: `matter` of `court_id` filed in `[from, to)`."""

    court_id: int
    matter: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What one actor may see: the union of whole courts, units, own cases and grants.

    `court_ids`, `unit_ids`, `person_ids` are database ids; `court_ids=None` is the whole installation.
    `figure_court_ids` are courts of which only figures are shown, never cases.
    `clearance` is the highest confidentiality shown: 0 ordinary, 1 sensitive.
    `inner_court_ids`, `inner_unit_ids` are where the inner record (副卷) is shown, besides the cases on
    whose bench `self_id`, the person behind the scope, sits.
    """

    actor: str
    court_ids: frozenset[int] | None = frozenset()
    unit_ids: frozenset[int] = frozenset()
    person_ids: frozenset[int] = frozenset()
    grants: frozenset[Grant] = frozenset()
    figure_court_ids: frozenset[int] = frozenset()
    clearance: int = 0
    inner_court_ids: frozenset[int] = frozenset()
    inner_unit_ids: frozenset[int] = frozenset()
    self_id: int | None = None
    person_homes: frozenset[tuple[int, int]] = frozenset()
    unit_homes: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def everything(cls, actor: str) -> Scope:
        """Return the scope of the command line and of nightly jobs: the whole installation."""
        return cls(actor=actor, court_ids=None, clearance=1)

    @classmethod
    def nothing(cls, actor: str) -> Scope:
        """Return the scope of someone without a post."""
        return cls(actor=actor)

    def for_figures(self) -> Scope:
        """Return the scope that figures count over: courts of which only figures are shown join in."""
        if self.court_ids is None or not self.figure_court_ids:
            return self
        return replace(self, court_ids=self.court_ids | self.figure_court_ids)

    def for_cases(self) -> Scope:
        """Return what decides which cases are shown, the same for all who see the same ones."""
        return Scope(
            actor="",
            court_ids=self.court_ids,
            unit_ids=self.units_beyond,
            person_ids=self.people_beyond,
            grants=self.grants,
            clearance=self.clearance,
        )

    @property
    def people_beyond(self) -> frozenset[int]:
        """Return whose cases aren't shown by a court as a whole: a person's cases lie in one court."""
        return self.person_ids - self._within(self.person_homes)

    @property
    def units_beyond(self) -> frozenset[int]:
        """Return the units whose cases aren't shown by a court as a whole."""
        return self.unit_ids - self._within(self.unit_homes)

    def _within(self, homes: frozenset[tuple[int, int]]) -> set[int]:
        courts = self.court_ids or frozenset()
        return {pk for pk, court_id in homes if court_id in courts}

    def lists_court(self, court_id: int) -> bool:
        """Tell whether the cases behind a court's figures may be listed as a whole."""
        return (
            self.court_ids is None
            or court_id in self.court_ids
            or (court_id not in self.figure_court_ids)
        )
