"""What the log already says of a case, and which event says it: the left side of every comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shenguan.core.casefold import CaseState, LoggedEvent, fold, live

CASE_TABLE, EVENT_TABLE, JUDGMENTS = "案件表", "事件表", "裁判文书"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be recorded for one case; `voids` is the position of the event it takes back."""

    kind: str
    occurred_on: date | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    voids: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one case as it was and as it is now, for the report; `old` is None when new."""

    field: str
    old: Any
    new: Any
    event: str


@dataclass(frozen=True, slots=True)
class Known:
    """A case as the log has it: its state, its live events, and which of them a case table wrote."""

    state: CaseState
    events: tuple[LoggedEvent, ...]
    from_table: frozenset[int] = frozenset()

    @property
    def registered(self) -> bool:
        """Say whether the case has been registered with its attributes."""
        return any(event.kind == "登记" for event in self.events)

    def of(self, *kinds: str) -> list[LoggedEvent]:
        """Return the live events of these kinds in log order."""
        return [event for event in self.events if event.kind in kinds]

    def last(self, *kinds: str) -> LoggedEvent | None:
        """Return the last live event of these kinds."""
        found = self.of(*kinds)
        return found[-1] if found else None

    @property
    def closing(self) -> LoggedEvent | None:
        """The 报结 that stands: reported, not withdrawn since, the one the state goes by."""
        withdrawals = self.of("撤销报结")
        standing = [
            event
            for event in self.of("报结")
            if event.occurred_on == self.state.closed_on
            and not any(_withdraws(withdrawal, event) for withdrawal in withdrawals)
        ]
        return standing[-1] if standing else None

    def ours(self, event: LoggedEvent | None) -> bool:
        """Say whether a case table recorded this event, so that a case table may take it back."""
        return event is not None and event.position in self.from_table


def _withdraws(withdrawal: LoggedEvent, closing: LoggedEvent) -> bool:
    """As the fold has it: recorded later, and not of an earlier day."""
    if withdrawal.position < closing.position:
        return False
    days = (withdrawal.occurred_on, closing.occurred_on)
    return days[0] is None or days[1] is None or days[0] >= days[1]


def known(events: Iterable[LoggedEvent], from_table: Iterable[int] = ()) -> Known:
    """Fold the landed events of one case."""
    standing = live(events)
    return Known(fold(standing), tuple(standing), frozenset(from_table))


def after(before: Known, drafts: Iterable[Draft]) -> Known:
    """Return the case as it will be once `drafts` have landed."""
    position = max((event.position for event in before.events), default=0)
    added = [
        LoggedEvent(position + number, d.kind, d.occurred_on, d.payload, d.voids)
        for number, d in enumerate(drafts, 1)
    ]
    return known([*before.events, *added]) if added else before
