"""Stage times against a court's own limits; appeals on their way and who holds the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court, CourtSetting, Jurisdiction
from shenguan.base.org.scope import Scope
from shenguan.base.org.services import add_court
from shenguan.core.indicator.period import Period
from shenguan.programs.stages import selectors
from shenguan.spine.facts.services import rebuild
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
ALL = Scope.everything("测试")
YEAR = Period.parse("2026")
ON = date(2026, 7, 1)
FIRST = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "买卖合同纠纷"}
CLOSED = ("报结", {"disposition": "判决"})
SENT, HELD = "（2026）示0101民初1号", "（2026）示0101民初2号"


@pytest.fixture
def courts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> tuple[Court, Court]:
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    own = add_court(code="示0101", name="示范市甲区人民法院", level=Court.Level.BASIC, parent=upper)
    told: dict[str, Any] = {
        "2026-01-05": "收件",
        "2026-01-08": "立案",
        "2026-05-06": CLOSED,
        "2026-05-20": "上诉",
    }
    add_case(SENT, {**told, "2026-06-01": "移送二审法院"}, court=own, **FIRST)
    add_case(HELD, told, court=own, **FIRST)
    rebuild(tmp_path, now=NOW)
    return own, upper


def test_a_stage_is_its_median_and_ninth_decile_by_court_and_cause(courts):
    (group,) = selectors.stage_times(ALL, YEAR, by=("court", "cause"))
    assert tuple(group.labels.values()) == ("示范市甲区人民法院", "买卖合同纠纷")
    first = group.stages[0]
    assert (first.label, first.median, first.p90, first.limit) == ("收件→立案", 3.0, 3.0, None)
    assert not first.over


@pytest.mark.parametrize(("limit", "over"), [(2, True), (3, False), (4, False)])
def test_a_stage_is_over_when_its_ninth_decile_exceeds_the_court_s_own_limit(courts, limit, over):
    CourtSetting.objects.create(
        court=courts[0],
        key=selectors.LIMITS,
        value={"received_to_filed": limit},
        valid_from=date(2026, 1, 1),
        set_at=NOW,
    )
    (group,) = selectors.stage_times(ALL, YEAR)
    assert group.stages[0].over is over


def test_an_appeal_on_its_way_says_how_long_and_who_holds_the_file(courts):
    found = {item.case.number: item for item in selectors.in_transit(ALL, ON)}
    assert (found[SENT].days, found[SENT].where) == (42, selectors.ON_THE_WAY)
    assert found[SENT].holder == "示范市中级人民法院立案庭"
    assert found[HELD].where == selectors.AT_LOWER
    assert found[HELD].holder == "示范市甲区人民法院 法官甲一"


@pytest.mark.parametrize(
    ("on", "count"), [(date(2026, 5, 19), 0), (date(2026, 5, 20), 2), (date(2026, 5, 21), 2)]
)
def test_an_appeal_is_on_its_way_from_the_day_it_is_made(courts, on, count):
    assert len(selectors.in_transit(ALL, on)) == count


@pytest.mark.parametrize(
    ("post", "seen"),
    [
        ("审管办主任", {SENT, HELD}),
        ("院长", {SENT, HELD}),
        ("法官", set()),
        ("司法统计人员", set()),
        ("系统管理员", set()),
    ],
)
def test_each_post_sees_the_appeals_of_its_own_cases(courts, post, seen):
    page = signed_in(post, courts[0]).get("/stages/", {"period": "2026"}).content.decode()
    assert {number for number in (SENT, HELD) if number in page} == seen


def test_the_intermediate_court_s_office_sees_all_appeals_coming_to_it(courts):
    page = signed_in("审管办主任", courts[1]).get("/stages/").content.decode()
    assert SENT in page
    assert HELD in page


def test_an_appeal_is_held_by_the_court_that_jurisdiction_names_not_always_by_the_parent(courts):
    own, upper = courts
    rail = add_court(code="示07", name="示范铁路运输中级法院", level=Court.Level.INTERMEDIATE)
    kind = Jurisdiction.Kind.APPEAL
    Jurisdiction.objects.create(matter="行政", kind=kind, origin=own, target=rail)
    holders = {item.case.number: item.holder for item in selectors.in_transit(ALL, ON)}
    assert holders[SENT] == f"{upper.name}立案庭"
    Jurisdiction.objects.create(matter="民事", kind=kind, origin=own, target=rail)
    holders = {item.case.number: item.holder for item in selectors.in_transit(ALL, ON)}
    assert holders[SENT] == "示范铁路运输中级法院立案庭"
    assert holders[HELD].startswith(own.name)
