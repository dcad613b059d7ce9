"""司法技术: whoever holds the appraisal has the clock; the report closes the excluded interval itself."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.inbox.models import Watch
from shenguan.base.org.scope import Scope
from shenguan.programs.appraisals import clocks, services
from shenguan.programs.appraisals.services import Refused
from shenguan.spine.cases.models import Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case
from shenguan.spine.timelimits.selectors import due_of

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
CRIMINAL = {"case_type": "刑初", "instance": "一审", "procedure": "普通程序", "cause": "故意伤害罪"}
EVERYTHING = Scope.everything("测试")


@pytest.fixture
def case():
    return add_case("（2026）示0101民初1号", {"2026-06-15": "立案"}, **ORDINARY)


def kinds(case) -> list[str]:
    rows = Event.objects.filter(case=case, kind__in=("委托鉴定", "鉴定结束")).order_by("position")
    return list(rows.values_list("kind", flat=True))


def opened(case, matter: str = "cost"):
    return services.open_one(
        case, matter, "所争议的事项", actor=case.undertaker, on=date(2026, 10, 1), now=NOW
    )


def due(case) -> date:
    case.clock.refresh_from_db()
    found: date = case.clock.governing_due
    return found


def go(one, kind: str, day: int, **more):
    return services.step(
        one, kind, actor=one.case.undertaker, on=date(2026, 10, day), now=NOW, **more
    )


def test_the_report_closes_the_excluded_interval_itself(case):
    before = due(case)
    one = opened(case)
    go(one, "handed", 2)
    go(one, "commissioned", 10, agency="示范鉴定所")
    assert kinds(case) == ["委托鉴定"]
    go(one, "reported", 20, text="造价一百万元")
    assert kinds(case) == ["委托鉴定", "鉴定结束"]
    assert (due(case) - before).days == 10
    assert one.closed_on == date(2026, 10, 20)


def test_the_clock_goes_with_whoever_holds_it(case):
    one = opened(case)
    held = []
    for kind, day, more in (
        ("commissioned", 8, {"agency": "示范鉴定所"}),
        ("missing", 9, {"text": "缺图纸"}),
        ("supplied", 10, {}),
        ("fee_asked", 12, {"fee": 1200000}),
        ("fee_paid", 13, {}),
    ):
        go(one, kind, day, **more)
        held.append((one.holder, clocks.WAITS[one.holder]))
    assert [wait for _holder, wait in held] == [
        "鉴定待报告", "鉴定待办", "鉴定待报告", "鉴定待缴费", "鉴定待报告"
    ]  # fmt: skip
    clocks.run(date(2026, 12, 20), NOW)
    assert {
        w.kind for w in Watch.objects.filter(subject=f"appraisal:{one.pk}").exclude(level="")
    } == {"鉴定待报告"}


def test_an_interval_the_log_knows_already_is_adopted(case):
    record([NewEvent(case.pk, "委托鉴定", date(2026, 9, 1))], actor="导入", now=NOW)
    one = opened(case)
    go(one, "commissioned", 8, agency="示范鉴定所")
    assert kinds(case) == ["委托鉴定"]
    go(one, "returned", 9, text="机构无此项资质")
    assert kinds(case) == ["委托鉴定", "鉴定结束"]


def test_a_second_appraisal_keeps_the_clock_stopped_and_days_count_once(case):
    before = due(case)
    one, two = opened(case), opened(case)
    go(one, "commissioned", 8, agency="示范鉴定所")
    go(two, "commissioned", 9, agency="示范鉴定所")
    go(one, "reported", 12, text="意见已到")
    case.clock.refresh_from_db()
    assert case.clock.state == "paused"
    go(two, "reported", 14, text="意见已到")
    assert kinds(case) == ["委托鉴定", "委托鉴定", "鉴定结束", "鉴定结束"]
    assert (due(case) - before).days == 6


def test_in_a_criminal_case_only_a_mental_appraisal_stops_the_clock():
    case = add_case("（2026）示0101刑初1号", {"2026-09-15": "立案"}, **CRIMINAL)
    before = due(case)
    wound, mind = opened(case, "injury"), opened(case, "mental")
    go(wound, "commissioned", 8, agency="示范鉴定所")
    assert not interval(wound).counted
    go(mind, "commissioned", 9, agency="示范鉴定所")
    go(wound, "reported", 12, text="轻伤二级")
    assert interval(mind).counted
    go(mind, "reported", 14, text="有完全刑事责任能力")
    assert (due(case) - before).days == 5


def interval(one):
    found = clocks.excluded(one, due_of(EVERYTHING, one.case_id, date(2026, 11, 1)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "more"),
    [("reported", {"text": "意见"}), ("commissioned", {}), ("invented", {})],
)
def test_a_step_out_of_turn_or_without_its_words_is_refused(case, kind, more):
    with pytest.raises(Refused):
        go(opened(case), kind, 9, **more)
