"""A case as warnings see it on a day: only what had happened by then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shenguan.core.calendar import Calendar
from shenguan.core.casefold import CaseState, fold
from shenguan.core.caselog import BY_DAY, LoggedEvent, live
from shenguan.core.timelimit import CaseHistory, Due, Node, Rules
from shenguan.core.timelimit.vocabulary import PAIRS

Feed = Mapping[tuple[str, str], date]
"""Since when a court's data hold (event kind, document); the document is "" for any."""

_ENDS = {end: begin for begin, end in PAIRS.items()}
_ADJOURNED = "延期开庭"


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case on one day. `events` count, are dated up to `on` and stand in order of days.

    `due` is our clock, `governing` the due date that counts. `governing_on` tells what it was on an
    earlier day. `refiled` names the withdrawn case that this one brings again.
    """

    number: str
    on: date
    events: tuple[LoggedEvent, ...]
    state: CaseState
    history: CaseHistory
    due: Due
    governing: date | None
    governing_on: Callable[[date], date | None]
    refiled: str = ""

    @property
    def ended_on(self) -> date | None:
        """Return the day the case ended, in law or by report, None while it is open."""
        return self.state.closed_on or self.due.closed_on

    @property
    def limit_days(self) -> int | None:
        """Return the calendar days of the limit without exclusions, by the governing due date."""
        start = self.due.start_on or self.state.filed_on
        if self.governing is None or start is None:
            return None
        if self.governing == self.due.due and self.due.limit_days is not None:
            return self.due.limit_days
        return max((self.governing - start).days - self.due.excluded_days, 1)

    def first(self, kinds: Iterable[str], since: date = date.min) -> LoggedEvent | None:
        """Return the first event of these kinds on or after a day."""
        wanted = frozenset(kinds)
        return next((e for e in self.events if e.kind in wanted and _on(e) >= since), None)

    def last(self, kinds: Iterable[str]) -> LoggedEvent | None:
        """Return the last event of these kinds."""
        wanted = frozenset(kinds)
        return next((e for e in reversed(self.events) if e.kind in wanted), None)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the kinds need beside the case. `feed` None: every kind of event is fed (examples)."""

    calendar: Calendar | None
    nodes: Sequence[Node] = ()
    timelimits: Rules | None = None
    feed: Feed | None = None
    nodes_by_type: dict[str, tuple[Node, ...]] = field(default_factory=dict)

    def fed_since(self, kinds: Iterable[str], documents: Iterable[str] = ("",)) -> date | None:
        """Return since when any of these is fed, None if never."""
        if self.feed is None:
            return date.min
        documents = tuple(documents)
        since = (self.feed.get((kind, document)) for kind in kinds for document in documents)
        return min((day for day in since if day is not None), default=None)


def known_by(events: Iterable[LoggedEvent], on: date) -> tuple[LoggedEvent, ...]:
    """Return the events that count and had happened by a day, in log order."""
    return tuple(e for e in live(events) if e.occurred_on is None or e.occurred_on <= on)


def state_by(events: Iterable[LoggedEvent]) -> CaseState:
    """Fold events that `known_by` let through."""
    return fold(events)


def by_day(events: Iterable[LoggedEvent]) -> tuple[LoggedEvent, ...]:
    """Return the dated events in order of days."""
    return tuple(sorted((e for e in events if e.occurred_on), key=BY_DAY))


def open_stretches(view: CaseView) -> list[LoggedEvent]:
    """Return the beginnings of suspensions and exclusions that have no end yet."""
    waiting: list[LoggedEvent] = []
    for event in view.events:
        if event.kind in PAIRS and event.kind != _ADJOURNED:
            waiting.append(event)
        elif event.kind in _ENDS:
            begun = next((w for w in waiting if w.kind == _ENDS[event.kind]), None)
            if begun is not None:
                waiting.remove(begun)
    return waiting


def feeds_of(events: Iterable[LoggedEvent]) -> dict[tuple[str, str], date]:
    """Return what these events show a court to feed, each with its first day."""
    found: dict[tuple[str, str], date] = {}
    for event in events:
        if event.occurred_on is None:
            continue
        document = event.payload.get("document") or event.payload.get("kind") or ""
        for key in {(event.kind, ""), (event.kind, str(document))}:
            if key not in found or event.occurred_on < found[key]:
                found[key] = event.occurred_on
    return found


def _on(event: LoggedEvent) -> date:
    assert event.occurred_on is not None
    return event.occurred_on
