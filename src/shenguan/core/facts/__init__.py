"""Fact rows from a case's log: integers and booleans only, see rulebook `facts.yaml`."""

from __future__ import annotations

from collections.abc import Sequence

from shenguan.core.facts.case import Reading, case_facts
from shenguan.core.facts.chain import Node, chain_facts, joined, links_of
from shenguan.core.facts.model import CaseInput, FactContext, Organisation, Row, day_of, month_of
from shenguan.core.facts.narrow import Narrow
from shenguan.core.facts.words import Words

__all__ = [
    "CaseInput",
    "FactContext",
    "Node",
    "Organisation",
    "Reading",
    "Row",
    "Words",
    "case_facts",
    "day_of",
    "facts_of_disputes",
    "month_of",
]


def facts_of_disputes(
    cases: Sequence[CaseInput],
    before: dict[int, tuple[int, int]],
    context: FactContext,
) -> dict[str, list[Row]]:
    """Return the rows of every fact table for cases that make up whole disputes.

    `before` gives, by case, the case before it by number and the withdrawn one it brings again (0: none).
    Cases that aren't registered have no rows.
    """
    shown = [case for case in cases if case.state.visible]
    readings = [Reading(case) for case in shown]
    wide = {reading.case.case_id: case_facts(reading, context) for reading in readings}
    nodes = [_node(case, wide[case.case_id], before, context) for case in shown]
    chains = chain_facts(nodes, context.words)
    narrow = [Narrow(reading, wide[reading.case.case_id], context) for reading in readings]
    return {
        "case": [joined(row, chains[case_id]) for case_id, row in wide.items()],
        "interval": [row for each in narrow for row in each.intervals()],
        "hearing": [row for each in narrow for row in each.hearings()],
        "step": [row for each in narrow for row in each.steps()],
        "link": _links(nodes, wide, context.words),
    }


def _node(
    case: CaseInput, row: Row, before: dict[int, tuple[int, int]], context: FactContext
) -> Node:
    kind = context.case_types.get(case.state.case_type)
    prior, withdrawn = before.get(case.case_id, (0, 0))
    return Node(
        case_id=case.case_id,
        prior_id=prior,
        refiled_from=withdrawn,
        case_type=case.state.case_type,
        family=kind.family if kind else "",
        instance=kind.instance if kind else case.state.instance,
        case_class=kind.case_class if kind else "",
        filed_on=row["filed_on"],
        filed_month=row["filed_month"],
        closed_on=row["closed_on"],
        disposition=context.words.name("结案方式", case.state.disposition),
        review_result=row["review_result"] or 0,
        keys=(case.court_id, row["division"] or 0, row["judge"] or 0),
    )


def _links(nodes: Sequence[Node], wide: dict[int, Row], words: Words) -> list[Row]:
    """Return the rows of table `link`, by the later case."""
    kept = ("case_id", "court", "case_type", "case_class", "instance", "confidentiality")
    return [
        {
            **{column: wide[link.later.case_id][column] for column in kept},
            "prior_id": link.prior.case_id,
            "relation": words.number("关联", link.relation),
            "happened_on": link.later.filed_on,
            "happened_month": link.later.filed_month,
        }
        for link in links_of(nodes)
    ]
