"""What keeps a judge out of a case: an earlier stage of it, a decided recusal, a relative in it, an absence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shenguan.base.org.jurisdiction import in_force
from shenguan.core.casefold import live
from shenguan.programs.assignment.models import Away, Relative
from shenguan.programs.assignment.reach import Judge
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case, Party, Seat

LONGEST_CHAIN = 10
AGREED = "同意回避"


@dataclass(frozen=True, slots=True)
class Barred:
    """One judge left out: `bars` even a choice, else only the draw (an absence)."""

    person_id: int
    name: str
    reason: str
    bars: bool = True


def barred(case: Case, judges: Iterable[Judge], on: date) -> list[Barred]:
    """Return who of these must not (or for now does not) get the case, each ground of theirs once."""
    people = {judge.person_id: judge for judge in judges}
    found = [*_prior(case, people), *_decided(case, people), *_related(case, people, on)]
    away = Away.objects.filter(in_force(on), person__in=people)
    gone = [
        Barred(a.person_id, people[a.person_id].name, f"暂停分案：{a.reason}", bars=False)
        for a in away
    ]
    return [*found, *gone]


def _prior(case: Case, people: Mapping[int, Judge]) -> Iterator[Barred]:
    """Whoever took part in an earlier trial stage of the dispute in this court stays out of a later one."""
    rules, ground = load().assignment, load().assignment.recusal["prior"]
    if case.instance not in rules.trial_instances:
        return
    earlier = _earlier(case)
    seats = Seat.objects.filter(case__in=[one.pk for one in earlier], person__in=people)
    sat = {(seat.case_id, seat.person_id) for seat in seats}
    for one in earlier:
        if one.court_id != case.court_id or one.instance not in rules.trial_instances:
            continue
        for person_id, judge in people.items():
            if one.undertaker_id == person_id or (one.pk, person_id) in sat:
                yield Barred(person_id, judge.name, f"{ground.name}：{one.number}（{ground.law}）")


def _earlier(case: Case) -> list[Case]:
    found: list[Case] = []
    current = case
    while current.prior_id and len(found) < LONGEST_CHAIN:
        above = Case.objects.filter(pk=current.prior_id).first()
        if above is None or above in found:
            break
        found.append(above)
        current = above
    return found


def _decided(case: Case, people: Mapping[int, Judge]) -> Iterator[Barred]:
    ground = load().assignment.recusal["decided"]
    (history,) = log.read([case.pk])
    named = {
        event.payload.get("person"): event.occurred_on
        for event in live(history.events)
        if event.kind == "回避决定" and event.payload.get("result") == AGREED
    }
    for person_id, judge in people.items():
        if judge.name in named:
            day = named[judge.name]
            yield Barred(person_id, judge.name, f"{ground.name}（{day}；{ground.law}）")


def related(cases: Sequence[Case], people: Collection[int], on: date) -> dict[int, set[int]]:
    """Return, by case, who of these people has a relative among its parties and agents."""
    known = list(_relatives(people, on))
    kept: dict[int, set[int]] = defaultdict(set)
    for party in Party.objects.filter(case__in=cases) if known else ():
        names = {party.name, *(agent.get("name", "") for agent in party.agents)}
        kept[party.case_id] |= {row.person_id for row in known if row.name in names}
    return kept


def _relatives(people: Collection[int], on: date) -> QuerySet[Relative]:
    return Relative.objects.filter(Q(person__in=list(people)) & in_force(on)).exclude(name="")


def _related(case: Case, people: Mapping[int, Judge], on: date) -> Iterator[Barred]:
    ground = load().assignment.recusal["relative"]
    names: dict[str, str] = {}
    for party in Party.objects.filter(case=case):
        names[party.name] = party.role or "当事人"
        names |= {agent.get("name", ""): "代理人" for agent in party.agents}
    for row in _relatives(people, on).filter(name__in=set(names)):
        who = people[row.person_id].name
        said = f"{ground.name}：{names[row.name]}系其{row.relation}（{ground.law}）"
        yield Barred(row.person_id, who, said)
