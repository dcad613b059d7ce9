"""A court that registers here, with a judge, a clerk and a filing officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.programs.registering.modes import set_mode
from shenguan.programs.registering.services import Entry
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.registry import NOW, add_case, demo_court

ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
TODAY = NOW.date()


@dataclass(frozen=True, slots=True)
class Bench:
    """The court, its first division, one judge and one case of theirs."""

    court: Court
    division: Unit
    judge: Person
    case: Case


def make_bench(*, open_forms: bool = True) -> Bench:
    """Make the bench; `open_forms` switches 只读接入模式 off."""
    court = demo_court()
    case = add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, **ORDINARY)
    judge, division = case.undertaker, case.division
    assert judge is not None
    assert division is not None
    Appointment.objects.create(person=judge, court=court, unit=division, post="法官")
    if open_forms:
        switch(court, read_only=False)
    return Bench(court, division, judge, case)


def switch(court: Court, *, read_only: bool, now: datetime = NOW) -> None:
    """Set the mode of a court since the beginning of the year."""
    since = date(2026, 1, 1)
    set_mode(
        court=court, read_only=read_only, valid_from=since, basis="示范纪要", actor="测试", now=now
    )


def entry(event: str, on: str, **payload: Any) -> Entry:
    """Return an event as entered."""
    return Entry(load().forms.forms[event], date.fromisoformat(on), payload)


def more_cases(count: int, first: int = 2) -> list[Case]:
    """Add cases of the same judge."""
    return [
        add_case(f"（2026）示0101民初{first + n}号", {"2026-01-15": "立案"}, **ORDINARY)
        for n in range(count)
    ]
