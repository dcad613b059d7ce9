"""The fold: from what happened to a case to what is true of it.

`fold(events)` is a pure function of the events that count. Three rules of order:

* an event that a later one voids was never recorded, and so is a void that is itself voided;
* what a case *is* (cause, parties, amount …) follows the order of the log: the last word holds;
* what *happened when* (filing, assignment, closing, service) follows the days of occurrence; the
  position in the log only decides between events of one day.

Event names are the canonical ones of the rulebook's event table. Days are Asia/Shanghai dates,
amounts are 分.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from shenguan.core.caselog import (
    REGISTRATION_KINDS,
    LoggedEvent,
    live,
    timeline,
    when,
    withdraws,
)
from shenguan.core.timelimit.closing import legal_closing

__all__ = [
    "REGISTRATION_KINDS",
    "TAG_CONFIRMED",
    "TAG_DISMISSED",
    "TAG_SUGGESTED",
    "Assignment",
    "CaseState",
    "LoggedEvent",
    "fold",
    "live",
    "timeline",
]

TAG_SUGGESTED, TAG_CONFIRMED, TAG_DISMISSED = "建议", "确认", "取消"
_NONE: Mapping[str, Any] = {}


class Assignment(NamedTuple):
    """Who had the case in `[since, until)`; a null `since` is unknown, a null `until` is still."""

    since: date | None
    until: date | None
    undertaker: str
    division: str
    team: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class CaseState:
    """What the log says of a case. Names are plain text here; ids belong to the database."""

    visible: bool = False
    number: str | None = None
    """The latest number where the log holds a change of number, else None."""
    case_type: str = ""
    instance: str = ""
    procedure: str = ""
    initial_procedure: str = ""
    against: str = ""
    cause: str = ""
    cause_code: str = ""
    cause_version: str = ""
    filed_on: date | None = None
    clock_start_on: date | None = None
    closed_on: date | None = None
    legal_end_on: date | None = None
    disposition: str = ""
    amount: int | None = None
    undertaker: str = ""
    division: str = ""
    team: str = ""
    assignments: tuple[Assignment, ...] = ()
    prior_number: str = ""
    prior_court: str = ""
    foreign_related: bool = False
    detained: bool = False
    confidentiality: int = 0
    marks: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """审判领域 as the source states them."""
    parties: tuple[Mapping[str, Any], ...] = ()
    panel: tuple[Mapping[str, Any], ...] = ()
    tags: Mapping[str, str] = ()  # type: ignore[assignment]
    extras: Mapping[str, Any] = ()  # type: ignore[assignment]
    flags: tuple[str, ...] = ()
    recorded_start: date | None = None
    recorded_due: date | None = None
    accepts_ours: bool = False
    last_event_on: date | None = None
    last_position: int = 0


class _Draft:
    """What one pass over the log gathers; class attributes are the values of an empty log."""

    attributes: Mapping[str, Any] = _NONE
    procedure_position = 0
    number: str | None = None
    panel: Sequence[Mapping[str, Any]] = ()
    recorded: Mapping[str, Any] = _NONE
    accepts_ours = False
    conversions: list[LoggedEvent]
    assignments: list[LoggedEvent]
    closings: list[LoggedEvent]
    withdrawals: list[LoggedEvent]
    filings: list[date]
    ended_in_law = False
    tags: dict[str, str]

    def __init__(self) -> None:
        self.assignments, self.closings, self.filings = [], [], []
        self.conversions, self.withdrawals, self.tags = [], [], {}


def fold(events: Iterable[LoggedEvent]) -> CaseState:
    """Return the state of one case from its events (any order, only those that have landed)."""
    return _settle(live(events))


def _settle(events: Sequence[LoggedEvent]) -> CaseState:
    if not events:
        return CaseState(tags={}, extras={})
    draft = _Draft()
    latest = None
    for event in events:
        step = _STEPS.get(event[1])
        if step is not None:
            step(draft, event)
        day = event[2]
        if (
            day is not None
            and event[1] not in REGISTRATION_KINDS
            and (latest is None or day > latest)
        ):
            latest = day
    return _finish(draft, events, latest)


def _finish(draft: _Draft, events: Sequence[LoggedEvent], latest: date | None) -> CaseState:
    get = draft.attributes.get
    procedure, initial = _procedures(draft)
    assignments = _assignments(draft.assignments)
    holder = assignments[-1] if assignments else _UNASSIGNED
    closing, flags = _closing(draft)
    closed_on = closing.occurred_on if closing else None
    return CaseState(
        visible=True,
        number=draft.number,
        case_type=get("case_type") or "",
        instance=get("instance") or "",
        procedure=procedure,
        initial_procedure=initial,
        against=get("against") or "",
        cause=get("cause") or "",
        cause_code=get("cause_code") or "",
        cause_version=get("cause_version") or "",
        filed_on=min(draft.filings, default=None),
        clock_start_on=_day(get("clock_start_on") or draft.recorded.get("start")),
        closed_on=closed_on,
        legal_end_on=_legal_end(draft, events, closed_on),
        disposition=(closing.payload.get("disposition") or "") if closing else "",
        amount=get("amount"),
        undertaker=holder.undertaker,
        division=holder.division,
        team=holder.team,
        assignments=assignments,
        prior_number=get("prior_number") or "",
        prior_court=get("prior_court") or "",
        foreign_related=bool(get("foreign_related")),
        detained=bool(get("detained")),
        confidentiality=get("confidentiality") or 0,
        marks=tuple(get("marks") or ()),
        fields=tuple(get("fields") or ()),
        parties=tuple(get("parties") or ()),
        panel=tuple(draft.panel),
        tags=draft.tags,
        extras=get("extras") or {},
        flags=(*(get("flags") or ()), *flags),
        recorded_start=_day(draft.recorded.get("start")),
        recorded_due=_day(draft.recorded.get("due")),
        accepts_ours=draft.accepts_ours,
        last_event_on=latest,
        last_position=events[-1].position,
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _procedures(draft: _Draft) -> tuple[str, str]:
    """Return the procedure now and the one the case began with."""
    stated: str = draft.attributes.get("procedure") or ""
    if not draft.conversions:
        return stated, stated
    first = min(draft.conversions, key=when)
    last = max(draft.conversions, key=when)
    began = first.payload.get("from") or stated
    if draft.procedure_position > max(e.position for e in draft.conversions):
        return stated, began
    return last.kind.removeprefix("转为"), began


_UNASSIGNED = Assignment(None, None, "", "")


def _assignments(events: list[LoggedEvent]) -> tuple[Assignment, ...]:
    """Turn assignments into intervals; a field an event leaves out stays as it was."""
    if len(events) > 1:
        events = sorted(events, key=when)
    intervals: list[Assignment] = []
    before = _UNASSIGNED
    for number, event in enumerate(events):
        payload = event.payload
        until = events[number + 1].occurred_on if number + 1 < len(events) else None
        before = Assignment(
            event.occurred_on,
            until,
            payload.get("undertaker", before.undertaker) or "",
            payload.get("division", before.division) or "",
            payload.get("team", before.team) or "",
            bool(payload.get("assumed")),
        )
        intervals.append(before)
    return tuple(intervals)


def _closing(draft: _Draft) -> tuple[LoggedEvent | None, list[str]]:
    """Return the closing that stands: 报结 before 结案, the later day before the earlier."""
    flags = ["立案日期不一"] if len(set(draft.filings)) > 1 else []
    standing = draft.closings
    for withdrawal in draft.withdrawals:
        kept = [closing for closing in standing if not withdraws(withdrawal, closing)]
        if len(kept) == len(standing):
            flags.append("撤销报结前无报结")
        standing = kept
    if not standing:
        return None, flags
    closing = max(standing, key=lambda e: (e.kind == "报结", *when(e)))
    if closing.occurred_on is None:
        flags.append("报结日期缺失")
    return closing, flags


def _legal_end(draft: _Draft, events: Sequence[LoggedEvent], closed_on: date | None) -> date | None:
    """Return the day the case ended in law; where nothing but one 报结 is known, that day."""
    if not draft.ended_in_law and not draft.withdrawals and len(draft.closings) < 2:
        return closed_on
    closing = legal_closing(timeline(e for e in events if e.kind in _ENDING_KINDS))
    return closing.on if closing else None


_ENDING_KINDS = frozenset(
    {
        *("宣判", "送达", "电子送达", "公告送达", "执行完毕", "终结本次执行", "结案", "报结"),
        *("撤销报结", "开庭", "延期开庭", "合议", "签发"),
    }
)


def _register(draft: _Draft, event: LoggedEvent) -> None:
    if draft.attributes is _NONE:
        draft.attributes = event.payload
    else:
        draft.attributes = {**draft.attributes, **event.payload}
    if "procedure" in event.payload:
        draft.procedure_position = event.position


def _file(draft: _Draft, event: LoggedEvent) -> None:
    if event.occurred_on:
        draft.filings.append(event.occurred_on)


def _assign(draft: _Draft, event: LoggedEvent) -> None:
    draft.assignments.append(event)


def _convert(draft: _Draft, event: LoggedEvent) -> None:
    draft.conversions.append(event)


def _close(draft: _Draft, event: LoggedEvent) -> None:
    draft.closings.append(event)


def _withdraw(draft: _Draft, event: LoggedEvent) -> None:
    draft.withdrawals.append(event)


def _end(draft: _Draft, _event: LoggedEvent) -> None:
    draft.ended_in_law = True


def _seat(draft: _Draft, event: LoggedEvent) -> None:
    draft.panel = event.payload.get("members") or ()


def _record_due(draft: _Draft, event: LoggedEvent) -> None:
    draft.recorded = event.payload


def _accept(draft: _Draft, _event: LoggedEvent) -> None:
    draft.accepts_ours = True


def _renumber(draft: _Draft, event: LoggedEvent) -> None:
    draft.number = event.payload.get("new") or draft.number


def _tag(state: str) -> Callable[[_Draft, LoggedEvent], None]:
    def step(draft: _Draft, event: LoggedEvent) -> None:
        tag = event.payload.get("tag")
        if tag:
            draft.tags[tag] = state

    return step


_STEPS: Mapping[str, Callable[[_Draft, LoggedEvent], None]] = {
    "登记": _register,
    "登记变更": _register,
    "案号变更": _renumber,
    "立案": _file,
    "分案": _assign,
    "变更承办人": _assign,
    "转为普通程序": _convert,
    "转为简易程序": _convert,
    "组成合议庭": _seat,
    "变更合议庭": _seat,
    "宣判": _end,
    "送达": _end,
    "电子送达": _end,
    "公告送达": _end,
    "执行完毕": _end,
    "终结本次执行": _end,
    "报结": _close,
    "结案": _close,
    "撤销报结": _withdraw,
    "届满日登记": _record_due,
    "采用本系统审限": _accept,
    "标签建议": _tag(TAG_SUGGESTED),
    "标签确认": _tag(TAG_CONFIRMED),
    "标签取消": _tag(TAG_DISMISSED),
}
