"""The wide row of one case, chain columns apart (those take the other cases of the dispute).

Org keys are as of the event: filed_* by the first assignment, division, team and judge by the one that
held at closing (the present one while the case is open). A judge who moves keeps the old rows.
"""

from __future__ import annotations

from datetime import date

from shenguan.core.casefold import Assignment, CaseState
from shenguan.core.facts import handling
from shenguan.core.facts.intervals import Interval, excluded_days, intervals_of
from shenguan.core.facts.model import CaseInput, FactContext, Row, day_of, month_of
from shenguan.core.facts.scan import SERVICES, Scan

_FIELDS = {
    "is_financial": "金融",
    "is_ip": "知产",
    "is_environmental": "环资",
    "is_juvenile": "未成年",
    "is_bankruptcy": "破产",
}
_DAYS = {
    "received_on": "收件",
    "assigned_on": "分案",
    "first_hearing_on": "开庭",
    "archived_on": "归档",
    "effective_on": "文书生效",
    "filed_above_on": "二审立案",
    "returned_on": "卷宗退回",
}
_LAST_DAYS = {"last_hearing_on": "开庭", "deliberated_on": "合议", "signed_on": "签发"}
_EXTENDED, _REASSIGNED, _WITHDRAWN = "延长审限批准", "变更承办人", "撤销报结"
_NOBODY = Assignment(None, None, "", "")
APPEAL_INSTANCES = frozenset({"二审", "再审", "再审审查", "复议", "监督"})
"""Instances that judge another court's (or the same court's earlier) decision."""


class Reading:
    """A case with what one pass over its log gives; every table's rows are made from it."""

    __slots__ = ("case", "intervals", "scan")

    def __init__(self, case: CaseInput) -> None:
        self.case = case
        self.scan = Scan(case.events)
        self.intervals = intervals_of(self.scan.paired, case.due)


def case_facts(reading: Reading, context: FactContext) -> Row:
    """Return the columns of table `case` that the case's own log gives; see `chain.chain_facts`."""
    case, scan = reading.case, reading.scan
    state = case.state
    row: Row = {"case_id": case.case_id, "court": case.court_id}
    row |= _kept_by(case, context)
    case_class, instance = _classes(row, state, context)
    _sorted(row, case, context, case_class)
    _dated(row, scan, state, context)
    _spanned(row, case, context, scan, reading.intervals)
    row |= handling.Handled(state, scan, row, context, case_class, instance).row()
    row |= _beneath(case, context, instance)
    return row


def _kept_by(case: CaseInput, context: FactContext) -> Row:
    """Return who had the case when it came and when it went."""
    court, state, org = case.court_id, case.state, context.organisation
    held = state.assignments
    first = held[0] if held else _NOBODY
    last = assignment_on(held, state.closed_on)
    on = state.closed_on or last.since or state.filed_on
    return {
        "filed_division": org.unit(court, first.division),
        "filed_judge": org.person(court, first.undertaker),
        "division": org.unit(court, last.division),
        "team": org.unit(court, last.team),
        "judge": org.person(court, last.undertaker),
        "confidentiality": state.confidentiality,
        "by_leader": bool(on and org.leads(court, last.undertaker, on)),
    }


def assignment_on(held: tuple[Assignment, ...], day: date | None) -> Assignment:
    """Return who had the case on a day (None: now); before the first assignment, the first."""
    if not held:
        return _NOBODY
    if day is not None and len(held) > 1:
        for assignment in reversed(held):
            if assignment.since is None or assignment.since <= day:
                return assignment
        return held[0]
    return held[-1]


def _classes(row: Row, state: CaseState, context: FactContext) -> tuple[str, str]:
    """Write the codes of type, class and instance; return the names of the latter two."""
    words, kind = context.words, context.case_types.get(state.case_type)
    row["case_type"] = words.tables["类型代字"].get(state.case_type, 0)
    case_class = kind.case_class if kind else ""
    instance = kind.instance if kind else words.name("审级", state.instance)
    row["case_class"] = words.tables["类别"].get(case_class, 0)
    row["instance"] = words.tables["审级"].get(instance, 0)
    return case_class, instance


def _sorted(row: Row, case: CaseInput, context: FactContext, case_class: str) -> None:
    state, words, fields = case.state, context.words, case.fields
    row["procedure"] = words.code("程序", state.procedure)
    row["initial_procedure"] = words.code("程序", state.initial_procedure)
    row["disposition"] = words.code("结案方式", state.disposition)
    row["cause"] = context.cause(state.cause, case_class)
    for column, name in _FIELDS.items():
        row[column] = name in fields
    row["is_foreign"] = state.foreign_related
    row["is_detained"] = state.detained
    row["parties"] = len(state.parties)
    row["amount"] = state.amount or 0


def _dated(row: Row, scan: Scan, state: CaseState, context: FactContext) -> None:
    for column, kind in _DAYS.items():
        row[column] = day_of(scan.first.get(kind))
    for column, kind in _LAST_DAYS.items():
        row[column] = day_of(scan.last.get(kind))
    row["first_served_on"], row["decision_served_on"] = _served(scan, context)
    row["filed_on"], row["filed_month"] = day_of(state.filed_on), month_of(state.filed_on)
    row["closed_on"], row["closed_month"] = day_of(state.closed_on), month_of(state.closed_on)
    row["legal_end_on"] = day_of(state.legal_end_on or state.closed_on)
    appealed = scan.first.get("上诉")
    row["appealed_on"], row["appealed_month"] = day_of(appealed), month_of(appealed)
    sent = [d for d in (scan.first.get("移送二审法院"), scan.first.get("上诉材料移送")) if d]
    row["sent_up_on"] = day_of(sent[0] if sent else None)


def _served(scan: Scan, context: FactContext) -> tuple[int | None, int | None]:
    """Return the first day anything was served, and the last a decision was."""
    served = [e for kind in SERVICES for e in scan.told.get(kind, ()) if e.occurred_on]
    if not served:
        return None, None
    mentions = context.words.mentions
    decisive = [e for e in served if not mentions("程序性文书", e.payload.get("document") or "")]
    days, decided = [e.occurred_on for e in served], [e.occurred_on for e in decisive]
    return (
        day_of(min(day for day in days if day)),
        day_of(max((day for day in decided if day), default=None)),
    )


def _spanned(
    row: Row, case: CaseInput, context: FactContext, scan: Scan, intervals: tuple[Interval, ...]
) -> None:
    """Write the columns on limits and lengths of time."""
    state, due, ended = case.state, case.governing_due, row["legal_end_on"]
    filed, closed = state.filed_on, state.closed_on
    row["due_on"] = day_of(due)
    row["is_closed"] = closed is not None
    row["has_due"] = due is not None
    due_on = row["due_on"]
    row["in_time"] = (
        closed is not None
        and ended is not None
        and due is not None
        and bool(due_on is not None and ended <= due_on)
    )
    row["limit_days"] = case.due.limit_days or 0
    row["extensions"] = scan.count.get(_EXTENDED, 0)
    row["was_extended"] = scan.happened(_EXTENDED)
    end = state.legal_end_on or closed
    excluded = excluded_days(intervals, filed, end if closed else None)
    row["was_excluded"] = any(interval.counted for interval in intervals)
    row["excluded_days"] = excluded
    row["gross_days"] = (closed - filed).days if closed and filed else 0
    row["net_days"] = (end - filed).days - excluded if closed and end and filed else 0
    row["closed_month_end"] = closed is not None and context.at_month_end(closed)
    row["closing_withdrawn"] = scan.happened(_WITHDRAWN)
    row["reassignments"] = scan.count.get(_REASSIGNED, 0)


def _beneath(case: CaseInput, context: FactContext, instance: str) -> Row:
    """Return the court below as printed; the chain overwrites it where the case below is known."""
    name = case.state.prior_court
    known = context.organisation.court(name) if name and instance in APPEAL_INSTANCES else 0
    return {"prior_court": known, "prior_division": 0, "prior_judge": 0}
