"""Which rule governs a case, and when none does."""

from __future__ import annotations

import pytest

from shenguan.core.timelimit import TimeLimitError, flags
from shenguan.core.timelimit.tests.build import RULES, d, due, ev

FILED = ev("2026-01-15", "立案")


def test_the_procedure_chooses_where_the_type_leaves_it_open():
    chosen = [due(FILED, procedure=p).rule_id for p in ("普通程序", "简易程序", "小额诉讼程序")]
    assert chosen == ["ordinary", "summary", "small"]


def test_the_procedure_is_ignored_where_the_type_fixes_the_rule():
    found = due(FILED, case_type="民终", procedure="简易程序", against="判决")
    assert (found.rule_id, found.flags) == ("second", ())


def test_an_appeal_against_a_ruling_has_its_own_limit():
    assert due(FILED, case_type="民终", against="裁定").rule_id == "second_ruling"


def test_an_appeal_against_nobody_knows_what_is_taken_as_against_a_judgment_and_flagged():
    found = due(FILED, case_type="民终")
    assert (found.rule_id, found.flags) == ("second", (flags.AGAINST_ASSUMED,))


def test_a_mark_chooses_the_more_special_rule():
    found = due(FILED, case_type="刑初", procedure="简易程序", marks=frozenset({"可能判三年以上"}))
    assert found.rule_id == "over3"


@pytest.mark.parametrize(
    ("case_type", "procedure", "why"),
    [
        ("民他", "普通程序", flags.NO_TYPE_RULE),
        ("民初", "破产程序", flags.NO_PROCEDURE_RULE),
        ("民初", None, flags.NO_PROCEDURE),
    ],
)
def test_without_a_rule_no_neighbours_limit_is_taken(case_type, procedure, why):
    found = due(FILED, case_type=case_type, procedure=procedure)
    assert (found.state, found.due, found.flags) == ("no_rule", None, (why,))
    assert found.steps[-1].on is None


@pytest.mark.parametrize(("filed", "state"), [("2021-12-31", "no_rule"), ("2022-01-01", "running")])
def test_a_rule_holds_from_the_day_its_text_came_into_force(filed, state):
    assert due(ev(filed, "立案"), procedure="小额诉讼程序").state == state


def test_a_rule_may_be_named_by_its_id_or_by_that_of_the_source_table():
    for name in ("summary", "old_summary"):
        assert due(FILED, rule=name).due == d("2026-04-15")


def test_an_unknown_rule_name_is_refused():
    with pytest.raises(TimeLimitError, match=r"字段 rule 的值“无此规则”"):
        due(FILED, rule="无此规则")


def test_foreign_related_ordinary_cases_have_no_limit():
    found = due(FILED, foreign_related=True)
    assert (found.state, found.due) == ("no_limit", None)
    assert "第287条" in found.steps[-1].law


def test_other_civil_limits_hold_for_foreign_related_cases_and_say_so():
    found = due(FILED, foreign_related=True, procedure="简易程序")
    assert (found.due, found.flags) == (d("2026-04-15"), (flags.FOREIGN_APPLIES,))


def test_a_case_without_limit_by_law_has_none():
    found = due(FILED, case_type="破")
    assert (found.state, found.flags) == ("no_limit", (flags.NO_OWN_LIMIT,))


def test_a_remanded_case_takes_its_procedures_limit_from_the_day_it_came_back():
    found = due(
        ev("2026-02-28", "收件"),
        ev("2026-03-02", "立案"),
        case_type="刑初",
        marks=frozenset({"发回重审"}),
    )
    assert (found.rule_id, found.due) == ("remand", d("2026-04-30"))


def test_every_version_of_a_rule_is_known():
    assert [rule.id for rule in RULES.versions("summary")] == ["summary"]
