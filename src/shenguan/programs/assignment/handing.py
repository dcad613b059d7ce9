"""交接: all open cases of a judge passed on in one act, with notice to both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from shenguan.base.audit import services as audit
from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.posting import Posting, Subject, post
from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Person
from shenguan.core.ladder import NOTICE
from shenguan.programs.assignment import services
from shenguan.programs.assignment.loads import loads
from shenguan.programs.assignment.models import Draw, Handover
from shenguan.programs.assignment.reach import Reach
from shenguan.programs.assignment.services import Plan, Refused, Said
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

KIND = "案件交接"
STANDS_DAYS = 7


def cases_of(reach: Reach, giver_id: int) -> QuerySet[Case]:
    """Return the open cases of a judge within one's scope, by filing."""
    rows = visible_cases(reach.scope).filter(court=reach.court, undertaker=giver_id, closed_on=None)
    return rows.select_related("division", "clock", "court").order_by("filed_on", "number_key")


def hand_over(
    *,
    key: str,
    reach: Reach,
    giver: Person,
    taker_id: int | None,
    reason: str,
    detail: str,
    seed: str,
    person: Person,
    now: datetime,
) -> Handover:
    """Pass every open case of `giver` on: to one judge, or (None) drawn case by case. All or nothing.

    The events are of today: what was closed before stays with whoever closed it. Raises `Refused`;
    the same `key` again changes nothing.
    """
    done = Handover.objects.filter(key=key, by=person).first()
    if done is not None:
        return done
    on = day_of(now)
    if why := services.why_off(reach.court.pk, on):
        raise Refused(why)
    services.check_reason("交接", reason, detail)
    with transaction.atomic():
        cases = list(cases_of(reach, giver.pk))
        if not cases:
            raise Refused(f"{giver}没有您可以交接的未结案件")
        plans, left = _plans(cases, reach, taker_id, seed, Said(reason, detail), on)
        if not plans:
            raise Refused(f"没有一件可以交接：{left[0]['reason']}")
        made = Handover.objects.create(
            key=key,
            court=reach.court,
            giver=giver,
            on=on,
            reason=reason,
            detail=detail.strip()[:300],
            by=person,
            made_at=now,
            left=left,
        )
        for plan in plans:
            plan.draw.handover = made
        _tell(made, services.commit(plans, person=person, now=now), now)
    return made


def settle(on: date, now: datetime) -> None:
    """End the notices of handovers that are a week old; idempotent."""
    old = Watch.objects.filter(kind=KIND, since__lte=on - timedelta(days=STANDS_DAYS))
    subjects = [Subject(w.subject, [], {KIND}, {KIND}) for w in old.exclude(level="")]
    if subjects:
        post(subjects, on=on, now=now)


def _plans(
    cases: Sequence[Case], reach: Reach, taker_id: int | None, seed: str, said: Said, on: date
) -> tuple[list[Plan], list[dict[str, str]]]:
    """Make the assignments out; a case that nobody may take stays where it is, with the reason."""
    rows = loads(reach, on)
    plans: list[Plan] = []
    left: list[dict[str, str]] = []
    for case in cases:
        try:
            if taker_id is None:
                table = services.table_for(case, reach, on, rows)
                plans.append(services.plan_draw(case, table, seed, said))
            else:
                table = services.whole_table(case, reach, on, rows)
                plans.append(services.plan_choice(case, table, taker_id, said))
        except Refused as refused:
            left.append({"number": case.number, "reason": str(refused)})
    return plans, left


def _tell(handover: Handover, draws: Sequence[Draw], now: datetime) -> None:
    """Leave one notice to the giver and one to each taker, and a row in the audit chain."""
    taken = Counter(draw.chosen_id for draw in draws)
    names = dict(Person.objects.filter(pk__in=taken).values_list("pk", "name"))
    giver = handover.giver
    shares = "、".join(f"{names[pk]}{count}件" for pk, count in taken.items())
    notices = [
        _notice(handover, giver.pk, f"您的{len(draws)}件未结案件已于{handover.on}交接：{shares}"),
        *(
            _notice(handover, pk, f"{giver}的{count}件未结案件已于{handover.on}交接给您")
            for pk, count in taken.items()
        ),
    ]
    post([Subject(f"handover:{handover.pk}", notices, {KIND})], on=handover.on, now=now)
    audit.append(
        chain=handover.court.code,
        actor=str(handover.by),
        action="交接",
        subject=f"第{handover.pk}号 {giver}",
        detail={"cases": len(draws), "to": shares, "reason": handover.reason},
        now=now,
    )


def _notice(handover: Handover, person_id: int, say: str) -> Posting:
    return Posting(
        kind=KIND,
        key=str(person_id),
        court_id=handover.court_id,
        level=NOTICE,
        rung="",
        since=handover.on,
        about=handover.on,
        say=say,
        owner_id=person_id,
        told=lambda: ((person_id,), ()),
    )
