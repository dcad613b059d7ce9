"""Reading cases as they stood on a day, from what the log said at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.core.caselog import LoggedEvent
from shenguan.core.warning.view import CaseView, by_day, known_by, state_by
from shenguan.spine.cases import log
from shenguan.spine.cases.identities import Identity
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.states import Folded
from shenguan.spine.timelimits.histories import due_for, due_of, history_of
from shenguan.spine.timelimits.services import governing
from shenguan.spine.warnings.night import Night


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as it stood: its court, what it was on the day, the events that had happened.

    `chain` as in `CaseCheck`.
    """

    case_id: int
    court_id: int
    view: CaseView
    events: tuple[LoggedEvent, ...]
    chain: Mapping[str, Any] | None = None


_IDENTITY = ("court_id", "number", "number_key", "number_kind")
_CHECKED = ("check_entry__refiled", "check_entry__chain")


def cases_seen(night: Night, case_ids: Sequence[int]) -> Iterator[Seen]:
    """Yield these cases as of the night's day; cases nothing was known of are left out."""
    rows = Case.objects.filter(pk__in=case_ids).order_by()
    known = {
        pk: (Identity(*identity), refiled or "", chain)
        for pk, refiled, chain, *identity in rows.values_list("pk", *_CHECKED, *_IDENTITY)
    }
    for entry in log.read(list(known), known_at=night.known_at):
        events = known_by(entry.events, night.on)
        if events:
            identity, refiled, chain = known[entry.case_id]
            view = _view(night, entry.case_id, identity, events, refiled)
            yield Seen(entry.case_id, identity.court_id, view, events, chain)


def _view(
    night: Night, case_id: int, identity: Identity, events: tuple[LoggedEvent, ...], refiled: str
) -> CaseView:
    state = state_by(events)
    court = night.courts[identity.court_id]
    entry = Folded(case_id, court, identity, events, state, events[-1].position)
    history = history_of(entry, night.on)
    due = due_of(history, entry, night.rulebook, night.choices)

    def governing_on(day: date) -> date | None:
        then = due_for(entry, night.rulebook, night.choices, day)
        return governing(entry, then, night.choices, day).due

    return CaseView(
        number=state.number or identity.number,
        on=night.on,
        events=by_day(events),
        state=state,
        history=history,
        due=due,
        governing=governing(entry, due, night.choices, night.on).due,
        governing_on=governing_on,
        refiled=refiled,
    )
