"""From a plan to cases under review: plan, draw once, replay for ever, give out to reviewers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import setting
from shenguan.base.org.models import Court, Person
from shenguan.base.org.scope import Scope
from shenguan.core.sampling import METHOD, Frame, digest_of, share, spread
from shenguan.programs.casereview import clocks
from shenguan.programs.casereview.frame import (
    design_of,
    drawn_frame,
    frame_of,
    percent,
    rows_of,
)
from shenguan.programs.casereview.models import Draw, Item, Plan, Sheet
from shenguan.programs.casereview.reviewers import Pool, able, pool_of, possible
from shenguan.rulebook import load
from shenguan.rulebook.loaders.casereview import USUAL_GRADES
from shenguan.spine.cases.identities import number_key
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record

GRADES = "评查.等次"
DELEGATED, MOST_NUMBERS = "delegated", 2000
_ALL = "全案"


class Refused(ValueError):  # noqa: N818 - it names the state of the matter, not a bug
    """An act that can't be done now, told to the person in Chinese."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan is made of; None stands for what is usual for its kind."""

    name: str
    kind: str
    topic: str = _ALL
    wanted: Mapping[str, Any] = field(default_factory=dict)
    strata: Sequence[str] = ()
    rate: Decimal | None = None
    rates: Mapping[str, str] = field(default_factory=dict)
    minimum: int | None = None
    second: int | None = None
    reviewers: Sequence[int] = ()


@transaction.atomic
def make_plan(court: Court, what: Planned, *, person: Person, now: datetime) -> Plan:
    """Write a plan down. Raises `Refused` naming what is wrong."""
    rules = load().casereview
    kind = rules.plans.get(what.kind)
    if kind is None or not what.name.strip():
        raise Refused("评查方案：请写明名称和种类")
    if what.topic not in rules.topics:
        raise Refused("评查方案：没有这一内容的评查表")
    rate = Decimal(kind.rate) if what.rate is None else what.rate
    second = kind.second if what.second is None else what.second
    minimum = kind.minimum if what.minimum is None else what.minimum
    people = set(possible(court.pk, day_of(now)).values_list("pk", flat=True))
    if set(what.reviewers) - people:
        raise Refused("评查方案：所选评查人员不在可以评查的职务上")
    if not 0 < rate <= 100 or not 0 <= second <= 100 or not 0 <= minimum <= 1000:
        raise Refused("评查方案：比例应在0到100之间，最少件数不能是负数")
    plan = Plan.objects.create(
        court=court, name=what.name.strip()[:80], kind=kind.id, topic=what.topic,
        wanted=_conditions(what.wanted, day_of(now)), strata=[s for s in what.strata if s in rules.lists["strata"]],
        rate=rate, rates=dict(what.rates), minimum=minimum, second=second,
        grades=str(setting(court, GRADES, day_of(now), USUAL_GRADES)),
        reviewers=list(what.reviewers), made_by=person, made_at=now,
    )  # fmt: skip
    _audit(plan, person, "评查：拟定方案", now, {"wanted": plan.wanted, "rate": str(rate)})
    return plan


def _conditions(given: Mapping[str, Any], on: date) -> dict[str, object]:
    """Return the conditions as they are kept: known targets, numbers as keys; without numbers none delegated."""
    numbers = list(dict.fromkeys(number_key(one) for one in given.get("numbers", ())))
    if len(numbers) > MOST_NUMBERS:
        raise Refused(f"评查方案：名单{len(numbers)}件，一个方案最多列{MOST_NUMBERS}件")
    targets = list(given.get("targets", ()))
    if set(targets) - load().casereview.codes.offered("targets", on).keys():
        raise Refused("评查方案：重点对象不在可选范围内")
    if not numbers:
        targets = [one for one in targets if one != DELEGATED]
    kept = {**given, "targets": targets, "numbers": numbers}
    return {name: value for name, value in kept.items() if value}


def prepared(scope: Scope, plan: Plan) -> Frame:
    """Return the frame as it stands now, to be looked at and tried out before drawing."""
    return frame_of(rows_of(scope, plan), design_of(plan))


def set_rates(plan: Plan, rates: Mapping[str, str], *, person: Person, now: datetime) -> Plan:
    """Give cells of a plan not yet drawn a rate of their own (percent); a blank one has the plan's."""
    kept = {cell: value.strip() for cell, value in rates.items() if value.strip()}
    for cell, value in kept.items():
        try:
            right = 0 < Decimal(value) <= 100
        except InvalidOperation:
            right = False
        if not right:
            raise Refused(f"“{cell or _ALL}”的比例应大于0、不超过100")
    waiting = Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT)
    if waiting.update(rates=kept) != 1:
        raise Refused("方案已经抽取，比例不能再改")
    plan.refresh_from_db()
    _audit(plan, person, "评查：各层比例", now, {"rates": kept})
    return plan


@transaction.atomic
def draw(
    scope: Scope, plan: Plan, seed: str, *, person: Person | None, now: datetime, give: bool = True
) -> Draw:
    """Draw a plan, once and for ever, and (`give`) give the cases out at once. Raises `Refused`."""
    seed = seed.strip()
    if not seed or len(seed) > 64:
        raise Refused("请填写种子：1至64个字（例如当众抽出的数字）")
    if seed.startswith("模拟"):
        raise Refused("以“模拟”开头的种子只供试抽")
    if (
        Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT).update(state=Plan.State.RUNNING)
        != 1
    ):
        raise Refused("方案已经抽取；抽取只做一次，可以重放核对")
    rows = rows_of(scope, plan)
    if not rows:
        raise Refused("评查范围内没有案件")
    frame = frame_of(rows, design_of(plan))
    drawn = frame.draw(seed)
    made = Draw.objects.create(
        plan=plan, method=METHOD, seed=seed, frame=[list(row) for row in rows],
        rate=str(frame.design.rate), minimum=plan.minimum,
        rates={cell: str(percent(value)) for cell, value in plan.rates.items()},
        frame_digest=frame.digest, result_digest=digest_of(drawn), size=len(rows),
        taken=len(drawn), drawn_by=person, drawn_at=now,
    )  # fmt: skip
    plan.refresh_from_db()
    _put_under_review(plan, frame, drawn, rows, now)
    who = str(person) if person else scope.actor
    events = [
        NewEvent(item.case_id, "评查抽取", day_of(now), {"plan": plan.pk, "kind": _kind(plan)})
        for item in plan.items.all()
    ]
    record(events, actor=who, now=now)
    detail = {"seed": seed, "frame": made.frame_digest, "result": made.result_digest}
    _audit(plan, who, "评查：抽取", now, detail | {"size": made.size, "taken": made.taken})
    if give:
        give_out(plan, now=now)
    return made


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay beside what was kept: the list again, the result again, and whether both are the same."""

    frame: Frame
    drawn: tuple[str, ...]
    same_frame: bool
    same_result: bool
    same_items: bool

    @property
    def same(self) -> bool:
        """Whether everything is the same, bit for bit."""
        return self.same_frame and self.same_result and self.same_items


def replay(made: Draw) -> Replayed:
    """Draw again from the kept list and seed alone, and compare with digests and cases under review."""
    frame = drawn_frame(made)
    drawn = frame.draw(made.seed)
    kept = set(made.plan.items.values_list("case__number", flat=True))
    return Replayed(
        frame,
        drawn,
        frame.digest == made.frame_digest,
        digest_of(drawn) == made.result_digest,
        kept == set(drawn),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who would review which waiting case, the first and perhaps a second: by case id as text."""

    items: Mapping[str, Item]
    pool: Pool
    first: Mapping[str, str]
    second: Mapping[str, str]

    def rows(self) -> list[tuple[Item, Person | None, Person | None]]:
        """Return each waiting case with both, None where nobody may review it or none is wanted."""
        return [
            (i, self._who(self.first, k), self._who(self.second, k)) for k, i in self.items.items()
        ]

    def loads(self) -> list[tuple[Person, int]]:
        """Return how many sheets each person would get, in the order of the pool."""
        given = Counter([*self.first.values(), *self.second.values()])
        return [(one, given[str(pk)]) for pk, one in self.pool.people.items()]

    def _who(self, given: Mapping[str, str], key: str) -> Person | None:
        return self.pool.people[int(given[key])] if key in given else None


def proposed(plan: Plan, *, on: date) -> Proposal:
    """Return how the waiting cases would be given out on a day: the same each time, by the seed."""
    waiting = plan.items.filter(state=Item.State.UNASSIGNED).select_related(
        "case__division", "case__team"
    )
    items = {str(item.case_id): item for item in waiting}
    pool, seed = pool_of(plan, on), f"{plan.drawn.seed}|{plan.pk}"
    people = {
        str(pk): [str(one) for one in found]
        for pk, found in able(pool, [item.case for item in items.values()]).items()
    }
    first = spread(items, people, seed)
    twice = set(share(sorted(first), percent(plan.second), seed)) if first else set()
    left = {key: [one for one in people[key] if one != first[key]] for key in twice}
    return Proposal(items, pool, first, spread(twice, left, f"{seed}|二"))


@transaction.atomic
def give_out(plan: Plan, *, now: datetime) -> int:
    """Give cases without a reviewer to those who may review them; returns how many were given out."""
    made = proposed(plan, on=day_of(now))
    _write_sheets(made.items, ((made.first, False), (made.second, True)), made.pool, now)
    return len(made.first)


def _write_sheets(
    items: Mapping[str, Item],
    rounds: Iterable[tuple[Mapping[str, str], bool]],
    pool: Pool,
    now: datetime,
) -> None:
    on = day_of(now)
    given: set[str] = set()
    for people, is_second in rounds:
        given |= people.keys()
        Sheet.objects.bulk_create(
            Sheet(item=items[key], reviewer=pool.people[int(one)], second=is_second, given_on=on)
            for key, one in people.items()
        )
    moved = [items[key].pk for key in given]
    Item.objects.filter(pk__in=moved).update(state=Item.State.SCORING, since=on)
    clocks.bring_items(Item.objects.filter(pk__in=moved), now=now)


def _put_under_review(
    plan: Plan, frame: Frame, drawn: Sequence[str], rows: Iterable[tuple[str, str, str, int]],
    now: datetime,
) -> None:  # fmt: skip
    rules = load().casereview
    ids = {number: pk for number, _cell, _judge, pk in rows}
    taken = Case.objects.filter(pk__in=[ids[n] for n in drawn])
    cases = {
        pk: (kind, judge) for pk, kind, judge in taken.values_list("pk", "case_class", "undertaker")
    }
    made = []
    for unit in frame.units:
        kind, judge = cases.get(ids[unit.key], ("", None))
        sheet = rules.sheet_for(kind, plan.topic)
        if sheet is not None:
            made.append(
                Item(plan=plan, case_id=ids[unit.key], judge_id=judge, cell=unit.cell,
                     chance=str(frame.chance(unit)), sheet=sheet.id,
                     state=Item.State.UNASSIGNED, since=day_of(now))
            )  # fmt: skip
    Item.objects.bulk_create(made)


def _kind(plan: Plan) -> str:
    return load().casereview.plans[plan.kind].name


def _audit(
    plan: Plan, who: Person | str, action: str, now: datetime, detail: Mapping[str, object]
) -> None:
    audit.append(
        chain=plan.court.code, actor=str(who), action=action, subject=plan.name,
        detail={"plan": plan.pk, **detail}, now=now,
    )  # fmt: skip
