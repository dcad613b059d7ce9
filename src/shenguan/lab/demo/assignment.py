"""Assignments of the demo city: drawn, chosen with a reason, one judge's cases handed over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from shenguan.base.accounts.models import Account
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.base.org.scoping import scope_of
from shenguan.lab.demo.registering import holder
from shenguan.programs.assignment import handing, registers, selectors, services
from shenguan.programs.assignment.loads import loads
from shenguan.programs.assignment.models import Draw
from shenguan.programs.assignment.reach import Reach, reach_of
from shenguan.programs.assignment.services import Choice, Refused
from shenguan.rulebook import load


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Draw some waiting cases of the first court, choose one, hand one judge's cases over."""
    if Draw.objects.exists():
        return "分案：已有，不再生成"
    court = Court.objects.filter(code__startswith="示").order_by("order").first()
    if court is None or services.why_off(court.pk, on):
        return "分案：没有在审管登记的法院"
    done = _assign(holder(court, "立案庭工作人员"), on, now, seed)
    chiefs = Appointment.objects.filter(court=court, post="庭长").select_related("person__court")
    handed = next(
        filter(None, (_hand_over(row.person, on, now, seed) for row in chiefs.order_by("pk"))), 0
    )
    return f"分案：随机、指定{done}件，交接{handed}件"


def reach_for(person: Person, on: date) -> Reach | None:
    """Return what someone of the demo city may assign."""
    return reach_of(person, scope_of(person, load().posts, on), on)


def _assign(filing: Person, on: date, now: datetime, seed: int) -> int:
    reach = reach_for(filing, on)
    if reach is None:
        return 0
    judges = [row.judge for row in loads(reach, on) if row.judge.drawn]
    if judges:
        data = {"person": str(judges[-1].person_id), "name": "律师甲1", "relation": "配偶"}
        registers.note_relative(data, actor=filing, now=now)
        away = {"person": str(judges[0].person_id), "reason": "学习培训", "valid_from": on}
        registers.note_absence({**away, "valid_to": on + timedelta(days=40)}, actor=filing, now=now)
    waiting = list(selectors.waiting(reach.scope, reach.court).select_related("court"))
    drawn = waiting[: max(len(waiting) - 2, 0)]
    for case in drawn[1:]:
        seeded = f"demo-{seed}-{case.pk}"
        services.assign_by_draw(case, reach, seed=seeded, person=filing, now=now)
    if drawn and len(judges) > 1:
        choice = Choice(judges[1].person_id, "A1")
        services.assign_by_choice(drawn[0], reach, choice, person=filing, now=now)
    return len(drawn)


def _hand_over(chief: Person, on: date, now: datetime, seed: int) -> int:
    """Let the judge with fewest open cases in the chief's division move on; nobody with a demo account."""
    reach = reach_for(chief, on)
    if reach is None:
        return 0
    known = set(Account.objects.values_list("person", flat=True))
    rows = [row for row in loads(reach, on) if row.judge.drawn and row.pending]
    givers = [row for row in rows if row.judge.person_id not in known]
    if len(rows) < 2 or not givers:
        return 0
    giver = min(givers, key=lambda row: (row.pending, row.judge.person_id))
    try:
        made = handing.hand_over(
            key="demo",
            reach=reach,
            giver=Person.objects.get(pk=giver.judge.person_id),
            taker_id=None,
            reason="C1",
            detail="",
            seed=f"demo-{seed}",
            person=chief,
            now=now,
        )
    except Refused:
        return 0
    return made.draws.count()
