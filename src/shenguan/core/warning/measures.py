"""羁押、取保候审、监视居住 per defendant and 保全 per thing, each on a ladder of its own."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.ladder import Span
from shenguan.core.measures import measures, terms_from
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import WarningRule
from shenguan.core.warning.view import CaseView, Tools


def matters(view: CaseView, rule: WarningRule, _tools: Tools) -> Iterator[Matter]:
    """Find the measures in force, each with its last day."""
    for one in measures(view.events, terms_from(rule.params), view.governing):
        if one.ended_on is None and one.until is not None:
            words = {"whom": one.whom, "measure": one.measure}
            yield Matter(Span(one.since, one.until), f"{one.whom} {one.since}", words)
