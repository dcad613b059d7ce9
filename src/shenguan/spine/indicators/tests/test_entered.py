from datetime import date, timedelta
from pathlib import Path

import pytest

from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.period import Period
from shenguan.spine.indicators import services
from shenguan.spine.indicators.entered import Entry, enter, entered_values
from shenguan.spine.indicators.models import EnteredValue
from shenguan.spine.indicators.tests.city import ALL, YEAR, ask, caught_up, courts, fill, pairs
from shenguan.spine.indicators.values import Question
from shenguan.spine.tests.registry import NOW

pytestmark = pytest.mark.django_db
PER_JUDGE = "closed_per_judge"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill()
    return caught_up(tmp_path)


def state(court: Court, value: int, period: Period = YEAR, day: int = 0) -> int:
    entry = Entry(court, "staff_judges", period, value, "本院填报", "填报.xlsx 第 2 行")
    return enter([entry], actor="甲院审管办", now=NOW + timedelta(days=day))


def test_an_entered_number_gives_its_court_and_period_a_value_and_no_other(home: Path):
    one, other = courts()
    state(one, 2)
    rows = {row.labels["court"]: row for row in ask(home, PER_JUDGE, "court")}
    assert (rows[one.name].figure.numerator, rows[one.name].figure.denominator) == (3, 2)
    assert "含填报数：员额法官人数" in rows[one.name].note
    assert rows[other.name].printed == "暂无数据来源"
    assert "填报的员额法官人数" in rows[other.name].note
    (quarter,) = ask(home, PER_JUDGE, period=Period.parse("2026Q1"), where={"court": (one.pk,)})
    assert quarter.printed == "暂无数据来源"


def test_a_sum_over_courts_waits_for_every_court(home: Path):
    one, other = courts()
    state(one, 2)
    assert ask(home, PER_JUDGE)[0].printed == "暂无数据来源"
    state(other, 3)
    assert pairs(ask(home, PER_JUDGE)) == {"": (4, 5)}
    assert pairs(ask(home, PER_JUDGE, where={"court": (other.pk,)})) == {"": (1, 3)}


def test_lines_divisions_and_single_judges_have_no_entered_number(home: Path):
    one, other = courts()
    state(one, 2)
    state(other, 2)
    for by in (("judge",), ("line",), ("court", "line"), ("city",)):
        assert {row.printed for row in ask(home, PER_JUDGE, *by)} == {"暂无数据来源"}
    assert ask(home, PER_JUDGE, where={"case_class": (2,)})[0].printed == "暂无数据来源"


def test_a_scope_counts_the_numbers_of_its_own_courts(home: Path):
    one, other = courts()
    state(one, 2)
    state(other, 3)
    own = Scope("乙院", court_ids=frozenset({other.pk}))
    assert pairs(ask(home, PER_JUDGE, scope=own)) == {"": (1, 3)}
    assert pairs(ask(home, PER_JUDGE, "court", scope=own)) == {other.name: (1, 3)}
    assert [row.value for row in entered_values(own)] == [3]
    assert ask(home, PER_JUDGE, scope=Scope.nothing("路人"))[0].printed == "暂无数据来源"


def test_a_correction_is_a_new_version_and_the_old_one_answers_for_its_day(home: Path):
    one, _ = courts()
    assert [state(one, 2), state(one, 2), state(one, 4, day=2)] == [1, 0, 1]
    assert [(row.version, row.value) for row in EnteredValue.objects.all()] == [(1, 2), (2, 4)]
    question = Question(YEAR, (PER_JUDGE,), where={"court": (one.pk,)})
    for known, value in ((NOW.date() + timedelta(days=1), 2), (date(2030, 1, 1), 4)):
        found = services.values(ALL, question, home=home, as_known=known)
        assert found.rows[0].figure.denominator == value
