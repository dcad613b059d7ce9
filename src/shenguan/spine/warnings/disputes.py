"""Disputes that go round, and suits withdrawn and brought again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from shenguan.core.facts.chain import Node, links_of
from shenguan.core.facts.refiling import WITHIN, Suit, refilings
from shenguan.core.facts.relation import REFILED, REMANDED, RULED_ON, WITHDRAWN
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.models import Case
from shenguan.spine.facts.linking import party_marks
from shenguan.spine.warnings.models import CaseCheck

_UNCOUNTED = frozenset({"诉前调解"})


@dataclass(frozen=True, slots=True)
class Head:
    """The latest open case of a dispute and what its chain comes to."""

    case_id: int
    chain: dict[str, Any]


def refiled_among(case_ids: Collection[int], rulebook: Rulebook) -> dict[int, str]:
    """Return, by the case filed again, the number of the withdrawn one it brings again."""
    first = [code for code, kind in rulebook.codes.case_types.items() if kind.instance == "一审"]
    filed = Case.objects.filter(
        pk__in=case_ids, prior=None, case_type__in=first, filed_on__isnull=False
    ).order_by()
    new = list(filed.values_list("pk", "court_id", "cause", "filed_on"))
    if not new:
        return {}
    days = [row[3] for row in new if row[3]]
    gone = Case.objects.filter(
        court__in={row[1] for row in new},
        cause__in={row[2] for row in new},
        case_type__in=first,
        disposition__in=WITHDRAWN | {"撤诉"},
        closed_on__range=(min(days) - WITHIN, max(days)),
    ).order_by("pk")
    old = list(gone.values_list("pk", "court_id", "cause", "closed_on", "number"))
    if not old:
        return {}
    marks = party_marks([*(row[0] for row in new), *(row[0] for row in old)])
    suits = [[_suit(row, marks) for row in rows] for rows in (old, new)]
    numbers = {row[0]: row[4] for row in old}
    return {pk: numbers[before] for pk, before in refilings(*suits).items()}


def _suit(row: tuple[Any, ...], marks: Mapping[int, int]) -> Suit:
    return Suit(row[0], row[1], row[2], marks.get(row[0], 0), row[3])


def heads_of(case_ids: Collection[int], rulebook: Rulebook, on: date) -> list[Head]:
    """Return the disputes these cases belong to, each by its latest case open on a day.

    Cases filed after the day don't count. Disputes without an open case have no head.
    """
    members = _members(case_ids, on)
    if not members:
        return []
    nodes = {row["pk"]: _node(row, rulebook) for row in members.values()}
    again = CaseCheck.objects.filter(case__in=nodes).exclude(refiled="")
    refiled = set(again.values_list("case_id", flat=True))
    links = links_of(nodes.values())
    heads = []
    for group in _groups(nodes, [(link.prior.case_id, link.later.case_id) for link in links]):
        relations = [link.relation for link in links if link.later.case_id in group]
        open_ones = [pk for pk in group if _is_open(members[pk], on)]
        if open_ones and (len(group) > 1 or group & refiled):
            counted = [pk for pk in group if nodes[pk].case_class not in _UNCOUNTED]
            latest = max(open_ones, key=lambda pk: (members[pk]["filed_on"], pk))
            again_in = len(refiled & group) or relations.count(REFILED)
            heads.append(Head(latest, _chain(members, counted, relations, again_in)))
    return heads


def _chain(
    members: Mapping[int, Mapping[str, Any]], counted: list[int], relations: list[str], again: int
) -> dict[str, Any]:
    return {
        "since": max(members[pk]["filed_on"] for pk in members if pk in counted).isoformat(),
        "length": len(counted),
        "remands": sum(relation in {REMANDED, RULED_ON} for relation in relations),
        "refilings": again,
    }


_COLUMNS = (
    "pk", "prior_id", "filed_on", "closed_on", "case_type", "case_class", "instance", "disposition",
)  # fmt: skip


def _members(case_ids: Collection[int], on: date) -> dict[int, dict[str, Any]]:
    """Return the cases linked with these by number, by id, filed by the day."""
    found: dict[int, dict[str, Any]] = {}
    asked: set[int] = set()
    frontier = _linked(case_ids)
    while frontier:
        asked |= frontier
        touching = Q(pk__in=frontier) | Q(prior__in=frontier)
        rows = Case.objects.filter(touching, visible=True, filed_on__lte=on).order_by("pk")
        new = {row["pk"]: row for row in rows.values(*_COLUMNS)}
        found |= new
        reached = {pk for row in new.values() for pk in (row["pk"], row["prior_id"]) if pk}
        frontier = reached - asked
    return found


def _linked(case_ids: Collection[int]) -> set[int]:
    """Return those of the cases that follow another, or are followed."""
    pairs = Case.objects.filter(Q(pk__in=case_ids) | Q(prior__in=case_ids), prior__isnull=False)
    linked = {pk for pair in pairs.order_by().values_list("pk", "prior_id") for pk in pair if pk}
    again = CaseCheck.objects.filter(case__in=case_ids).exclude(refiled="")
    return linked | set(again.values_list("case_id", flat=True))


def _node(row: Mapping[str, Any], rulebook: Rulebook) -> Node:
    kind = rulebook.codes.case_types.get(row["case_type"])
    return Node(
        case_id=row["pk"],
        prior_id=row["prior_id"] or 0,
        case_type=row["case_type"],
        family=kind.family if kind else "",
        instance=row["instance"],
        case_class=row["case_class"],
        disposition=row["disposition"],
    )


def _is_open(row: Mapping[str, Any], on: date) -> bool:
    return row["closed_on"] is None or bool(row["closed_on"] > on)


def _groups(nodes: Iterable[int], pairs: Iterable[tuple[int, int]]) -> Iterable[set[int]]:
    """Return the connected sets of cases."""
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    seen: set[int] = set()
    for start in nodes:
        group: set[int] = set()
        frontier = {start} - seen
        while frontier:
            group |= frontier
            frontier = {b for a in frontier for b in near[a]} - group
        seen |= group
        if group:
            yield group
