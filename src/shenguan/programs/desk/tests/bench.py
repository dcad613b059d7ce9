"""A court with a president, a chief and two judges, and figures of its own."""

from __future__ import annotations

from datetime import date, datetime

from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Person, Unit
from shenguan.spine.tests.people import hold
from shenguan.spine.tests.registry import add_case, demo_court

ON = date(2026, 7, 10)
NOW = datetime(2026, 7, 10, 9, tzinfo=COURT_ZONE)
DIVISION = "民事审判第一庭"
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}


def make_court() -> dict[str, Person]:
    """Return president, chief and judges of one court with a case each."""
    court = demo_court()
    for number, judge in ((1, "法官甲一"), (2, "法官甲二")):
        add_case(
            f"（2026）示0101民初{number}号",
            {"2026-01-15": "立案"},
            court=court,
            undertaker=judge,
            division=DIVISION,
            **ORDINARY,
        )
    unit = Unit.objects.get(court=court, name=DIVISION)
    return {
        "president": hold("院长甲", "院长", court),
        "chief": hold("庭长甲", "庭长", court, unit),
        "judge": hold("法官甲一", "法官", court, unit),
        "other": hold("法官甲二", "法官", court, unit),
    }
