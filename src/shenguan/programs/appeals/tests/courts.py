"""Two courts, a case that the upper one sent back, and everyone who has a part in its feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.services import add_court
from shenguan.programs.appeals import finding
from shenguan.programs.appeals.models import Feedback
from shenguan.programs.appeals.services import OFFICE, By, Form
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.people import at, hold
from shenguan.spine.tests.registry import add_case

__all__ = ["at", "hold"]  # for those that build on this court
LOWER, UPPER = "（2026）示0101民初1号", "（2026）示01民终1号"
FIRST = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
SECOND = {"case_type": "民终", "instance": "二审", "procedure": "普通程序", "cause": "合同纠纷"}
FORM = Form(["fact"], ["outcome"], "原审对付款数额的基本事实未经质证，应予查清。", ["g1"])
DIVISION = "民事审判第一庭"


@dataclass
class Courts:
    upper: Court
    lower: Court
    first: Case
    second: Case

    def by(self, court: Court, name: str, day: str, *, office: bool = False) -> By:
        person = Person.objects.get(court=court, name=name)
        return By(person, OFFICE if office else frozenset(), at(day))

    def feedback(self) -> Feedback:
        return Feedback.objects.select_related(
            "upper__court", "lower__court", "lower__undertaker"
        ).get()


def make_courts(disposition: str = "发回重审", closed: str = "2026-06-01") -> Courts:
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    lower = add_court(
        code="示0101", name="示范市甲区人民法院", level=Court.Level.BASIC, parent=upper
    )
    first = add_case(
        LOWER,
        {"2026-01-15": "立案", "2026-03-10": ("报结", {"disposition": "判决"})},
        court=lower,
        **FIRST,
    )
    second = add_case(
        UPPER, {"2026-04-01": "立案", closed: ("报结", {"disposition": disposition})}, court=upper,
        undertaker="法官上一", prior_number=LOWER, prior_court=lower.name, **SECOND,
    )  # fmt: skip
    for court, judge in ((lower, "法官甲一"), (upper, "法官上一")):
        unit = Unit.objects.get(court=court, name=DIVISION)
        hold(judge, "法官", court, unit)
        hold("庭长某", "庭长", court, unit)
        hold("审管某", "审管办主任", court)
    return Courts(upper, lower, first, second)


def found(courts: Courts, day: str = "2026-06-02") -> Feedback:
    finding.run(date.fromisoformat(day), at(day))
    return courts.feedback()
