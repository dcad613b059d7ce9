"""节点: the court's own short deadlines inside a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shenguan.core.ladder import Span
from shenguan.core.timelimit import Node, node_dues
from shenguan.core.timelimit.nodes import COURT, EXCEEDED, OPEN, OVERDUE, NodeDue
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.rule import WarningRule
from shenguan.core.warning.view import CaseView, Tools


def matters(view: CaseView, rule: WarningRule, tools: Tools) -> Iterator[Matter]:
    """Find nodes not yet done, and what happened more often than it may.

    A node counts from the day on which the court's data began to hold what fulfils it.
    """
    wanted = _nodes_of(rule, view.history.case_type, tools)
    if not wanted:
        return
    by_id = {node.id: node for node in wanted}
    for due in node_dues(view.history, wanted, tools.calendar, view.governing):
        node = by_id[due.node_id]
        if due.state == EXCEEDED:
            yield _matter(due, Span(due.triggered_on), f"第{node.at_most or 0}次以后")
        elif due.state in {OPEN, OVERDUE} and _is_fed(node, due.triggered_on, tools):
            yield _matter(due, Span(due.triggered_on, due.due), "")


def _matter(due: NodeDue, span: Span, times: str) -> Matter:
    words = {"node": due.name, "law": due.law, "triggered": due.triggered_on, "times": times}
    return Matter(span, f"{due.node_id} {due.triggered_on}", words)


def _nodes_of(rule: WarningRule, case_type: str, tools: Tools) -> tuple[Node, ...]:
    """Return the nodes a rule watches in cases of a type; `tools` remembers the answer."""
    key = f"{rule.id} {case_type}"
    if key not in tools.nodes_by_type:
        tools.nodes_by_type[key] = tuple(
            node for node in tools.nodes if _of_type(node, case_type) and _watches(rule, node)
        )
    return tools.nodes_by_type[key]


def _watches(rule: WarningRule, node: Node) -> bool:
    wanted: list[str] = rule.params["nodes"]
    if not any(node.id == name or node.id.startswith(f"{name}.") for name in wanted):
        return False
    if node.at_most is not None:
        return rule.params.get("exceeded", False) is True
    return (
        not rule.params.get("exceeded", False)
        and node.whose == COURT
        and node.trigger is not None
        and node.done is not None
        and not node.before
    )


def _of_type(node: Node, case_type: str) -> bool:
    return not node.types or any(
        case_type.startswith(kind[:-1]) if kind.endswith("*") else case_type == kind
        for kind in node.types
    )


def _is_fed(node: Node, triggered: date, tools: Tools) -> bool:
    assert node.done is not None
    since = tools.fed_since(node.done.events, node.done.kinds or ("",))
    return since is not None and since <= triggered
