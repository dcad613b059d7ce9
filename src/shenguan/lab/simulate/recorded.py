"""The due date as the court's own system shows it: usually right, sometimes for a reason that recurs.

Reckoned here from the limit tables and the pauses, without the engine, as another system would.
"""

from __future__ import annotations

from shenguan.lab.simulate.days import add_months
from shenguan.lab.simulate.draft import Draft
from shenguan.lab.simulate.parameters import TRACKS, UNLIKE_DUE, Track
from shenguan.lab.simulate.plan import months_on

SLIPS = ("漏计延长", "漏计扣除", "节假日顺延", "少算一日")


def first_due(draft: Draft) -> None:
    """Record the due date at filing."""
    draft.facts["slip"] = slip = (
        SLIPS[draft.dice.between(0, 3)] if draft.dice.even_chance(UNLIKE_DUE, "届满") else ""
    )
    track = draft.choice.track
    if draft.choice.began_in:
        track = TRACKS.get((track.type_code, draft.choice.began_in), track)
    due = _limit_end(draft, track, draft.plan.filed)
    if due is None:
        draft.facts["slip"] = ""
        return
    draft.facts["recorded_due"] = due
    _note(draft, draft.plan.filed, due, slip)


def due_again(draft: Draft, day: int) -> None:
    """Record it again after something on `day` moved it."""
    slip: str = draft.facts["slip"]
    due = _current(draft, day, slip)
    if due is None or due == draft.facts.get("recorded_due"):
        return
    draft.facts["recorded_due"] = due
    _note(draft, day, due, slip)


def _current(draft: Draft, day: int, slip: str) -> int | None:
    plan, track = draft.plan, draft.choice.track
    start = plan.restart if plan.restart and plan.restart <= day else plan.filed
    if draft.choice.began_in and (draft.converted or day + 1) > day:
        track = TRACKS.get((track.type_code, draft.choice.began_in), track)
    extension = plan.extension
    extended = extension is not None and extension.decided <= day and slip != "漏计延长"
    due = _limit_end(draft, track, start, extension.months if extension and extended else 0)
    if due is None:
        return None
    if slip != "漏计扣除":
        due += sum(i.excluded for i in plan.intervals if i.end <= day)
    return due


def _limit_end(draft: Draft, track: Track, start: int, more: int = 0) -> int | None:
    if draft.marks and track.type_code == "刑初" and track.procedure != "普通程序":
        day = draft.days.date(start)
        whole = add_months(day, 1).toordinal() if track.procedure == "简易程序" else start
        return whole + 15
    if track.months or (track.days and more):
        return months_on(draft.days.date(start), track.months + more, track) + track.days
    return start + track.days if track.days else None


def _note(draft: Draft, day: int, due: int, slip: str) -> None:
    if slip == "节假日顺延":
        due = draft.days.next(due)
    if slip == "少算一日":
        due -= 1
    payload = {"start": None, "due": draft.days.date(due).isoformat()}
    draft.note(day, "届满日登记", payload)
