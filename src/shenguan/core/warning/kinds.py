"""The kinds of warning a pending case can give rise to: each finds its matters in a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from shenguan.core.caselog import LoggedEvent
from shenguan.core.ladder import Span
from shenguan.core.timelimit import CLOSED, PAUSED
from shenguan.core.timelimit.vocabulary import APPLY, APPROVE, PAIRS, REFUSE
from shenguan.core.warning import afterwards, measures, nodes, search
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import WarningRule
from shenguan.core.warning.view import CaseView, Tools, open_stretches

Finder = Callable[[CaseView, WarningRule, Tools], Iterator[Matter]]

NOTICE_BEGUN = "公告开始"
_WORK = ("开庭", "合议", "提交审委会", "签发", "宣判")
"""Acts that show a suspended case to be going on."""

_SHORT_NAMES = {
    "中止审理": "中止审理",
    "公告开始": "公告",
    "委托鉴定": "鉴定",
    "管辖权异议": "管辖权异议",
}


def time_limit(view: CaseView, _rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find the governing due date coming near or gone by."""
    if view.governing is not None and view.due.state not in {PAUSED, CLOSED}:
        start = view.due.start_on or view.state.filed_on
        yield Matter(Span(start, view.governing, view.limit_days))


def extension_window(view: CaseView, _rule: WarningRule, tools: Tools) -> Iterator[Matter]:
    """Find the last day to apply for the next extension the law allows, unless it is applied for."""
    if view.governing is None or view.due.state in {PAUSED, CLOSED} or tools.timelimits is None:
        return
    acts = [e for e in view.events if e.kind in {APPLY, APPROVE, REFUSE}]
    if acts and acts[-1].kind == APPLY:
        return
    before = _apply_before(view, sum(e.kind == APPROVE for e in acts), tools)
    if before is not None:
        closes = view.governing - timedelta(days=before)
        words = {"limit": view.governing, "before": before}
        yield Matter(Span(view.state.filed_on, closes, view.limit_days), "", words)


def _apply_before(view: CaseView, approved: int, tools: Tools) -> int | None:
    """Return how many days before expiry the next extension must be applied for."""
    if view.due.rule_id is None or tools.timelimits is None or view.due.start_on is None:
        return None
    versions = tools.timelimits.versions(view.due.rule_id)
    rule = next((v for v in reversed(versions) if v.valid_from <= view.due.start_on), versions[0])
    stages = rule.stages[approved:] or rule.stages[-1:]
    if approved >= len(rule.stages) and (not stages or stages[0].times is not None):
        return None
    return stages[0].apply_before


def exclusion_long(view: CaseView, rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find suspensions and exclusions open longer than usual for their reason."""
    days: Mapping[str, int] = rule.params["days"]
    for begun in open_stretches(view):
        if begun.kind != NOTICE_BEGUN and begun.occurred_on is not None:
            usual = days.get(begun.kind, days["default"])
            words = _stretch_words(begun, view.on) | {"usual": usual}
            yield Matter(
                Span(begun.occurred_on + timedelta(days=usual)), _stretch_key(begun), words
            )


def exclusion_ended(view: CaseView, _rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find open stretches in whose course the case went on: their reason has ended."""
    for begun in open_stretches(view):
        assert begun.occurred_on is not None
        going_on = view.first(_WORK, begun.occurred_on + timedelta(days=1))
        if going_on is not None:
            words = _stretch_words(begun, view.on) | {"act": going_on.kind}
            yield Matter(Span(going_on.occurred_on), _stretch_key(begun), words)


def exclusion_late(view: CaseView, rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find exclusions begun in the last days before expiry."""
    within = int(rule.params["days"])
    for event in view.events:
        if event.kind in PAIRS and event.kind != "延期开庭" and event.occurred_on is not None:
            if (view.on - event.occurred_on).days > int(rule.params["forget_after"]):
                continue
            due = view.governing_on(event.occurred_on - timedelta(days=1))
            if due is not None and 0 <= (due - event.occurred_on).days <= within:
                left = (due - event.occurred_on).days
                words = _stretch_words(event, view.on) | {"then_left": left}
                yield Matter(Span(event.occurred_on), _stretch_key(event), words)


def public_notice(view: CaseView, rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find public notices whose term has run or is about to run out."""
    days = rule.params["foreign_days" if view.state.foreign_related else "days"]
    for begun in open_stretches(view):
        if begun.kind == NOTICE_BEGUN and begun.occurred_on is not None:
            due = begun.occurred_on + timedelta(days=int(days))
            yield Matter(Span(begun.occurred_on, due), _stretch_key(begun), {"term": days})


def long_pending(view: CaseView, _rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find the natural time since filing; exclusions don't shorten it."""
    if view.state.filed_on is not None:
        yield Matter(Span(view.state.filed_on))


def stuck(view: CaseView, _rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find cases in which nothing is on record since a day, suspended ones apart."""
    last = view.state.last_event_on or view.state.filed_on
    if last is not None and view.due.state != PAUSED:
        yield Matter(Span(last))


def closing_withdrawn(view: CaseView, _rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find closings that were taken back."""
    event = view.last(["撤销报结"])
    if event is not None:
        yield Matter(Span(event.occurred_on), str(event.occurred_on))


def refiled(view: CaseView, _rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find suits withdrawn and brought again."""
    if view.refiled and view.state.filed_on is not None:
        yield Matter(Span(view.state.filed_on), "", {"withdrawn": view.refiled})


def _stretch_words(begun: LoggedEvent, today: date) -> dict[str, object]:
    assert begun.occurred_on is not None
    reason = _SHORT_NAMES.get(begun.kind) or begun.kind.removesuffix("开始")
    return {
        "reason": reason,
        "began": begun.occurred_on,
        "open_days": (today - begun.occurred_on).days,
    }


def _stretch_key(begun: LoggedEvent) -> str:
    return f"{begun.kind} {begun.occurred_on}"


KINDS: dict[str, Finder] = {
    "time_limit": time_limit,
    "extension_window": extension_window,
    "exclusion_long": exclusion_long,
    "exclusion_ended": exclusion_ended,
    "exclusion_late": exclusion_late,
    "public_notice": public_notice,
    "long_pending": long_pending,
    "stuck": stuck,
    "closing_withdrawn": closing_withdrawn,
    "refiled": refiled,
    "nodes": nodes.matters,
    "unreported": afterwards.unreported,
    "paper_missing": afterwards.paper_missing,
    "archive": afterwards.archive,
    "measure": measures.matters,
    "search_missing": search.search_missing,
}
