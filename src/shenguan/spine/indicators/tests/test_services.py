from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from shenguan.base.org.models import Person, Unit
from shenguan.base.org.scope import Grant, Scope
from shenguan.base.org.services import set_setting
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.spine.cases.models import Case, Seat
from shenguan.spine.facts import services as facts
from shenguan.spine.indicators import selectors, services, store
from shenguan.spine.indicators.tests.city import (
    ALL,
    ORDINARY,
    YEAR,
    ask,
    caught_up,
    closed,
    courts,
    fill,
    pairs,
)
from shenguan.spine.indicators.values import Question
from shenguan.spine.indicators.why import why
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill()
    return caught_up(tmp_path)


def test_figures_by_court_add_up_to_the_whole(home: Path):
    assert pairs(ask(home, "closed_cases", "court")) == {
        "示范市甲区人民法院": (3, 1),
        "示范市乙区人民法院": (1, 1),
    }
    assert pairs(ask(home, "closed_cases")) == {"": (4, 1)}
    assert pairs(ask(home, "pending_at_end")) == {"": (1, 1)}
    assert pairs(ask(home, "timely_closing_rate")) == {"": (3, 4)}


def test_figures_by_month_judge_line_and_cause(home: Path):
    rows = ask(home, "closed_cases", "month", "judge", period=Period.parse("2026-03..2026-05"))
    found = {(row.period.text, *row.labels.values()): row.figure.numerator for row in rows}
    assert {key: n for key, n in found.items() if n} == {
        ("2026-03", "法官甲一"): 2,
        ("2026-04", "法官甲二"): 1,
        ("2026-05", "法官乙一"): 1,
    }
    assert pairs(ask(home, "closed_cases", "line", "cause")) == {"民事/离婚纠纷": (4, 1)}


def test_any_days_can_be_a_period(home: Path):
    days = Period.parse("2026-03-02..2026-03-30")
    assert pairs(ask(home, "closed_cases", period=days)) == {"": (1, 1)}


def test_last_year_and_the_period_before_stand_beside(home: Path):
    april = Period.parse("2026-04")
    (row,) = ask(home, "closed_cases", period=april, compare=("yoy", "mom"))
    assert (row.figure.numerator, row.compared["yoy"].numerator, row.change("mom")) == (1, 0, -1)


def test_a_user_counts_own_courts_own_units_and_own_cases_only(home: Path):
    one, other = courts()
    judge, unit = Person.objects.get(name="法官甲二"), Unit.objects.get(court=other)
    of_court = Scope("庭长", court_ids=frozenset({other.pk}))
    assert pairs(ask(home, "closed_cases", scope=of_court)) == {"": (1, 1)}
    of_judge = Scope("法官", person_ids=frozenset({judge.pk}))
    assert pairs(ask(home, "closed_cases", "court", scope=of_judge)) == {one.name: (1, 1)}
    both = Scope("双", unit_ids=frozenset({unit.pk}), person_ids=frozenset({judge.pk}))
    assert pairs(ask(home, "closed_cases", scope=both)) == {"": (2, 1)}
    assert pairs(ask(home, "closed_cases", scope=Scope.nothing("路人"))) == {"": (0, 1)}


def test_a_seat_on_the_bench_and_a_grant_of_jurisdiction_count_too(home: Path):
    one, other = courts()
    judge = Person.objects.get(name="法官甲二")
    case = Case.objects.get(court=other)
    of_judge = Scope("法官", person_ids=frozenset({judge.pk}))
    assert pairs(ask(home, "closed_cases", scope=of_judge)) == {"": (1, 1)}
    Seat.objects.create(case=case, person=judge, role="审判员")
    assert pairs(ask(home, "closed_cases", scope=of_judge)) == {"": (2, 1)}
    behind = selectors.cases_behind(of_judge, Question(YEAR, ("closed_cases",)), home=home)
    assert case.pk in [pk for pk, _ in behind.pairs]
    granted = Scope("上诉法院", grants=frozenset({Grant(one.pk, "民事", date(2026, 1, 6))}))
    assert pairs(ask(home, "filed_cases", scope=granted)) == {"": (2, 1)}
    assert pairs(ask(home, "closed_cases", "court", scope=granted)) == {one.name: (1, 1)}


def test_a_team_is_a_level_and_a_team_leader_counts_the_team(tmp_path: Path):
    court, _ = courts()
    team = Unit.objects.create(court=court, name="速裁团队", kind=Unit.Kind.TEAM)
    events = {
        "2026-01-05": "立案",
        "2026-01-06": ("分案", {"undertaker": "法官甲一", "team": "速裁团队"}),
    }
    add_case("（2026）示0101民初5号", events | closed("2026-03-02"), court=court, **ORDINARY)
    add_case("（2026）示0101民初6号", {"2026-01-05": "立案"}, court=court, **ORDINARY)
    home = caught_up(tmp_path)
    assert pairs(ask(home, "closed_cases", "team")) == {"速裁团队": (1, 1)}
    leader = Scope("团队负责人", unit_ids=frozenset({team.pk}))
    assert pairs(ask(home, "closed_cases", scope=leader)) == {"": (1, 1)}


def test_lists_and_causes_are_told_as_known_on_a_day(home: Path):
    question = Question(Period.parse("2026-04"), ("closed_cases",))
    before = date(2026, 1, 1)
    assert selectors.cases_behind(ALL, question, home=home, as_known=before).total == 0
    assert selectors.cases_behind(ALL, question, home=home, as_known=NOW.date()).total == 1
    march = Period.parse("2026-03")
    known = why(ALL, question, march, by=("court",), home=home, as_known=before)
    assert known.change == 0
    assert not known.cases
    assert why(ALL, question, march, by=("court",), home=home, as_known=NOW.date()).change == -1


def test_a_court_shown_in_figures_only_gives_no_cases(home: Path):
    _, other = courts()
    scope = Scope("上级", court_ids=frozenset(), figure_court_ids=frozenset({other.pk}))
    assert pairs(ask(home, "closed_cases", scope=scope)) == {"": (1, 1)}
    behind = selectors.cases_behind(scope, Question(YEAR, ("closed_cases",)), home=home)
    assert behind.total == 0


def test_sensitive_cases_count_for_those_cleared_only(tmp_path: Path):
    add_case("（2026）示0101民初9号", {"2026-01-05": "立案"}, confidentiality=1, **ORDINARY)
    home = caught_up(tmp_path)
    assert pairs(ask(home, "filed_cases")) == {"": (1, 1)}
    found = services.values(replace(ALL, clearance=0), Question(YEAR, ("filed_cases",)), home=home)
    assert pairs(found.rows) == {"": (0, 1)}
    assert "敏感" in found.remark


def test_a_number_is_as_long_as_its_list(home: Path):
    for code in ("closed_cases", "pending_at_end", "timely_closing_rate"):
        (row,) = ask(home, code)
        behind = selectors.cases_behind(ALL, Question(YEAR, (code,)), home=home)
        assert behind.total == row.figure.numerator == len(behind.pairs)
    below = selectors.cases_behind(
        ALL, Question(YEAR, ("timely_closing_rate",)), part="denominator", home=home
    )
    assert below.total == 4
    page = selectors.cases_behind(
        ALL, Question(YEAR, ("closed_cases",)), home=home, limit=2, offset=2
    )
    assert (len(page.pairs), page.total) == (2, 4)


def test_a_new_event_moves_the_cube_by_its_change_alone(home: Path):
    ask(home, "closed_cases")
    before = store.read_manifest(home)
    add_case("（2026）示0101民初8号", {"2026-01-05": "立案"} | closed("2026-06-01"), **ORDINARY)
    caught_up(home)
    after = store.read_manifest(home)
    assert before is not None
    assert after is not None
    assert (after.folder, after.changes) == (before.folder, before.changes + 1)
    assert pairs(ask(home, "closed_cases")) == {"": (5, 1)}


def test_a_closed_month_can_be_asked_as_it_was_known(home: Path):
    known = services.values(
        ALL, Question(YEAR, ("closed_cases",)), home=home, as_known=date(2026, 1, 1)
    )
    assert [row.figure.numerator for row in known.rows] == [0]
    now = services.values(ALL, Question(YEAR, ("closed_cases",)), home=home, as_known=NOW.date())
    assert [row.figure.numerator for row in now.rows] == [4]


def test_what_has_no_source_is_said_and_never_zero(home: Path):
    (row,) = ask(home, "closed_per_judge")
    assert row.figure.value is None
    assert row.printed == "暂无数据来源"
    assert "员额法官人数" in row.note


def test_a_column_no_court_records_is_no_source_until_one_records_it(home: Path):
    (row,) = ask(home, "performance_rate")
    assert row.printed == "暂无数据来源"
    assert "自动履行" in row.note
    performed = {"extras": {"自动履行": "是"}, **ORDINARY}
    add_case("（2026）示0101民初7号", {"2026-01-05": "立案"} | closed("2026-06-01"), **performed)
    caught_up(home)
    assert pairs(ask(home, "performance_rate")) == {"": (1, 5)}


def test_the_middle_of_nothing_is_empty_and_not_an_error(home: Path):
    (row,) = ask(home, "median_net_days", period=Period.parse("2019"))
    assert row.figure.value is None
    assert row.figure.state == "empty"


def test_a_change_is_split_exactly_and_the_weightiest_case_named(home: Path):
    question = Question(Period.parse("2026-04"), ("timely_closing_rate",))
    found = why(ALL, question, Period.parse("2026-03"), by=("court", "judge"), home=home)
    assert found.change == Fraction(-1)
    for split in found.splits:
        assert sum((part.total for _, part in split.parts), Fraction(0)) == found.change
    counted = why(
        ALL, replace(question, codes=("closed_cases",)), Period.parse("2026-03"), home=home
    )
    assert counted.change == -1
    assert [weight.effect for weight in counted.cases] == [1]


@pytest.mark.parametrize("code", ["median_net_days", "closed_per_judge", "no_such"])
def test_what_can_not_be_split_says_why(home: Path, code: str):
    with pytest.raises(IndicatorError):
        why(ALL, Question(YEAR, (code,)), Period.parse("2025"), home=home)


@pytest.mark.parametrize(
    "wrong", [{"by": ("village",)}, {"compare": ("wow",)}, {"codes": ("no_such",)}]
)
def test_a_question_that_can_not_be_read_is_refused(home: Path, wrong: dict):
    with pytest.raises(IndicatorError):
        services.values(ALL, replace(Question(YEAR, ("closed_cases",)), **wrong), home=home)


def test_an_empty_home_has_figures_of_nothing(tmp_path: Path):
    home = caught_up(tmp_path)
    assert pairs(ask(home, "closed_cases")) == {"": (0, 1)}
    assert ask(home, "closed_cases", "court") == []


def test_what_a_court_chooses_reaches_its_figures_without_news_in_the_log(home: Path, monkeypatch):
    monkeypatch.setattr(facts, "MOST_REPLACED", 1)
    assert pairs(ask(home, "timely_closing_rate")) == {"": (3, 4)}
    before = store.read_manifest(home)
    late = Case.objects.get(number="（2026）示0101民初3号")
    record([NewEvent(late.pk, "届满日登记", None, {"due": "2027-01-01"})], actor="测试", now=NOW)
    caught_up(home)
    assert pairs(ask(home, "timely_closing_rate")) == {"": (4, 4)}
    set_setting(
        court=courts()[0], key="采用本系统审限", value=True, valid_from=date(2026, 1, 1), basis="测试",
        actor="测试", now=NOW,
    )  # fmt: skip
    services.catch_up(home, now=NOW + timedelta(minutes=5))
    assert pairs(ask(home, "timely_closing_rate")) == {"": (3, 4)}
    after = store.read_manifest(home)
    assert before
    assert after
    assert before.folder == after.folder  # changed, not built anew
