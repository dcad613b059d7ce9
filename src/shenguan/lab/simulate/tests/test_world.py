"""The city: same seed same cases, everything in its order, nothing after the last day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import islice

import pytest

from shenguan import rulebook
from shenguan.core.calendar import CalendarNotPublished
from shenguan.core.casenumber import parse
from shenguan.lab.simulate.world import LAST_DAY, city_of, world

BOOK = rulebook.load()


@pytest.fixture(scope="module")
def cases():
    return list(world(5, 1500, 10, calendar=BOOK.calendar))


def test_the_same_seed_gives_the_same_city_and_another_seed_another():
    def numbers(seed):
        made = islice(world(seed, 400, 4, calendar=BOOK.calendar), 200)
        return [(case.number, case.closed_on, case.events) for case in made]

    assert numbers(1) == numbers(1)
    assert numbers(1) != numbers(2)


def test_as_many_cases_as_asked_for(cases):
    assert len(cases) == 1500
    assert len({(case.court_code, case.number) for case in cases}) == 1500


def test_nothing_happens_after_the_last_day(cases):
    assert max(event.known_on for case in cases for event in case.events) <= LAST_DAY
    assert all(case.closed_on is None or case.closed_on <= LAST_DAY for case in cases)
    assert any(case.closed_on is None for case in cases)


def test_the_city_opens_with_cases_pending_from_before(cases):
    old = [case for case in cases if case.filed_on < date(2024, 1, 1)]
    assert old
    assert all(c.closed_on is None or c.closed_on >= date(2024, 1, 1) for c in old)


def test_numbers_are_official_and_run_on_by_court_type_and_year(cases):
    last = defaultdict(int)
    for case in cases:
        number = parse(case.number)
        assert number.text == case.number
        assert (number.year, number.type_code) == (case.filed_on.year, case.type_code)
        series = (number.court_code, number.type_code, number.year)
        assert number.serial > last[series]
        last[series] = number.serial


def test_every_event_is_of_the_table_and_in_the_order_it_became_known(cases):
    for case in cases:
        days = [event.known_on for event in case.events]
        assert days == sorted(days)
        for event in case.events:
            assert BOOK.events.canonical(event.kind) == event.kind


def test_cases_are_filed_heard_and_closed_on_working_days(cases):
    for case in cases:
        for event in case.events:
            if event.kind in ("立案", "开庭", "报结"):
                assert BOOK.calendar.is_workday(event.known_on), (case.number, event)


def test_a_hearing_lies_between_filing_and_closing(cases):
    for case in cases:
        for event in case.events:
            if event.kind == "开庭":
                assert case.filed_on <= event.known_on
                assert case.legal_end_on is None or event.known_on <= case.legal_end_on


def test_appeals_and_enforcement_point_to_a_case_below(cases):
    known = {case.number for case in cases}
    below = [c for c in cases if c.type_code in ("民终", "执恢") and c.filed_on.year > 2024]
    pointing = [case for case in below if case.registration.get("prior_number") in known]
    assert len(pointing) > 0.9 * len(below)


def test_financial_cases_go_to_one_court_and_bankruptcies_to_the_intermediate_one(cases):
    finance = {c.court_code for c in cases if c.cause == "信用卡纠纷" and c.type_code == "民初"}
    assert finance - {"示01"} == {"示0102"}
    assert {c.court_code for c in cases if c.type_code in ("破", "破申")} <= {"示01"}


def test_nobody_bears_a_real_name():
    for court in city_of(2000, 10):
        for post in court.posts:
            assert post.name[:2] in {
                "院长",
                "副院",
                "审管",
                "政工",
                "督察",
                "法官",
                "庭长",
                "助理",
                "书记",
                "立案",
                "系统",
                "安全",
                "审计",
            }
        assert court.name.startswith("示范市")


def test_people_are_told_apart_by_name_across_courts():
    seen: dict[str, int] = {}
    for court in city_of(200_000, 25):
        for name in {post.name for post in court.posts}:
            assert seen.setdefault(name, court.index) == court.index


def test_a_year_without_a_published_calendar_is_refused():
    with pytest.raises(CalendarNotPublished):
        next(world(1, 10, 2, calendar=BOOK.calendar, last=date(2027, 6, 1)))


def test_a_single_court_is_no_city():
    with pytest.raises(ValueError, match="两个法院"):
        next(world(1, 10, 1, calendar=BOOK.calendar))
