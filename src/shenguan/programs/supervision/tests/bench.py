"""A court with a judge, a chief, a vice-president and a president, and a case ready for its decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shenguan.base.approvals.papers import Paper
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.services import add_court
from shenguan.programs.supervision import services_reading
from shenguan.programs.supervision.models import Review
from shenguan.programs.supervision.services_reading import Saying, Submission
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at, hold
from shenguan.spine.tests.registry import add_case

ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
NUMBER = "（2026）示0101民初1号"
FIRST = "本院认为，合同有效。\n判决如下：\n被告支付原告一万元。\n如不服本判决，可在十五日内上诉。"
SECOND = (
    "本院认为，合同合法有效。\n判决如下：\n被告支付原告一万元。\n如不服本判决，可在十五日内上诉。"
)
BENCH = [
    {"role": "审判长", "name": "法官甲一"},
    {"role": "审判员", "name": "法官甲二"},
    {"role": "书记员", "name": "书记员甲"},
]


def draft(text: str = FIRST, name: str = "判决.txt") -> Paper:
    return Paper("拟签署文书", name, text.encode())


@dataclass
class Bench:
    court: Court
    unit: Unit
    judge: Person
    second: Person
    chief: Person
    vice: Person
    president: Person
    office: Person
    case: Case

    def case_now(self) -> Case:
        related = ("court", "division", "team", "undertaker", "prior")
        return Case.objects.select_related(*related).get(pk=self.case.pk)

    def submit(self, day: str = "2026-06-01", text: str = FIRST, *proposed: str) -> Review:
        what = Submission("判决书", draft(text), proposed)
        return services_reading.submit(self.case_now(), what, person=self.judge, now=at(day))

    def say(
        self, review: Review, person: Person, kind: str, *texts: str, day: str = "2026-06-02"
    ) -> Review:
        remarks = [("文字", "第1段", text) for text in texts]
        return services_reading.say(review.pk, Saying(kind, remarks), person=person, now=at(day))


def make_bench(
    events: list[NewEvent] | None = None, *, collegiate: bool = True, **attributes: object
) -> Bench:
    court = add_court(code="示0101", name="示范市甲区人民法院", level=Court.Level.BASIC)
    given = ORDINARY | attributes
    case = add_case(NUMBER, {"2026-05-20": "立案"}, court=court, undertaker="法官甲一", **given)
    unit = Unit.objects.get(court=court, name="民事审判第一庭")
    bench = Bench(
        court=court,
        unit=unit,
        judge=hold("法官甲一", "法官", court, unit),
        second=hold("法官甲二", "法官", court, unit),
        chief=hold("庭长某", "庭长", court, unit),
        vice=hold("副院长某", "分管副院长", court, unit),
        president=hold("院长某", "院长", court),
        office=hold("审管某", "审管办主任", court),
        case=case,
    )
    more = list(events or [])
    if collegiate:
        more.append(NewEvent(case.pk, "组成合议庭", date(2026, 5, 21), {"members": BENCH}))
    if more:
        record(more, actor="测", now=at("2026-05-22"))
    return bench
