"""A court's choice holds from its day on; without one, the court above decides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shenguan.base.org.choices import Choices, setting
from shenguan.base.org.models import Court
from shenguan.base.org.services import set_setting
from shenguan.base.org.tests.factories import make_court

pytestmark = pytest.mark.django_db


def choose(court: Court, value: Any, since: date) -> None:
    set_setting(
        court=court,
        key="群体性人数",
        value=value,
        valid_from=since,
        basis="院长办公会",
        actor="张示范",
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_a_choice_holds_from_its_day_and_never_rewrites_the_past():
    court = make_court()
    choose(court, 10, date(2025, 1, 1))
    choose(court, 5, date(2026, 1, 1))
    assert setting(court, "群体性人数", date(2025, 12, 31)) == 10
    assert setting(court, "群体性人数", date(2026, 1, 1)) == 5
    assert setting(court, "群体性人数", date(2024, 12, 31), "缺省") == "缺省"


def test_of_two_choices_with_one_start_the_later_set_holds():
    court = make_court()
    choose(court, 10, date(2025, 1, 1))
    choose(court, 8, date(2025, 1, 1))
    assert setting(court, "群体性人数", date(2025, 6, 1)) == 8


def test_a_court_without_a_choice_follows_the_court_above():
    middle = make_court()
    basic = make_court(parent=middle)
    choose(middle, 7, date(2025, 1, 1))
    assert setting(basic, "群体性人数", date(2025, 6, 1)) == 7
    choose(basic, 3, date(2025, 3, 1))
    assert setting(basic, "群体性人数", date(2025, 6, 1)) == 3
    assert setting(basic, "群体性人数", date(2025, 2, 1)) == 7


def test_without_any_choice_the_default_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        choices = Choices()
        assert choices.empty
        assert choices.value(1, "任何", date(2026, 1, 1), default=4) == 4
