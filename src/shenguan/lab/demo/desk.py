"""Instructions that presidents and chiefs of the demo city have given, and what became of them."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from shenguan.base.inbox import selectors as inbox
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.base.org.scope import Scope
from shenguan.programs.desk import instructions
from shenguan.programs.desk.models import Instruction
from shenguan.spine.cases.models import Case

ABOUT_CASES = (
    "请承办庭室说明长期没有办理动态的原因，列出下一步时间安排，两周内反馈。",
    "审限届满在即，请庭长督促排期，确有延长必要的依法及时报批。",
    "请核查扣除事由是否已经消除，应恢复计算审限的及时恢复。",
)
ABOUT_WORK = (
    "请汇总本庭未结案件台账，逐案列明卡点和时间表。",
    "请牵头梳理送达难问题，提出集中送达的安排。",
    "请对本月归档情况作一次清理，月底前清零逾期未归档案件。",
    "请准备下季度数据会商材料，重点说明审理天数变化的原因。",
)
RESULTS = ("已逐案核查并列出时间表，附后。", "已完成，无遗留。", "已与承办人谈话，案件已排期开庭。")


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Give instructions in the first three courts as of the days before `on`; answer some, close some."""
    if Instruction.objects.exists():
        return "批示交办：已有，不再生成"
    drawn = random.Random(f"desk-{seed}")  # nosec B311 - invented records
    made = 0
    for court in Court.objects.filter(code__startswith="示").order_by("order")[:3]:
        for post, count in (("院长", 5), ("庭长", 2)):
            giver = _holder(court, post)
            owners = _owners(court, giver)
            if giver is None or not owners:
                continue
            for number in range(count):
                _one(court, giver, owners, number, on, now, drawn)
                made += 1
    return f"批示交办：{made}件"


def _holder(court: Court, post: str) -> Person | None:
    found = (
        Appointment.objects.filter(court=court, post=post)
        .select_related("person")
        .order_by("pk")
        .first()
    )
    return found.person if found else None


def _owners(court: Court, giver: Person | None) -> list[Person]:
    """Return the chiefs and judges of a court, but for the giver."""
    rows = Appointment.objects.filter(court=court, post__in=("庭长", "法官", "执行局局长"))
    people = {row.person_id: row.person for row in rows.select_related("person").order_by("pk")}
    return [person for person in people.values() if giver and person.pk != giver.pk]


def _one(
    court: Court,
    giver: Person,
    owners: list[Person],
    number: int,
    on: date,
    now: datetime,
    drawn: random.Random,
) -> None:
    """Give one instruction some days ago; the first are answered and closed, the next answered, others open."""
    ago = 25 - 5 * number
    day, moment = on - timedelta(days=ago), now - timedelta(days=ago)
    case = _urgent_case(court, number) if number % 2 else None
    owner = (
        case.undertaker
        if case and case.undertaker_id not in {None, giver.pk}
        else drawn.choice(owners)
    )
    assert owner is not None
    made = instructions.give(
        actor=giver,
        owner=owner,
        text=drawn.choice(ABOUT_CASES if case else ABOUT_WORK),
        due_on=day + timedelta(days=14),
        on=day,
        now=moment,
        case=case,
    )
    if number < 2:
        _answered(
            made,
            drawn.choice(RESULTS),
            on - timedelta(days=2),
            now - timedelta(days=2),
            number == 0,
        )
    instructions.bring_up([made], on=on, now=now)


def _answered(made: Instruction, result: str, on: date, now: datetime, is_accepted: bool) -> None:
    instructions.report(instruction=made, result=result, actor=made.owner, on=on, now=now)
    if is_accepted:
        instructions.accept(instruction=made, actor=made.giver, on=on, now=now)


def _urgent_case(court: Court, number: int) -> Case | None:
    """Return a case of the court on which a warning of the highest level stands."""
    rows = inbox.standing(Scope.everything("演示")).filter(
        court=court, level="督办", subject__startswith="case:"
    )
    ids = [pk for watch in rows.order_by("since", "pk") if (pk := watch.case_id)]
    return (
        Case.objects.select_related("undertaker").filter(pk=ids[number % len(ids)]).first()
        if ids
        else None
    )
