from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction

from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters
from shenguan.spine.indicators import entered, freshness, keeping, services
from shenguan.spine.indicators.services import Values
from shenguan.spine.indicators.tests.city import ALL, ORDINARY, YEAR, caught_up, courts, fill, pairs
from shenguan.spine.indicators.values import Question
from shenguan.spine.pipeline import NewEvent, record, refresh
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
ASKED = Question(YEAR, ("filed_cases", "timely_closing_rate"), compare=("yoy",))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def reckoned(monkeypatch) -> list[Filters]:
    """Over what figures were reckoned, one after the other; each answer says which it was."""
    found: list[Filters] = []

    def count(scope, question, filters):
        found.append(filters)
        return Values([], len(found), None, "")

    monkeypatch.setattr(services, "values", count)
    return found


def another_process() -> None:
    """Forget what this process remembers: all that another one finds is in the home folder."""
    freshness.forget()


def reckoning(scope: Scope = ALL) -> int:
    return freshness.remembered(scope, ASKED).position


def test_an_event_taken_in_by_one_process_is_seen_by_another(home):
    def filed() -> dict:
        return pairs(freshness.remembered(ALL, ASKED).rows[:1])

    fill()
    caught_up(home)
    before = freshness.remembered(ALL, ASKED)
    another_process()
    assert freshness.remembered(ALL, ASKED) == before
    assert filed() == {"": (4, 1)}
    court, _ = courts()
    add_case("（2026）示0101民初9号", {"2026-05-07": "立案"}, court=court, **ORDINARY)
    services.catch_up(home, now=NOW + timedelta(minutes=2))
    assert filed() == {"": (5, 1)}


def test_what_one_process_reckoned_another_reads(reckoned):
    assert reckoning() == 1
    another_process()
    assert reckoning() == 1
    assert len(reckoned) == 1


def test_a_number_entered_and_a_changed_program_begin_anew(reckoned, monkeypatch):
    assert reckoning() == 1
    monkeypatch.setattr(keeping, "_installed", lambda rulebook: "其他版本")
    assert reckoning() == 2
    monkeypatch.setattr(entered, "state", lambda: (1, 1))
    assert reckoning() == 3


def test_answers_of_one_scope_are_never_given_to_another(reckoned):
    one, other = courts()
    scopes = [ALL, Scope("院长", frozenset({one.pk})), Scope("院长", frozenset({other.pk}))]
    assert [reckoning(scope) for scope in scopes] == [1, 2, 3]
    another_process()
    assert [reckoning(scope) for scope in scopes] == [1, 2, 3]
    assert reckoning(Scope("副院长", frozenset({one.pk}))) == 2  # who sees the same shares it


def test_what_is_kept_for_all_is_asked_over_what_all_see(reckoned, monkeypatch):
    one, _ = courts()
    president = Scope("院长", frozenset({one.pk}))
    common = freshness.shown_to(president)
    # a seat in another court's case, taken since the facts were made: nobody else may see it counted
    monkeypatch.setattr(freshness, "filters_of", lambda scope, **_: common.also(case=[7]))
    reckoning(president)
    assert reckoned == [common]


def test_a_damaged_answer_is_reckoned_again(home, reckoned):
    reckoning()
    for file in (home / "cache" / "figures").rglob("*.djcache"):
        file.write_bytes(file.read_bytes()[:-9])
    another_process()
    assert reckoning() == 2
    another_process()
    assert reckoning() == 2


def test_the_folders_of_old_states_go(home):
    for number in range(5):
        assert keeping.kept(home, f"状态{number}", "问", partial(abs, number)) == number
    assert len(list((home / "cache" / "figures").iterdir())) == keeping.MOST_STATES
    assert keeping.kept(home, "状态4", "问", partial(abs, 99)) == 4


@pytest.mark.django_db(transaction=True)
def test_what_the_registry_says_holds_until_a_row_is_written():
    made = iter(range(9))

    def ask() -> int:
        return freshness.current(("问", ALL), lambda: next(made))

    court, _ = courts()
    case = add_case("（2026）示0101民初9号", {"2026-05-07": "立案"}, court=court, **ORDINARY)
    assert [ask(), ask()] == [0, 0]
    record([NewEvent(case.pk, "开庭", date(2026, 6, 1))], actor="测试", now=NOW)
    assert [ask(), ask()] == [1, 1]
    refresh([case.pk], now=NOW)  # as after a setting has changed: no event tells of it
    assert [ask(), ask()] == [2, 2]
    with transaction.atomic():  # what may yet be taken back is remembered by nobody
        assert [ask(), ask()] == [3, 4]
    assert ask() == 2
