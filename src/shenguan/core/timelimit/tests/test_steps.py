"""怎么算的: the derivation replays the date."""

from __future__ import annotations

from shenguan.core.timelimit.tests.build import d, due, ev

FILED = ev("2026-01-15", "立案")


def says(found) -> list[str]:
    return [step.say for step in found.steps]


def test_the_first_step_says_what_rule_starts_when():
    assert says(due(FILED))[0] == "适用ordinary：2026-01-15立案，次日起算，期限6个月"


def test_the_last_step_is_the_due_date():
    found = due(FILED, ev("2026-03-01", "中止"), ev("2026-03-11", "恢复审理"))
    assert found.steps[-1].on == found.due == d("2026-07-25")
    assert found.steps[-1].say == "审限届满日为2026-07-25（已扣除10日）"


def test_every_exclusion_is_a_step_with_its_article():
    found = due(
        FILED,
        ev("2026-03-01", "中止"),
        ev("2026-03-05", "公告开始"),
        ev("2026-03-11", "恢复审理"),
        ev("2026-03-15", "公告结束"),
    )
    steps = [step for step in found.steps if "不计入审限" in step.say]
    assert [step.law for step in steps] == ["中止审理的依据", "公告开始的依据"]
    assert (
        steps[0].say == "中止审理2026-03-01至2026-03-11不计入审限，与尚未结束的期间重叠，合并计算"
    )
    assert (
        steps[1].say == "公告开始2026-03-05至2026-03-15不计入审限，与其他期间合并只计一次，扣除14日"
    )
    assert steps[1].on == d("2026-07-29")


def test_a_refused_extension_is_a_step_with_its_reason():
    found = due(FILED, ev("2026-07-16", "延长审限批准", months=6, approver="本院院长"))
    assert found.steps[1].say == "2026-07-16本院院长批准延长：批准之日审限已届满，不计入"
    assert (found.steps[1].on, found.steps[1].law) == (d("2026-07-15"), "ordinary的法条")


def test_a_granted_extension_is_a_step():
    found = due(FILED, ev("2026-06-01", "延长审限批准", months=6, approver="本院院长"))
    assert found.steps[1].say == "2026-06-01本院院长批准延长6个月；自起算日起共12个月"
    assert found.steps[1].on == d("2027-01-15")


def test_a_total_is_said_as_a_whole():
    found = due(
        ev("2026-01-10", "立案"),
        ev("2026-01-20", "延长审限批准", approver="院长"),
        case_type="刑初",
        procedure="简易程序",
    )
    assert found.steps[1].say == "2026-01-20院长批准延长；自起算日起共1个半月"


def test_an_exclusion_that_came_too_late_is_a_step():
    found = due(FILED, ev("2026-07-16", "中止"), ev("2026-07-20", "恢复审理"))
    assert says(found)[1] == "中止审理2026-07-16开始时审限已届满，不予扣除"


def test_a_reason_the_law_does_not_exclude_is_a_step():
    found = due(
        FILED, ev("2026-02-01", "送鉴定", kind="伤情鉴定"), case_type="刑初", as_of="2026-02-02"
    )
    assert says(found)[1] == "委托鉴定（伤情鉴定）2026-02-01起：该类案件的审限不因这一事由扣除"


def test_a_paused_case_ends_with_an_open_step():
    found = due(FILED, ev("2026-03-01", "中止"))
    assert found.steps[-1].say == "中止审理自2026-03-01起尚未结束，审限停止计算，届满日待定"
    assert found.steps[-1].on is None


def test_a_closing_says_whether_it_was_in_time():
    found = due(FILED, ev("2026-07-16", "宣判"))
    assert found.steps[-1].say == "2026-07-16宣判，为结案日；审限届满日为2026-07-15，超出审限"


def test_a_suspension_cut_by_the_closing_is_a_step():
    found = due(FILED, ev("2026-06-01", "中止"), ev("2026-06-11", "宣判"))
    assert says(found)[1] == "中止审理自2026-06-01起不计入审限，至结案日2026-06-11止"
    assert found.steps[1].on == found.steps[-1].on == d("2026-07-25")


def test_conversions_are_steps():
    civil = due(FILED, ev("2026-04-01", "转为普通程序"), procedure="简易程序")
    assert says(civil)[1].startswith(
        "2026-04-01转为普通程序，审限自2026-01-15起连续计算，期限6个月"
    )
    criminal = due(
        ev("2026-02-20", "立案"),
        ev("2026-03-05", "转为普通程序"),
        case_type="刑初",
        procedure="简易程序",
    )
    assert says(criminal)[1] == "2026-03-05决定转为普通程序，审限自决定次日重新计算，期限2个月"


def test_the_local_due_date_is_told_before_the_last_step():
    found = due(
        FILED, ev("2026-03-01", "其他扣除开始", kind="请示"), ev("2026-03-11", "其他扣除结束")
    )
    assert says(found)[1:3] == [
        "其他扣除开始（请示）2026-03-01起：法律未列为不计入审限的事由，只影响地方口径",
        "计入地方规定的扣除，届满日为2026-07-25",
    ]
    assert found.steps[-1].on == found.due


def test_intervals_list_what_counts_and_what_does_not():
    found = due(
        FILED,
        ev("2026-03-01", "中止"),
        ev("2026-03-11", "恢复审理"),
        ev("2026-04-01", "调解开始"),
        as_of="2026-04-20",
    )
    assert [(i.reason, i.start, i.end, i.counted) for i in found.intervals] == [
        ("中止审理", d("2026-03-01"), d("2026-03-11"), True),
        ("调解开始", d("2026-04-01"), None, False),
    ]
