"""A court with a judge, a chief, a president, a court above, and a case that is running."""

from __future__ import annotations

from dataclasses import dataclass

from shenguan.base.approvals.models import Request
from shenguan.base.approvals.services import Verdict
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.services import add_court
from shenguan.programs.timechanges.services import Said, apply_for_extension, decide
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.people import at, hold
from shenguan.spine.tests.registry import add_case

ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
NUMBER = "（2026）示0101民初1号"
STORY = (
    "本案当事人提交新证据三百余份，需要组织第二次质证并向案外人调取银行流水，原定期限内不能审结。"
)
"""Filed on 2026-05-20: due on 2026-11-20, to be asked for by 11-05, decided by 11-15."""


@dataclass
class Bench:
    court: Court
    above: Court
    unit: Unit
    judge: Person
    chief: Person
    president: Person
    vice: Person
    office: Person
    upper: Person
    case: Case

    def case_now(self) -> Case:
        return Case.objects.select_related("court__parent", "division", "clock").get(
            pk=self.case.pk
        )

    def apply(self, day: str = "2026-11-01", length: str = "6m", detail: str = STORY) -> Request:
        return apply_for_extension(
            self.case_now(), length, Said(["E1"], detail), person=self.judge, now=at(day)
        )

    def agree(self, request: Request, person: Person, day: str = "2026-11-03") -> Request:
        return decide(request.pk, Verdict("agrees"), person=person, now=at(day))


def make_bench(filed: str = "2026-05-20", **attributes: object) -> Bench:
    above = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    court = add_court(
        code="示0101", name="示范市甲区人民法院", level=Court.Level.BASIC, parent=above
    )
    given = ORDINARY | attributes
    case = add_case(NUMBER, {filed: "立案"}, court=court, undertaker="法官甲一", **given)
    unit = Unit.objects.get(court=court, name="民事审判第一庭")
    return Bench(
        court=court,
        above=above,
        unit=unit,
        judge=hold("法官甲一", "法官", court, unit),
        chief=hold("庭长某", "庭长", court, unit),
        president=hold("院长某", "院长", court),
        vice=hold("副院长某", "分管副院长", court, unit),
        office=hold("审管某", "审管办主任", court),
        upper=hold("上级院长某", "院长", above),
        case=case,
    )
