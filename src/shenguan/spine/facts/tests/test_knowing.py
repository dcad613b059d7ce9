from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from shenguan.spine.facts import archive, services
from shenguan.spine.facts.knowing import facts_as_known, facts_of
from shenguan.spine.facts.tests.scenario import civil, first_part, second_part, tell
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


def known(on: date) -> dict[int, dict]:
    return {row["case_id"]: row for part in facts_as_known(on) for row in part["case"].to_pylist()}


def test_a_closing_recorded_later_is_not_known_on_the_day_before():
    case = civil("1", {"2026-01-05": "立案"})
    tell(case, "报结", "2026-06-30", {"disposition": "判决"}, now=NOW + timedelta(days=1))
    assert known(TODAY)[case.pk]["is_closed"] is False
    assert known(TOMORROW)[case.pk]["is_closed"] is True


def test_before_anything_was_recorded_nothing_is_known():
    civil("1", {"2026-01-05": "立案"})
    assert known(TODAY - timedelta(days=1)) == {}


def test_a_correction_made_later_does_not_reach_back():
    case = civil("1", {"2026-01-05": "立案"})
    filed = case.events.get(kind="立案")
    tell(case, "立案", "2025-12-20", voids=filed.pk, now=NOW + timedelta(days=1))
    on = (date(2026, 1, 5) - date(1970, 1, 1)).days
    assert known(TODAY)[case.pk]["filed_on"] == on
    assert known(TOMORROW)[case.pk]["filed_on"] == on - 16


def test_a_link_stated_later_is_not_known_before():
    below = civil("1", {"2026-01-05": "立案"})
    enforced = add_case(
        "（2026）示0101执1号", {"2026-06-01": "立案"}, case_type="执", instance="执行"
    )
    stated = {"prior_number": "（2026）示0101民初1号"}
    tell(enforced, "登记变更", None, stated, now=NOW + timedelta(days=1))
    assert known(TODAY)[below.pk]["went_to_enforcement"] is False
    assert known(TOMORROW)[below.pk]["went_to_enforcement"] is True


def test_what_is_known_now_is_what_the_archive_says(tmp_path: Path):
    second_part(first_part())
    services.rebuild(tmp_path, now=NOW)
    archived = {row["case_id"]: row for row in archive.read(tmp_path, "case").to_pylist()}
    assert known(TOMORROW) == archived


def test_the_facts_of_some_cases_come_with_their_chinese_names_and_without_their_neighbours():
    cases = second_part(first_part())
    found = facts_of([cases["judged"].pk])
    (row,) = found["case"]
    assert (row["已上诉"], row["链上件数"], row["案件"]) == (True, 2, cases["judged"].pk)
    assert found["link"] == []
    (earlier,) = facts_of([cases["judged"].pk], as_known=TODAY)["case"]
    assert earlier["已结"] is True


def test_of_cases_sharing_a_number_the_printed_court_says_which_is_meant():
    from shenguan.spine.tests.registry import demo_court

    elsewhere = demo_court("示0102", "示范市乙区人民法院")
    number = "（2026）民字1号"
    ours = add_case(number, {"2026-01-05": "立案"}, case_type="民初")
    add_case(number, {"2026-01-06": "立案"}, court=elsewhere, case_type="民初")
    later_case = add_case(
        "（2026）示0101执2号",
        {"2026-06-01": "立案"},
        case_type="执",
        prior_number=number,
        prior_court="示范市甲区人民法院",
    )
    assert known(TODAY)[later_case.pk]["prior_id"] == ours.pk
