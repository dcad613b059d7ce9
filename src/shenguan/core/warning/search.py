"""What should have been looked for before a step was taken: the search for similar cases."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.ladder import Span
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import WarningRule
from shenguan.core.warning.view import CaseView, Tools


def search_missing(view: CaseView, rule: WarningRule, tools: Tools) -> Iterator[Matter]:
    """Find cases that took a step of `params.steps` and hold none of `params.records`.

    `params.until`: once such an event stands, another rule speaks. Steps before the court's data
    held records, or before `params.in_force`, are left out.
    """
    step, since = view.first(rule.params["steps"]), tools.fed_since(rule.needs)
    if step is None or step.occurred_on is None or since is None:
        return
    if step.occurred_on < max(since, rule.params["in_force"]):
        return
    spoken_for = (*rule.params["records"], *rule.params.get("until", ()))
    if view.first(spoken_for) is None:
        yield Matter(Span(step.occurred_on), "", {"step": step.kind})
