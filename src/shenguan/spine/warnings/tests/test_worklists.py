from datetime import date

import pytest

from shenguan.base.org.scope import Scope
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders.worklists import load as read_worklists
from shenguan.spine.tests.registry import add_case
from shenguan.spine.warnings.worklists import due_level, worklists

ALL = Scope.everything("测试")
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}


def lists(on: str) -> dict[str, list[str]]:
    found = worklists(ALL, date.fromisoformat(on))
    return {one.id: [item.number for item in one.items] for one in found if one.items}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-06-29", None),
        ("2026-06-30", "due_near"),
        ("2026-07-10", "due_soon"),
        ("2026-07-15", "due_soon"),
        ("2026-07-16", "overdue"),
    ],
)
def test_a_six_month_limit_is_watched_by_days(on, expected):
    rules = load().worklists
    level = due_level(rules, date(2026, 7, 15), 181, 170, date.fromisoformat(on))
    assert (level and level.id) == expected


@pytest.mark.parametrize(
    ("used", "expected"), [(19, None), (20, "due_near"), (24, "due_near"), (25, "due_soon")]
)
def test_a_thirty_day_limit_is_watched_by_share(used, expected):
    rules = load().worklists
    level = due_level(rules, date(2026, 7, 15), 30, used, date(2026, 7, 15 - (30 - used)))
    assert (level and level.id) == expected


@pytest.mark.django_db
def test_a_pending_case_goes_from_quiet_to_overdue():
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案", "2026-06-28": "开庭"}, **ORDINARY)
    number = "（2026）示0101民初1号"
    assert lists("2026-06-29") == {}
    assert lists("2026-07-01") == {"due_near": [number]}
    assert lists("2026-07-16") == {"overdue": [number]}


@pytest.mark.django_db
def test_a_closed_case_is_on_no_list_but_was_before_it_closed():
    events = {"2026-01-15": "立案", "2026-08-01": "宣判", "2026-08-02": ("报结", {})}
    add_case("（2026）示0101民初1号", events, **ORDINARY)
    assert lists("2026-11-20") == {}
    assert "overdue" in lists("2026-07-20")


@pytest.mark.django_db
def test_a_suspension_never_ended_is_looked_at_and_the_case_is_not_overdue():
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案", "2026-02-01": "中止审理"}, **ORDINARY)
    found = lists("2026-11-20")
    assert "overdue" not in found
    assert found["paused_long"] == ["（2026）示0101民初1号"]


@pytest.mark.django_db
def test_a_case_stands_on_its_highest_tier_of_long_pending_only():
    add_case("（2024）示0101民初1号", {"2024-05-20": "立案"}, **ORDINARY)
    found = lists("2026-11-20")
    assert [key for key in found if key.startswith("long_pending")] == ["long_pending_24"]


@pytest.mark.django_db
def test_twelve_months_to_the_day_are_not_more_than_twelve_months():
    add_case("（2025）示0101民初1号", {"2025-11-20": "立案"}, **ORDINARY)
    assert "long_pending_12" not in lists("2026-11-20")
    assert "long_pending_12" in lists("2026-11-21")


@pytest.mark.django_db
def test_no_sign_of_work_for_more_than_thirty_days_is_stuck():
    add_case("（2026）示0101民初1号", {"2026-10-20": "立案"}, **ORDINARY)
    assert "stuck" not in lists("2026-11-19")
    assert "stuck" in lists("2026-11-20")


def test_lists_and_warnings_go_by_the_same_data(tmp_path):
    rules = load().worklists
    assert [(one.name, one.days) for one in rules.due] == [
        ("已超审限", None), ("5日内届满", 5), ("15日内届满", 15),
    ]  # fmt: skip
    assert (rules.stuck.name, rules.stuck.days) == ("超30日无办理动态", 30)
    assert rules.long_pending.months == (12, 18, 24, 36)
    assert (rules.paused_days("中止审理"), rules.paused_days("公告开始")) == (180, 30)
    own = tmp_path / "warnings"
    own.mkdir()
    (own / "own.yaml").write_text(
        "- {id: stuck, name: 停滞, kind: stuck, stage: 审理中, law: [], status: local, "
        "ladder: [{since: 46, level: 提示}], to: {提示: [承办人]}, say: {since: '{number}'}}",
        "utf-8",
    )
    assert read_worklists(DATA, tmp_path).stuck.name == "超45日无办理动态"
