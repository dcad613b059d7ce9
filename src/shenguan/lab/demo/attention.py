"""What has been done with the warnings of the demo city: answers, disputed data, orders, measures in force."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from shenguan.base.inbox import directing, orders, services
from shenguan.base.inbox.models import Answer, Order, Watch
from shenguan.base.inbox.roster import Place
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record

ANSWERS = (
    ("办理中", "已排期，下周开庭。"),
    ("办理中", "正在合议。"),
    ("数据有误", "庭审已经进行，开庭日期漏登。"),
    ("已办", "已完成，待书记员登记。"),
)
ORDERS = (
    "请于两周内排期开庭并报时间表",
    "请核查扣除事由，事由消除的及时恢复",
    "请庭长督促，本月内办结",
)
ACTOR = "示范数据"


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Answer every third urgent warning, raise three orders a court, report and close some; add measures."""
    if Answer.objects.exists():
        return "预警督办：已有，不再生成"
    drawn = random.Random(f"attention-{seed}")  # nosec B311 - invented records
    answered = _answer(on, now, drawn)
    raised = sum(_direct(court, on, now, drawn) for court in Court.objects.order_by("order")[:4])
    settled = _settle(on)
    measures = _measures(on, now)
    return f"预警督办：答复{answered}条，交办{raised}件，销号{settled}份，措施{measures}项"


def _answer(on: date, now: datetime, drawn: random.Random) -> int:
    rows = Watch.objects.filter(silenced=False, owner__isnull=False).exclude(level="")
    chosen = list(rows.exclude(kind="not_published").select_related("owner").order_by("pk"))[::3]
    for watch in chosen:
        choice, text = drawn.choice(ANSWERS)
        assert watch.owner is not None
        services.answer(watch=watch, choice=choice, text=text, actor=watch.owner, on=on, now=now)
    return len(chosen)


def _direct(court: Court, on: date, now: datetime, drawn: random.Random) -> int:
    office = _holder(court, "审管办主任")
    pending = Case.objects.filter(
        court=court, visible=True, closed_on=None, undertaker__isnull=False
    )
    if office is None:
        return 0
    made = 0
    for number, case in enumerate(pending.order_by("filed_on", "pk")[:3]):
        place = Place(court.pk, case.division_id, case.undertaker_id)
        target = directing.Target(f"case:{case.pk}", place, case.confidentiality, case.number)
        level = ("督办", "催办", "督办")[number]
        try:
            directing.direct(
                target=target, level=level, text=drawn.choice(ORDERS), actor=office, on=on, now=now,
                due=on + timedelta(days=7 + 7 * number),
            )  # fmt: skip
        except ValueError:
            continue  # the ladder has raised an order on this case already
        made += 1
    return made


def _settle(on: date) -> int:
    """Report on every other order and close every other of those."""
    closed = 0
    for number, order in enumerate(
        Order.objects.select_related("owner", "court").order_by("pk")[::2]
    ):
        if order.owner is None or order.reported_on:
            continue
        orders.report(order, result="已约期开庭，时间表附后。", actor=order.owner, on=on)
        office = _holder(order.court, "审管办主任")
        if number % 2 and office is not None and office.pk != order.owner_id:
            orders.close(order, actor=office, on=on)
            closed += 1
    return closed


def _measures(on: date, now: datetime) -> int:
    """Put bail on some defendants and seals on some property, a few of them close to their last day."""
    events: list[NewEvent] = []
    pending = Case.objects.filter(visible=True, closed_on=None, filed_on__isnull=False).order_by(
        "pk"
    )
    for number, case in enumerate(pending.filter(case_type="刑初")[:6]):
        assert case.filed_on is not None
        payload = {"whom": "示范被告人甲", "measure": ("取保候审", "羁押", "监视居住")[number % 3]}
        events.append(NewEvent(case.pk, "强制措施", case.filed_on, payload, source=ACTOR))
    for number, case in enumerate(pending.filter(case_type="民初")[:10]):
        assert case.filed_on is not None
        until = on + timedelta(days=(5, 12, 40, 90, 200)[number % 5])
        payload = {
            "whom": f"尾号{1000 + number}账户",
            "measure": "冻结存款",
            "until": until.isoformat(),
        }
        events.append(NewEvent(case.pk, "保全措施", case.filed_on, payload, source=ACTOR))
    if events:
        record(events, actor=ACTOR, now=now)
    return len(events)


def _holder(court: Court, post: str) -> Person | None:
    held = Appointment.objects.filter(court=court, post=post).select_related("person")
    found = held.order_by("pk").first()
    return found.person if found else None
