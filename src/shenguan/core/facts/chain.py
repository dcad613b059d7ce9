"""The dispute chain: 一审 → 二审 → 发回 → 再审 → 首次执行 → 恢复执行, walked by the links to the case before.

A chain is a connected set of cases; its number is that of its earliest case. What an upper court decided,
whether enforcement followed, whether a withdrawn suit came again is written onto the case before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shenguan.core.facts.model import Row
from shenguan.core.facts.relation import (
    APPEAL,
    ENFORCED,
    JURISDICTION,
    REFILED,
    REMANDED,
    RESUMED,
    RETRIED,
    REVIEWED,
    RULED_ON,
    relation_of,
)
from shenguan.core.facts.words import Words

_FAR = 1 << 40
_UP = frozenset({APPEAL, JURISDICTION, REVIEWED, RETRIED, "执行复议", "执行监督"})
"""Relations in which the later case judges the earlier one."""

_CREDITED = ("prior_court", "prior_division", "prior_judge")


@dataclass(frozen=True, slots=True)
class Node:
    """A case as the chain sees it. `prior_id` 0: none known. Days are day numbers.

    `refiled_from` is the withdrawn case that this one brings again, 0 for none; a link by number goes
    before it. `keys` are court, division and judge at closing.
    """

    case_id: int
    prior_id: int = 0
    refiled_from: int = 0
    case_type: str = ""
    family: str = ""
    instance: str = ""
    case_class: str = ""
    filed_on: int | None = None
    filed_month: int | None = None
    closed_on: int | None = None
    disposition: str = ""
    review_result: int = 0
    keys: tuple[int, int, int] = (0, 0, 0)

    @property
    def order(self) -> tuple[int, int]:
        """Return what puts the cases of a chain in order: by filing, then by number."""
        return (_FAR if self.filed_on is None else self.filed_on, self.case_id)


@dataclass(frozen=True, slots=True)
class Link:
    """`later` follows `prior` in one dispute."""

    prior: Node
    later: Node
    relation: str


def links_of(nodes: Iterable[Node]) -> list[Link]:
    """Return the links whose two ends are among the nodes, by the later case."""
    known = {node.case_id: node for node in nodes}
    found = []
    for node in sorted(known.values(), key=lambda n: n.case_id):
        prior = known.get(node.prior_id)
        if prior is not None and prior is not node:
            found.append(Link(prior, node, relation_of(prior, node)))
        elif (withdrawn := known.get(node.refiled_from)) is not None and withdrawn is not node:
            found.append(Link(withdrawn, node, REFILED))
    return found


def chain_facts(nodes: Sequence[Node], words: Words) -> dict[int, Row]:
    """Return the chain columns of every node, by case; nodes must hold whole chains."""
    rows = {node.case_id: _alone(node) for node in nodes}
    links = links_of(nodes)
    if not links:
        return rows
    below = {link.later.case_id: link for link in links}
    for link in sorted(links, key=lambda link: link.later.order):
        _write_up(rows[link.later.case_id], link, below, words)
        _write_down(rows, link, below)
    linked = {end.case_id: end for link in links for end in (link.prior, link.later)}
    for members in _components(linked.values(), links):
        _write_chain(rows, members, below)
    return rows


def joined(own: Row, chain: Row) -> Row:
    """Put the chain columns into a case's row and return it.

    Where no appeal is on record but the appeal itself is, the appeal's filing stands for its day.
    """
    own.update(chain)
    if "filed_above" in own:
        above, month = own.pop("filed_above"), own.pop("filed_above_month")
        if own["filed_above_on"] is None:
            own["filed_above_on"] = above
        if own["appealed_on"] is None:
            own["appealed_on"], own["appealed_month"] = above, month
    return own


def _alone(node: Node) -> Row:
    """Return the columns of a case without any other."""
    return {
        "dispute": node.case_id,
        "is_root": True,
        "prior_id": 0,
        "relation": 0,
        "chain_length": 1,
        "chain_trials": int(node.case_class not in {"执行", "诉前调解"}),
        "chain_enforcements": int(node.case_class == "执行"),
        "chain_remands": 0,
        "chain_refilings": 0,
        "appeal_result": 0,
        "retrial_result": 0,
        "was_retried": False,
        "went_to_enforcement": False,
        "was_resumed": False,
        "refiled": False,
    }


def _write_up(row: Row, link: Link, below: Mapping[int, Link], words: Words) -> None:
    """Say on the later case what it follows and, if it judges another's decision, whose."""
    row["prior_id"] = link.prior.case_id
    row["relation"] = words.number("关联", link.relation)
    if link.relation in _UP:
        row |= dict(zip(_CREDITED, judged(link, below).keys, strict=True))


def judged(link: Link, below: Mapping[int, Link]) -> Node:
    """Return the case whose decision is judged: a retrial reaches through its 再审审查."""
    prior, seen = link.prior, {link.later.case_id}
    while prior.instance == "再审审查" and prior.case_id not in seen:
        seen.add(prior.case_id)
        beneath = below.get(prior.case_id)
        if beneath is None:
            break
        prior = beneath.prior
    return prior


def _write_down(rows: Mapping[int, Row], link: Link, below: Mapping[int, Link]) -> None:
    """Say on the earlier case what became of it."""
    later, row = link.later, rows[link.prior.case_id]
    match link.relation:
        case relation if relation == APPEAL:
            _appealed(row, later)
        case relation if relation == REVIEWED:
            rows[judged(link, below).case_id]["retrial_sought"] = True
        case relation if relation == RETRIED:
            target = rows[judged(link, below).case_id]
            target["was_retried"] = True
            target["retrial_result"] = later.review_result or target["retrial_result"]
        case relation if relation == ENFORCED:
            row["went_to_enforcement"] = True
        case relation if relation == RESUMED:
            row["was_resumed"] = True
        case relation if relation == REFILED:
            row["refiled"] = True


def _appealed(row: Row, later: Node) -> None:
    row["was_appealed"] = True
    row["appeal_result"] = later.review_result or row["appeal_result"]
    row.setdefault("filed_above", later.filed_on)
    row.setdefault("filed_above_month", later.filed_month)


def _write_chain(rows: Mapping[int, Row], members: list[Node], below: Mapping[int, Link]) -> None:
    """Put the counts of a chain on its first case."""
    if len(members) < 2:
        return
    root = min(members, key=lambda node: node.order)
    counts = dict.fromkeys(("chain_trials", "chain_enforcements"), 0)
    relations = [below[m.case_id].relation for m in members if m.case_id in below]
    for member in members:
        row = rows[member.case_id]
        for name in counts:
            counts[name] += int(row[name] or 0)
        row |= {**_NOT_FIRST, "dispute": root.case_id}
    rows[root.case_id].update(
        counts,
        is_root=True,
        chain_length=len(members),
        chain_remands=sum(relation in {REMANDED, RULED_ON} for relation in relations),
        chain_refilings=relations.count(REFILED),
    )


_NOT_FIRST: Row = {
    "is_root": False,
    "chain_length": 0,
    "chain_trials": 0,
    "chain_enforcements": 0,
    "chain_remands": 0,
    "chain_refilings": 0,
}


def _components(nodes: Iterable[Node], links: Iterable[Link]) -> Iterable[list[Node]]:
    """Return the chains, each as its nodes."""
    nodes = list(nodes)
    leader = {node.case_id: node.case_id for node in nodes}

    def find(case_id: int) -> int:
        while leader[case_id] != case_id:
            leader[case_id] = leader[leader[case_id]]
            case_id = leader[case_id]
        return case_id

    for link in links:
        leader[find(link.later.case_id)] = find(link.prior.case_id)
    members: dict[int, list[Node]] = {}
    for node in nodes:
        members.setdefault(find(node.case_id), []).append(node)
    return members.values()
