"""From the rows of an event table to events of one case.

A row that says what the log already holds adds nothing; one that says more of an event of the same kind
and day voids it and records it anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from shenguan.core.casefold import LoggedEvent
from shenguan.core.measures import terms_from
from shenguan.programs.intake.known import Change, Draft, Known
from shenguan.programs.intake.rows import NOT_CLOCKED, Reject, Row
from shenguan.rulebook import Rulebook
from shenguan.rulebook.loaders.events import UnknownEvent
from shenguan.rulebook.loaders.intake import plain

PAYLOAD = (
    "kind", "months", "days", "approver", "agreed", "undertaker", "division", "disposition",
    "whom", "measure", "until", "paper",
)  # fmt: skip
REFUSED = frozenset({"登记", "登记变更", "案号变更", "作废", "批次落库"})


def read_kinds(rows: Iterable[Row], rulebook: Rulebook) -> tuple[list[Row], list[Reject]]:
    """Return the rows whose event is known, its canonical name in place, and rejects for the rest.

    A measure that no length is known of goes in as it stands, and is told among the rejects too.
    """
    good: list[Row] = []
    rejects: list[Reject] = []
    terms = [terms_from(rule.params) for rule in rulebook.warnings if rule.kind == "measure"]
    measured = {one.begins: one.ends | one.lengths.keys() for one in terms}
    for row in rows:
        name = plain(str(row.values.get("event") or ""))
        try:
            canonical = rulebook.events.canonical(name)
        except UnknownEvent:
            canonical = _measure_taken(name, row, rulebook)
        if not canonical or canonical in REFUSED:
            said = f"事件“{name}”不在事件表中" if name else "事件名称为空"
            rejects.append(Reject(row.place, "事件", said, row.original))
        else:
            row.values["event"] = canonical
            good.append(row)
            if canonical in measured and (said := _unclocked(row, measured[canonical])):
                rejects.append(Reject(row.place, "措施", said, row.original, NOT_CLOCKED))
    return good, rejects


def _unclocked(row: Row, known: Collection[str]) -> str:
    """Return why the last day of a measure can't be reckoned, "" where it can."""
    measure = str(row.values.get("measure") or "")
    if measure in known or row.values.get("until"):
        return ""
    said = f"措施“{measure}”不在措施表中" if measure else "没有填写措施"
    return f"{said}，也没有届满日：事件已按原文登记，无法计算届满日"


def _measure_taken(name: str, row: Row, rulebook: Rulebook) -> str:
    """A measure given as the event itself (取保候审, 冻结账户): the event that takes it; "" for none."""
    measure = rulebook.intake.canonical("measures", name)
    kind = next((form.event for form in rulebook.forms if measure in form.offered("measure")), "")
    if kind and not row.values.get("measure"):
        row.values["measure"] = measure
    return kind


def event_drafts(rows: Sequence[Row], known: Known) -> tuple[list[Draft], list[Change]]:
    """Return what the rows of one case add to its log."""
    wanted = _distinct(rows)
    free = list(known.events)
    left: list[Draft] = []
    for draft in wanted:
        same = next((event for event in free if _same(event, draft)), None)
        if same is None:
            left.append(draft)
        else:
            free.remove(same)
    drafts: list[Draft] = []
    changes: list[Change] = []
    for draft in left:
        drafts.append(_correct(draft, free))
        changes.append(Change("event", None, draft.occurred_on, draft.kind))
    return drafts, changes


def _distinct(rows: Sequence[Row]) -> list[Draft]:
    """Return the events the rows tell, the fullest account of each; a barer row tells nothing more."""
    drafts: list[Draft] = []
    for draft in sorted(map(_draft, rows), key=lambda draft: -len(draft.payload)):
        if not any(_tells(told.kind, told.occurred_on, told.payload, draft) for told in drafts):
            drafts.append(draft)
    order = {id(draft): number for number, draft in enumerate(drafts)}
    return sorted(drafts, key=lambda d: (d.occurred_on is None, d.occurred_on, order[id(d)]))


def _draft(row: Row) -> Draft:
    payload: dict[str, Any] = {
        name: _plain(row.values[name]) for name in PAYLOAD if row.values.get(name) is not None
    }
    if row.values.get("note"):
        payload["note"] = row.values["note"]
    payload |= {bad.field: bad.text for bad in row.bad}
    payload |= row.extras
    return Draft(row.values["event"], row.values.get("occurred_on"), payload)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _same(event: LoggedEvent, draft: Draft) -> bool:
    """The log says at least what the row says."""
    return _tells(event.kind, event.occurred_on, event.payload, draft)


def _tells(kind: str, day: date | None, payload: Mapping[str, Any], draft: Draft) -> bool:
    return (
        kind == draft.kind
        and day == draft.occurred_on
        and all(payload.get(key) == value for key, value in draft.payload.items())
    )


def _of_one(event: LoggedEvent, draft: Draft) -> bool:
    """Two defendants or two things under a measure on one day are two events."""
    held, told = event.payload.get("whom"), draft.payload.get("whom")
    return not held or not told or held == told


def _correct(draft: Draft, free: list[LoggedEvent]) -> Draft:
    """Return the draft, voiding the event of the same kind and day it completes, if there is one."""
    for event in free:
        same_day = event.occurred_on == draft.occurred_on
        sole = draft.kind == "立案" and draft.occurred_on is not None
        if event.kind == draft.kind and (same_day or sole) and _of_one(event, draft):
            free.remove(event)
            payload = {**event.payload, **draft.payload}
            payload.pop("assumed", None)
            return Draft(draft.kind, draft.occurred_on, payload, event.position)
    return draft
