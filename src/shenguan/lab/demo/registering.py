"""A court of the demo city that registers here: new cases, services in vain, fifty services at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.registering import bulk, modes, services
from shenguan.programs.registering.models import Act
from shenguan.programs.registering.services import Entry, NewCase
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case

BASIS = "示范市中级人民法院会议纪要（演示）"
FIRST_SERIAL = 9001
CAUSES = (
    "买卖合同纠纷",
    "民间借贷纠纷",
    "物业服务合同纠纷",
    "建设工程施工合同纠纷",
    "劳动争议",
    "离婚纠纷",
)


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Let the intermediate court register here and the first basic court stay 只读; register some of each."""
    if Act.objects.exists():
        return "登记：已有，不再生成"
    courts = list(Court.objects.filter(code__startswith="示").order_by("order")[:2])
    for court, read_only in zip(courts, (False, True), strict=False):
        modes.set_mode(
            court=court, read_only=read_only, valid_from=on, basis=BASIS, actor="示范", now=now
        )
    if not courts:
        return "登记：没有法院"
    court = courts[0]
    new = [_register(court, number, seed, on, now) for number in range(len(CAUSES))]
    served = _serve(court, on, now)
    return f"登记：{court.name}在审管登记，新收{len(new)}件，批量送达{served}件"


def holder(court: Court, *posts: str) -> Person:
    """Return who holds one of these posts first; invented where nobody does."""
    rows = Appointment.objects.filter(court=court, post__in=posts).select_related("person")
    found = rows.order_by("pk").first()
    return found.person if found else Person.objects.get_or_create(court=court, name="示范甲")[0]


def _register(court: Court, number: int, seed: int, on: date, now: datetime) -> Case:
    """Register one case; every third goes to a division at once, the rest wait with the filing office."""
    year, cause = on.year, CAUSES[(number + seed) % len(CAUSES)]
    agent = f"律师甲{number % 3}"
    parties = [
        {"role": "原告", "name": f"示范原告{number}公司", "agents": [{"name": agent}]},
        {"role": "被告", "name": f"示范被告{number}公司"},
    ]
    attributes = {"procedure": "普通程序", "cause": cause, "parties": parties}
    divisions = Unit.objects.filter(court=court, kind=Unit.Kind.DIVISION, name__contains="民事")
    division = divisions.order_by("order").first() if number % 3 == 2 else None
    new = NewCase(
        number=f"（{year}）{court.code}民初{FIRST_SERIAL + number}号",
        filed_on=on - timedelta(days=number % 4),
        attributes=attributes,
        division=division.name if division else "",
        online=number % 2 == 0,
    )
    who = holder(court, "立案庭工作人员")
    return services.register_case(new, court=court, actor=str(who), now=now)


def _serve(court: Court, on: date, now: datetime) -> int:
    """Serve summonses in a series of cases in one act, with two numbers that can't be; try one in vain."""
    clerk, forms = holder(court, "书记员"), load().forms.forms
    cases = list(Case.objects.filter(court=court, closed_on=None, visible=True).order_by("pk")[:12])
    numbers = [case.number for case in cases]
    wrong = [numbers[0], f"（{on.year}）{court.code}民初99999号"] if numbers else []
    told = {"document": "传票", "way": "邮寄送达"}
    scope = Scope(actor=str(clerk), court_ids=frozenset({court.pk}))
    entry = Entry(forms["送达"], on - timedelta(days=1), told)
    act = bulk.carry_out(
        f"demo-{court.pk}", scope, [*numbers, *wrong], entry, person=clerk, now=now
    )
    _in_vain(cases[:3], on, clerk, now)
    return act.lines.exclude(position=None).count()


def _in_vain(cases: Sequence[Case], on: date, clerk: Person, now: datetime) -> None:
    form = load().forms.forms["送达未果"]
    for ago, (case, way) in enumerate(
        zip(cases, ("直接送达", "邮寄送达", "电子送达"), strict=False)
    ):
        told = {"way": way, "document": "传票", "party": "被告", "reason": "查无此人"}
        entry = Entry(form, on - timedelta(days=ago + 2), told)
        services.record_entry(case, entry, actor=str(clerk), now=now)
