"""A court with closed cases of three judges in two divisions, reviewers, a committee and an office."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.casereview import planning, services
from shenguan.programs.casereview.models import Item, Plan, Sheet
from shenguan.programs.casereview.planning import Planned
from shenguan.programs.casereview.services import Decided, Marked
from shenguan.spine.tests.people import at, hold
from shenguan.spine.tests.registry import add_case, demo_court

__all__ = ["at", "hold"]  # for those that build on this court
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
FIRST, SECOND, REVIEW = "民事审判第一庭", "民事审判第二庭", "审判监督庭"
EVERYTHING = Scope.everything("测试")
SLIP = Marked("document", "d1", "正卷第12页", 2, "错字")


@dataclass
class Bench:
    court: Court
    judges: list[Person]
    reviewers: list[Person]
    member: Person
    office: Person

    def plan(self, **more: object) -> Plan:
        given: dict[str, object] = {
            "name": "2026年上半年常规评查", "kind": "regular", "rate": Decimal(50), "minimum": 1,
            "second": 0, "wanted": {"from": "2026-01-01", "to": "2026-06-30"}, **more,
        }  # fmt: skip
        what = Planned(**given)  # type: ignore[arg-type]
        return planning.make_plan(self.court, what, person=self.office, now=at("2026-07-01"))

    def drawn(self, seed: str = "20260701", **more: object) -> Plan:
        plan = self.plan(**more)
        planning.draw(EVERYTHING, plan, seed, person=self.office, now=at("2026-07-01"))
        plan.refresh_from_db()
        return plan

    def scored(self, item: Item, *marked: Marked, day: str = "2026-07-06") -> Item:
        for sheet in Sheet.objects.filter(item=item, replaced="").select_related("item__plan"):
            services.submit_score(sheet, marked, "", person=sheet.reviewer, now=at(day))
        item.refresh_from_db()
        return item

    def decided(self, item: Item, *marked: Marked) -> Item:
        self.scored(item, *marked)
        services.reply(item, "认可", "", person=item.judge, now=at("2026-07-07"))
        upheld = {pk for s in item.sheets.all() for pk in s.findings.values_list("pk", flat=True)}
        what = Decided(upheld, "照初评意见", "评查委员会第1次会议")
        return services.decide(item, what, person=self.member, now=at("2026-07-08"))


def make_bench() -> Bench:
    court = demo_court()
    judged = (("法官甲一", FIRST, 6), ("法官甲二", FIRST, 3), ("法官乙一", SECOND, 2))
    serial = 0
    for judge, division, count in judged:
        for _each in range(count):
            serial += 1
            days = {"2026-01-15": "立案", "2026-05-20": ("报结", {"disposition": "判决"})}
            number = f"（2026）示0101民初{serial}号"
            add_case(number, days, court=court, undertaker=judge, division=division, **ORDINARY)
    units = {
        name: Unit.objects.get_or_create(court=court, name=name)[0]
        for name in (FIRST, SECOND, REVIEW)
    }
    return Bench(
        court=court,
        judges=[hold(name, "法官", court, units[unit]) for name, unit, _n in judged],
        reviewers=[hold(f"监督{n}", "审监庭法官", court, units[REVIEW]) for n in "一二三"],
        member=hold("专委某", "审委会专职委员", court),
        office=hold("审管某", "审管办主任", court),
    )
