"""Writing the clock of each case: ours, the court's own, and which of the two governs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.base.ops.bulk import Statement, upserting
from shenguan.base.org.choices import Choices
from shenguan.core.casefold import live
from shenguan.core.timelimit import NO_LIMIT, NO_RULE, Due
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.states import Folded
from shenguan.spine.timelimits.histories import due_for
from shenguan.spine.timelimits.models import Clock

EXTENDED = "延长审限批准"
ACCEPT_SETTING = "采用本系统审限"
"""Court setting: true accepts our dates for all cases, a list for these rule ids or case types."""


@dataclass(frozen=True, slots=True)
class Governing:
    """The due date that lists, warnings and 审限内 go by, and whether ours was accepted."""

    due: date | None
    accepted: bool


def clock_rows(
    folded: Sequence[Folded], rulebook: Rulebook, choices: Choices, today: date
) -> Statement:
    """Compute the clocks of these cases as of `today`, ready to be written."""
    return upserting(
        Clock,
        [(entry.case_id, _row(entry, rulebook, choices, today)) for entry in folded],
    )


def governing(entry: Folded, due: Due, choices: Choices, today: date) -> Governing:
    """Choose between ours and the recorded date, see contracts §3.

    The recorded one governs until the court accepts ours, singly (an event) or by rule (a setting);
    where no rule of ours applies it governs too; without a recorded one ours does.
    """
    state = entry.state
    accepted = state.accepts_ours or _accepted_by_rule(entry, due, choices, today)
    ours_applies = due.state not in {NO_RULE, NO_LIMIT}
    if state.recorded_due is not None and not (accepted and ours_applies):
        return Governing(state.recorded_due, accepted)
    return Governing(due.due, accepted)


def _accepted_by_rule(entry: Folded, due: Due, choices: Choices, today: date) -> bool:
    chosen = choices.value(entry.court.pk, ACCEPT_SETTING, today, default=False)
    if isinstance(chosen, list):
        return due.rule_id in chosen or entry.state.case_type in chosen
    return bool(chosen)


def _row(entry: Folded, rulebook: Rulebook, choices: Choices, today: date) -> dict[str, Any]:
    due = due_for(entry, rulebook, choices, today)
    chosen = governing(entry, due, choices, today)
    end = due.closed_on
    return {
        "rule_id": due.rule_id or "",
        "state": due.state,
        "start_on": due.start_on,
        "due": due.due,
        "due_local": due.due_local,
        "recorded_due": entry.state.recorded_due,
        "accepted": chosen.accepted,
        "governing_due": chosen.due,
        "limit_days": due.limit_days,
        "excluded_days": due.excluded_days,
        "extended": any(event.kind == EXTENDED for event in live(entry.events)),
        "paused_since": due.paused_since,
        "paused_by": due.paused_by or "",
        "closed_on": end,
        "in_time": end <= chosen.due if end and chosen.due else None,
        "flags": list(due.flags),
    }
