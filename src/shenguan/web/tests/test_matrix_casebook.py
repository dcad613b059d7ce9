"""Role × endpoint for the case list, the case page, its audit and the search; guessing shows no more."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court
from shenguan.programs.casebook.finding import keeping
from shenguan.programs.casebook.page import SEES_AUDIT
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case, Event
from shenguan.web.tests.test_matrix import (
    ABOVE,
    BELOW,
    COLLEAGUE,
    OTHER_DIVISION,
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
    shown,
)

pytestmark = pytest.mark.django_db
ALL = {OWN, COLLEAGUE, OTHER_DIVISION, BELOW, ABOVE}


@pytest.fixture(autouse=True)
def _own_home(tmp_path, settings):
    settings.HOME = tmp_path
    yield
    keeping._open.cache_clear()


@pytest.mark.parametrize("post", sorted(SEEN))
def test_list_and_export_and_count_are_the_cases_of_the_post(post, cases):  # noqa: F811
    client = client_of(post)
    page = client.get("/cases/?state=all")
    assert shown(page.content.decode()) == SEEN[post]
    assert page.context["listed"].total == len(SEEN[post])
    book = openpyxl.load_workbook(BytesIO(client.get("/cases/?state=all&format=xlsx").content))
    assert {row[0] for row in book.active.iter_rows(values_only=True)} & ALL == SEEN[post]


@pytest.mark.parametrize("post", sorted(SEEN))
def test_no_condition_shows_more_than_the_list(post, cases):  # noqa: F811
    client = client_of(post)
    others = Case.objects.exclude(number__in=SEEN[post])
    for case in others:
        for query in (
            f"court={case.court_id}",
            f"judge={case.undertaker_id}",
            f"unit={case.division_id}",
            "cause=合同",
            "scope=全部",
        ):
            page = client.get(f"/cases/?state=all&{query}").content.decode()
            assert shown(page) <= SEEN[post], query


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_search_finds_the_cases_of_the_post_and_no_others(post, cases):  # noqa: F811
    client = client_of(post)
    for text in ("合同", "2026", "民初", "法官", "fgjy"):
        page = client.get(client.post("/search/", {"q": text})["Location"]).content.decode()
        assert shown(page) <= SEEN[post], text
    page = client.get(client.post("/search/", {"q": "合同"})["Location"]).content.decode()
    assert shown(page) == SEEN[post]
    for number, pk in cases.items():
        answer = client.get("/search/", {"q": number})
        leads = answer.status_code == 302 and answer["Location"] == f"/cases/{pk}/"
        assert leads == (number in SEEN[post])


@pytest.mark.parametrize("post", sorted(SEEN))
def test_audit_and_tags_ask_for_the_case_and_the_act(post, cases):  # noqa: F811
    client, acts = client_of(post), set(load().posts[post].does)
    for number, pk in cases.items():
        seen = number in SEEN[post]
        audit = 200 if seen and acts & SEES_AUDIT else 404
        assert client.get(f"/cases/{pk}/audit/").status_code == audit, number
        tag = 302 if seen and "确认标签" in acts else 404
        said = client.post(f"/cases/{pk}/tag/", {"tag": "涉民生", "right": "1"})
        assert said.status_code == tag, number
    tagged = set(Event.objects.filter(kind="标签确认").values_list("case__number", flat=True))
    assert tagged == (SEEN[post] if "确认标签" in acts else set())


@pytest.mark.parametrize("address", ["/cases/", "/cases/1/", "/cases/1/audit/", "/search/"])
def test_a_stranger_is_sent_to_the_door(client, address):
    assert client.get(address)["Location"].startswith("/login/")


@pytest.mark.parametrize("address", ["/cases/1/tag/", "/cases/look/", "/cases/views/"])
def test_what_changes_something_is_asked_by_post(cases, address):  # noqa: F811
    assert client_of("审管办主任").get(address).status_code == 405


def test_the_upper_office_lists_the_cases_of_its_courts(cases):  # noqa: F811
    client = signed_in("审管办主任", Court.objects.get(code="示01"))
    assert shown(client.get("/cases/?state=all").content.decode()) == ALL
    president = signed_in("院长", Court.objects.get(code="示01"))
    assert shown(president.get("/cases/?state=all").content.decode()) == {ABOVE}
