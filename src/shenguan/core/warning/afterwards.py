"""What is still owed once a case has ended: the report, the paper, its service, the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shenguan.core.ladder import Span
from shenguan.core.timelimit.months import add_months
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import WarningRule
from shenguan.core.warning.view import CaseView, Tools


def unreported(view: CaseView, _rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find cases that have ended in law and aren't reported closed."""
    if view.state.closed_on is None and view.due.closed_on is not None:
        yield Matter(Span(view.due.closed_on))


def paper_missing(view: CaseView, rule: WarningRule, tools: Tools) -> Iterator[Matter]:
    """Find closed cases without any of the events in `params.papers`.

    Types and dispositions of `params` that end without such a paper are left out.
    """
    closed = _closed(view, rule, tools)
    if closed is None or view.first(rule.params["papers"]) is not None:
        return
    if not any(word in view.state.disposition for word in rule.params.get("skip_dispositions", ())):
        yield Matter(Span(closed), "", {"disposition": view.state.disposition or "未填结案方式"})


def archive(view: CaseView, rule: WarningRule, tools: Tools) -> Iterator[Matter]:
    """Find closed cases whose file hasn't been handed in."""
    closed = _closed(view, rule, tools)
    if closed is not None and view.first(["归档"], closed) is None:
        yield Matter(Span(closed, add_months(closed, int(rule.params["months"]))))


def _closed(view: CaseView, rule: WarningRule, tools: Tools) -> date | None:
    """Return the reported closing where the court's data could show what is owed."""
    closed = view.state.closed_on
    since = tools.fed_since(rule.needs) if rule.needs else date.min
    if closed is None or since is None or closed < since:
        return None
    return None if view.state.case_type in rule.params.get("skip_types", ()) else closed
