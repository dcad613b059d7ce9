"""Event tables: 案号 事件 日期 备注 …"""

from __future__ import annotations

from datetime import date

from shenguan.programs.intake.tests.conftest import EAST, case
from shenguan.spine.cases.models import Case, Event


def row(event, day, number=1, **more):
    return {"案号": f"（2026）京0101民初{number}号", "事件": event, "日期": day, "备注": "", **more}


def counts(report):
    return tuple(report.total(name) for name in ("new", "changed", "unchanged", "rejected"))


def events(kind):
    return list(Event.objects.filter(kind=kind, batch__kind="事件表").order_by("position"))


def test_events_of_an_unknown_case_make_the_case(bring):
    report = bring([row("立案", "2026-03-02"), row("送鉴定", "2026-03-10", 事由="精神病鉴定")])
    assert counts(report) == (1, 0, 0, 0)
    one = Case.objects.get()
    assert (one.visible, one.case_type, one.filed_on, one.court.name) == (
        True,
        "民初",
        date(2026, 3, 2),
        EAST,
    )
    (appraisal,) = events("委托鉴定")
    assert appraisal.payload == {"kind": "精神病鉴定"}


def test_the_same_events_twice_add_nothing(bring):
    rows = [row("立案", "2026-03-02"), row("开庭", "2026-04-01"), row("开庭", "2026-04-01")]
    bring(rows)
    assert counts(bring(rows)) == (0, 0, 1, 0)
    assert len(events("开庭")) == 1


def test_an_exclusion_pauses_the_clock_of_a_case_from_a_case_table(bring):
    bring([case(1)])
    bring([row("中止", "2026-04-10")], name="b.csv")
    assert Case.objects.get().clock.state == "paused"


def test_an_extension_carries_months_and_approver(bring):
    bring([case(1)])
    bring([row("延长审限批准", "2026-05-20", 月数="1", 批准人="本院院长")], name="b.csv")
    (extension,) = events("延长审限批准")
    assert extension.payload == {"months": 1, "approver": "本院院长"}


def test_an_event_that_says_more_voids_the_barer_one(bring):
    bring([case(1)])
    bring([row("立案", "2026-03-02", 备注="网上立案")], name="b.csv")
    (filing,) = events("立案")
    assert filing.voids.batch.kind == "案件表"
    assert counts(bring([case(1)])) == (0, 0, 1, 0)


def test_an_unknown_event_is_rejected_with_its_name(bring):
    report = bring([row("立案", "2026-03-02"), row("吃饭", "2026-03-03"), row("", "2026-03-03")])
    assert [r.reason for r in report.files[0].rejects] == ["事件“吃饭”不在事件表中", "事件名称为空"]
    assert report.total("rejected") == 2


def test_nobody_writes_the_registry_s_own_events_through_a_table(bring):
    assert bring([row("作废", "2026-03-02")]).total("rejected") == 1


def test_an_event_with_an_unreadable_day_is_kept_with_its_text(bring):
    report = bring([row("立案", "2026-03-02"), row("开庭", "三月某日")])
    assert (report.total("rejected"), report.total("bad_fields")) == (0, 1)
    (hearing,) = events("开庭")
    assert (hearing.occurred_on, hearing.payload) == (None, {"日期": "三月某日"})


def test_a_hearing_after_closing_is_found_wherever_it_comes_from(bring):
    bring([case(1, 结案日期="2026-05-01", 结案方式="判决")])
    report = bring([row("开庭", "2026-05-20")], name="b.csv")
    assert report.quality["开庭晚于结案"] == 1


def test_a_case_table_after_an_event_table_leaves_its_undertaker_alone(bring):
    bring([row("立案", "2026-03-02"), row("分案", "2026-03-03", 承办人="甲某", 承办部门="民一庭")])
    report = bring([case(1)], name="b.csv")
    assert report.total("changed") == 1
    assert Event.objects.filter(kind__in=("分案", "变更承办人")).count() == 1
    assert counts(bring([case(1)], name="b.csv")) == (0, 0, 1, 0)
