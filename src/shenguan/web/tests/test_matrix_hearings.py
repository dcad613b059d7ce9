"""Role × endpoint for the calendar of hearings: cases one sees, in every view and every export."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine

from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW
from shenguan.web.tests.test_matrix import (
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
    shown,
)

pytestmark = pytest.mark.django_db
ASKED = {"on": "2026-12-10", "court": "all"}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def heard(cases: dict[str, int]) -> dict[str, int]:  # noqa: F811
    """Every case is set for the same hour of the same day, in the same room of its court."""
    told = {"hearing_on": "2026-12-10", "start": "09:00", "end": "10:00", "room": "第1法庭"}
    events = [NewEvent(pk, "排期", NOW.date(), told) for pk in cases.values()]
    record(events, actor="甲", now=NOW)
    return cases


@pytest.mark.parametrize("post", sorted(SEEN))
def test_every_view_shows_the_cases_one_sees_and_no_others(post, heard):
    client = client_of(post)
    expected = 200 if SEEN[post] else 403
    for view in ("day", "week", "month"):
        answer = client.get("/hearings/", {**ASKED, "view": view})
        assert answer.status_code == expected
        if expected == 200:
            assert shown(answer.content.decode()) == SEEN[post], view
            assert answer.context["total"] == len(SEEN[post])


@pytest.mark.parametrize("post", ["法官", "庭长", "院长", "书记员"])
def test_the_exports_hold_what_the_page_holds(post, heard):
    client = client_of(post)
    file = client.get("/hearings/", {**ASKED, "format": "ics"}).content.decode()
    assert shown(file.replace("\r\n ", "")) == SEEN[post]
    book = client.get("/hearings/", {**ASKED, "format": "xlsx"}).content
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    numbers = {row[3] for row in sheet.iter_rows(values_only=True)}
    assert numbers & set(heard) == SEEN[post]


def test_a_conflict_with_a_hidden_case_is_shown_without_its_number(heard):
    page = client_of("法官").get("/hearings/", {**ASKED, "view": "day"}).content.decode()
    assert "另一案件（不在您的查看范围）（09:00至10:00）：法庭 第1法庭" in page
    assert shown(page) == {OWN}


def test_pages_lead_on_and_back_and_odd_input_is_today(heard):
    client = client_of("庭长")
    for view, step in (("day", 1), ("week", 7)):
        answer = client.get("/hearings/", {**ASKED, "view": view})
        day = date(2026, 12, 10) + timedelta(days=step)
        assert f"on={day}" in answer.context["later"]
    assert client.get("/hearings/", {"on": "x", "view": "y", "court": "z"}).status_code == 200
    assert client.get("/hearings/", {"on": "9999-12-31", "view": "month"}).status_code == 200


def test_the_calendar_keeps_its_query_budget(heard, django_assert_max_num_queries):
    client = client_of("院长")
    client.get("/hearings/", ASKED)  # the first one brings the table up to the log
    with django_assert_max_num_queries(20):
        client.get("/hearings/", {**ASKED, "view": "month"})
