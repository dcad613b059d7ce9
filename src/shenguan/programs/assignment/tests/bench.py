"""A court with a filing office and a division of three judges, registering here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.base.org.choices import READ_ONLY
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.scoping import scope_of
from shenguan.base.org.services import set_setting
from shenguan.programs.assignment.reach import Reach, reach_of
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.people import hold
from shenguan.spine.tests.registry import NOW, add_case, demo_court

ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
TODAY = NOW.date()
DIVISION, OFFICE = "民事审判第一庭", "立案庭"
JUDGES = ("法官甲一", "法官甲二", "法官甲三")


@dataclass(frozen=True, slots=True)
class Bench:
    """The court and its people."""

    court: Court
    division: Unit
    judges: tuple[Person, ...]
    chief: Person
    filing: Person

    def reach(self, who: Person) -> Reach:
        """Return what someone may assign."""
        found = reach_of(who, scope_of(who, load().posts, TODAY), TODAY)
        assert found is not None
        return found


def make_bench(*, open_forms: bool = True) -> Bench:
    """Make the bench."""
    court = demo_court()
    division = Unit.objects.create(court=court, name=DIVISION, order=2)
    office = Unit.objects.create(court=court, name=OFFICE, order=1)
    judges = tuple(hold(name, "法官", court, division) for name in JUDGES)
    chief = hold("庭长甲", "庭长", court, division)
    filing = hold("立案员甲", "立案庭工作人员", court, office)
    if open_forms:
        switch(court, read_only=False)
    return Bench(court, division, judges, chief, filing)


def switch(court: Court, *, read_only: bool) -> None:
    """Set 只读接入模式."""
    setting: dict[str, Any] = {"key": READ_ONLY, "value": read_only, "basis": "示范", "actor": "甲"}
    set_setting(court=court, valid_from=date(2026, 1, 1), now=NOW, **setting)


def filed(serial: int, *, undertaker: str = "", division: str = OFFICE, **more: Any) -> Case:
    """Add a case filed on 2026-11-02; without an undertaker it waits with a unit."""
    return add_case(
        f"（2026）示0101民初{serial}号",
        {"2026-11-02": "立案"},
        undertaker=undertaker,
        division=division,
        **{**ORDINARY, **more},
    )
