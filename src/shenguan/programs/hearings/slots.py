"""Hearings as conflicts see them: who sits, who acts, in which room; and the sentence of a conflict.

Conflicts are looked for whatever the scope; what a person isn't shown is left out of the sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from shenguan.programs.hearings.clashing import Clash, Slot
from shenguan.programs.hearings.models import Hearing
from shenguan.spine.cases.models import Party, Seat


def neighbours(courts: Iterable[int], days: Iterable[date]) -> list[Hearing]:
    """Return every hearing of these courts and days that stands, whatever the scope."""
    rows = Hearing.objects.filter(court__in=set(courts), on__in=set(days))
    standing = rows.exclude(state=Hearing.State.ADJOURNED).filter(case__visible=True)
    return list(standing.select_related("case"))


def slots_of(rows: Sequence[Hearing]) -> list[Slot]:
    """Return hearings as conflicts see them."""
    people, agents = people_of({row.case_id for row in rows}), agents_of({r.case_id for r in rows})
    return [
        Slot(
            row.pk,
            row.case_id,
            row.court_id,
            row.on,
            row.starts,
            row.ends,
            row.room,
            frozenset(filter(None, {*people[row.case_id], row.case.undertaker_name})),
            agents[row.case_id],
        )
        for row in rows
    ]


def people_of(case_ids: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """Return who sits in each case, beside the undertaker."""
    found: dict[int, set[str]] = defaultdict(set)
    seats = Seat.objects.filter(case__in=set(case_ids)).values_list("case", "person__name")
    for case_id, name in seats:
        found[case_id].add(name)
    return defaultdict(frozenset, {pk: frozenset(names) for pk, names in found.items()})


def agents_of(case_ids: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """Return the agents of the parties of each case by name."""
    found: dict[int, set[str]] = defaultdict(set)
    for case_id, agents in Party.objects.filter(case__in=set(case_ids)).values_list(
        "case", "agents"
    ):
        found[case_id].update(agent.get("name") or "" for agent in agents)
    return defaultdict(frozenset, {pk: frozenset(names - {""}) for pk, names in found.items()})


def sentences(found: Iterable[Clash], names: Mapping[int, str]) -> tuple[str, ...]:
    """Say what clashes, one sentence for each other hearing: its hours, its number, what is shared."""
    shared: dict[int, list[Clash]] = defaultdict(list)
    for clash in found:
        shared[clash.other.key].append(clash)
    return tuple(_sentence(clashes, names[clashes[0].other.case_id]) for clashes in shared.values())


def _sentence(found: Sequence[Clash], number: str) -> str:
    other = found[0].other
    hours = f"{other.starts:%H:%M}" if other.starts else "时刻未登记"
    if other.starts and other.ends:
        hours += f"至{other.ends:%H:%M}"
    by: dict[str, list[str]] = defaultdict(list)
    for clash in found:
        by[clash.kind].append(clash.name)
    things = "；".join(f"{kind} {'、'.join(sorted(set(by[kind])))}" for kind in by)
    return f"{number}（{hours}）：{things}"
