"""Three invented courts with twenty judges each, and 2,000 cases of a year: the same on any machine.

Apart from the demo city on purpose: a golden digest must not move when the city learns something new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.rulebook import load

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
DIVISIONS = ("立案庭", "民事审判第一庭", "刑事审判庭", "执行局")
JUDGES = 20
COURTS = (
    ("示01", "示范市中级人民法院"),
    ("示0101", "示范市甲区人民法院"),
    ("示0102", "示范市乙区人民法院"),
)
Event = tuple[date, str, dict[str, Any]]
_KINDS = (
    # type code, procedure, division, share, days of handling
    ("民初", "简易程序", 1, 40, (15, 95)),
    ("民初", "普通程序", 1, 20, (60, 200)),
    ("民初", "小额诉讼程序", 1, 10, (10, 60)),
    ("刑初", "普通程序", 2, 10, (20, 80)),
    ("执", "", 3, 20, (20, 190)),
)  # fmt: skip


@dataclass
class Told:
    """A case and what happens in it, each on its day."""

    court: int
    number: str
    events: list[Event] = field(default_factory=list)


def staff() -> list[Court]:
    """Make the courts with their divisions, judges, assistants and chiefs."""
    return [_court(code, name) for code, name in COURTS]


def _court(code: str, name: str) -> Court:
    court = Court.objects.create(code=code, name=name, level="中级" if len(code) < 4 else "基层")
    units = [Unit.objects.create(court=court, name=division) for division in DIVISIONS]
    for place in range(JUDGES):
        unit = units[1 + place % 3]
        judge = Person.objects.create(court=court, name=_judge(len(code) + int(code[-1]), place))
        clerk = Person.objects.create(court=court, name=f"书记员{code}{place}")
        post = "法官" if place >= 3 else "执行局局长" if unit.name == "执行局" else "庭长"
        Appointment.objects.create(person=judge, court=court, unit=unit, post=post)
        Appointment.objects.create(
            person=clerk, court=court, unit=unit, post="书记员", serves=judge
        )
    for post in ("审管办主任", "院长"):
        person = Person.objects.create(court=court, name=f"{post}{code}")
        Appointment.objects.create(person=person, court=court, post=post)
    deputy = Person.objects.create(court=court, name=f"副院长{code}")
    for unit in units:
        Appointment.objects.create(person=deputy, court=court, unit=unit, post="分管副院长")
    return court


def _judge(court: int, place: int) -> str:
    return f"张示范{court}第{place}"


def cases(count: int, seed: int = 1) -> list[Told]:
    """Draw the cases; two hundred days before the first day are already pending then."""
    dice = Random(seed)
    found: list[Told] = []
    while len(found) < count:
        found += _dispute(dice, len(found))
    return found[:count]


def _dispute(dice: Random, serial: int) -> Iterator[Told]:
    court = 1 + int(dice.random() * 2) if dice.random() < 0.8 else 0
    filed = FIRST + timedelta(days=int(dice.random() * 540) - 180)
    kind = _kind(dice)
    parties = [{"role": "原告", "name": f"甲{serial}"}, {"role": "被告", "name": f"乙{serial}"}]
    first = _case(dice, court, serial, kind, filed, {"parties": parties})
    yield first
    closed = next((day for day, event, _p in first.events if event == "报结"), None)
    if closed is None or kind[0] == "执":
        return
    if dice.random() < 0.03:
        yield _case(
            dice, court, serial + 1, kind, closed + timedelta(days=20), {"parties": parties}
        )
    elif dice.random() < 0.1:
        appeal = ("民终" if kind[0] == "民初" else "刑终", "", 1, 0, (20, 100))
        link = {"prior_number": first.number, "prior_court": COURTS[court][1], "against": "判决"}
        yield _case(dice, 0, serial + 1, appeal, closed + timedelta(days=25), link)


def _kind(dice: Random) -> tuple[str, str, int, int, tuple[int, int]]:
    drawn = dice.random() * sum(kind[3] for kind in _KINDS)
    for kind in _KINDS:
        drawn -= kind[3]
        if drawn < 0:
            return kind
    return _KINDS[-1]


def _case(
    dice: Random,
    court: int,
    serial: int,
    kind: tuple[str, str, int, int, tuple[int, int]],
    filed: date,
    more: dict[str, Any],
) -> Told:
    code, (type_code, procedure, division, _share, (least, most)) = COURTS[court][0], kind
    told = Told(court, f"（{filed.year}）{code}{type_code}{serial + 1}号")
    judge = _judge(len(code) + int(code[-1]), (serial * 3 + division - 1) % JUDGES)
    attributes = {"case_type": type_code, "procedure": procedure, "cause": "合同纠纷", **more}
    people = {"undertaker": judge, "division": DIVISIONS[division]}
    span = least + int(dice.random() * (most - least))
    told.events += [(filed, "登记", attributes), (filed, "立案", {})]
    told.events.append((filed + timedelta(days=int(dice.random() * 3.1)), "分案", people))
    _handle(dice, told, type_code, filed, span)
    told.events = sorted(((_workday(day), *rest) for day, *rest in told.events), key=_by_day)
    return told


def _workday(day: date) -> date:
    """Return the working day on which something of that day happens: courts rest at weekends."""
    return load().calendar.roll(day) if day.year <= LAST.year else day


def _by_day(event: Event) -> date:
    return event[0]


def _handle(dice: Random, told: Told, type_code: str, filed: date, span: int) -> None:
    def add(days: float, kind: str, **payload: Any) -> None:
        told.events.append((filed + timedelta(days=int(days)), kind, payload))

    if type_code == "民初" and dice.random() < 0.95:
        add(1 + dice.random() * 4.5, "送达", document="起诉状副本")
    if dice.random() < 0.1:
        add(span * 0.2, "委托鉴定")
        if dice.random() < 0.9:
            add(span * 0.2 + 40, "鉴定结束")
        span += 40
    if dice.random() < 0.08:
        add(span * 0.5, "延长审限批准", months=1, approver="本院院长")
    if type_code != "执":
        add(span * 0.6, "开庭")
        add(span * 0.6 + 4, "合议")
    if dice.random() < 0.03:
        return  # stays pending
    if type_code == "民初" and dice.random() < 0.12:
        add(span, "报结", disposition="准许撤诉")
        return
    if type_code != "执":
        add(span, "宣判")
        if dice.random() < 0.95:
            add(span + dice.random() * 12, "送达", document="判决书")
    add(span + dice.random() * 10, "报结", disposition="判决")
    if dice.random() < 0.95:
        add(span + 30 + dice.random() * 65, "归档")
