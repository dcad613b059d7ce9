"""Role × endpoint for registering: who opens the forms, on which cases, and who may only read."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from shenguan.base.org.models import Court
from shenguan.programs.registering.modes import set_mode
from shenguan.rulebook import load
from shenguan.spine.cases.models import Event
from shenguan.spine.tests.registry import NOW
from shenguan.web.tests.test_matrix import (
    COLLEAGUE,
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db
SERVICE = {"day": "2026-11-10", "document": "判决书", "way": "邮寄送达"}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False):
        yield


def open_forms() -> None:
    """Let the court register here."""
    court = Court.objects.get(code="示0101")
    since = date(2026, 1, 1)
    set_mode(court=court, read_only=False, valid_from=since, basis="示范", actor="甲", now=NOW)


def records(post: str) -> bool:
    return bool({"登记", "登记事件"} & set(load().posts[post].does))


@pytest.mark.parametrize("post", sorted(SEEN))
def test_forms_open_for_whoever_may_record_on_cases_they_see(post, cases):  # noqa: F811
    open_forms()
    client = client_of(post)
    for number, case_id in cases.items():
        expected = 403 if not records(post) else 200 if number in SEEN[post] else 404
        for address in (f"/cases/{case_id}/record/", f"/cases/{case_id}/record/送达/"):
            if address.endswith("送达/") and "登记事件" not in load().posts[post].does:
                expected = 403 if not records(post) else 404
            assert client.get(address).status_code == expected, (address, number)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_nobody_records_on_what_is_hidden_and_few_on_what_is_not(post, cases):  # noqa: F811
    open_forms()
    client = client_of(post)
    for case_id in cases.values():
        client.post(f"/cases/{case_id}/record/送达/", {**SERVICE, "confirmed": "1"})
    may = "登记事件" in load().posts[post].does
    expected = {cases[number] for number in SEEN[post]} if may else set()
    assert set(Event.objects.filter(kind="送达").values_list("case", flat=True)) == expected


@pytest.mark.parametrize("post", sorted(SEEN))
def test_an_act_on_many_cases_reaches_only_those_one_sees(post, cases):  # noqa: F811
    open_forms()
    client = client_of(post)
    told = {**SERVICE, "event": "送达", "numbers": "\n".join(cases), "key": "k", "step": "preview"}
    preview = client.post("/register/bulk/", told)
    client.post("/register/bulk/run/", told)
    may = "登记事件" in load().posts[post].does
    assert preview.status_code == (200 if may else 403)
    expected = {cases[number] for number in SEEN[post]} if may else set()
    assert set(Event.objects.filter(kind="送达").values_list("case", flat=True)) == expected


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_other_pages_open_for_their_posts_alone(post, cases):  # noqa: F811
    client, does = client_of(post), set(load().posts[post].does)
    for address, acts in (
        ("/register/", {"登记"}),
        ("/register/mode/", {"设置"}),
        ("/register/bulk/", {"登记事件"}),
        ("/register/bulk/choose/", {"登记事件"}),
    ):
        assert client.get(address).status_code == (200 if does & acts else 403), address


def test_in_read_only_mode_a_form_is_off_and_says_why(cases):  # noqa: F811
    client = client_of("法官")
    answer = client.get(f"/cases/{cases[OWN]}/record/送达/")
    assert answer.status_code == 403
    assert "只读接入模式" in answer.content.decode()
    assert client.get(f"/cases/{cases[OWN]}/record/送达未果/").status_code == 200
    page = client.get(f"/cases/{cases[OWN]}/record/").content.decode()
    assert "○ 送达" in page
    assert "● 回避决定" in page


def test_a_gate_shows_at_its_field_with_its_article(cases):  # noqa: F811
    open_forms()
    client = client_of("法官")
    answer = client.post(f"/cases/{cases[OWN]}/record/开庭/", {"day": "2026-11-25"})
    assert answer.status_code == 400
    assert answer.context["form"].errors["day"] == ["发生日期晚于今天，请核对（登记规则）"]
    answer = client.post(f"/cases/{cases[OWN]}/record/开庭/", {"day": "2026-01-10"})
    assert "法释〔2000〕29号第8条" in answer.context["form"].errors["day"][0]


def test_advice_is_confirmed_before_a_hearing_is_set(cases):  # noqa: F811
    open_forms()
    client = client_of("法官")
    told = {"day": "2026-11-20", "hearing_on": "2026-11-21", "start": "09:00"}
    answer = client.post(f"/cases/{cases[OWN]}/record/排期/", told)
    assert answer.status_code == 409
    assert "距开庭不足3日" in answer.content.decode()
    answer = client.post(f"/cases/{cases[OWN]}/record/排期/", {**told, "confirmed": "1"})
    assert answer.status_code == 302
    assert Event.objects.get(kind="排期").payload == {"hearing_on": "2026-11-21", "start": "09:00"}


def test_an_event_is_taken_back_and_comes_again_filled_in(cases):  # noqa: F811
    open_forms()
    client = client_of("书记员")
    client.post(f"/cases/{cases[OWN]}/record/送达/", SERVICE)
    position = Event.objects.get(kind="送达").pk
    address = f"/cases/{cases[OWN]}/events/{position}/void/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 400
    answer = client.post(address, {"reason": "送达方式登记有误", "again": "1"})
    assert answer.status_code == 302
    form = client.get(answer["Location"]).context["form"]
    assert (form["document"].value(), form["way"].value()) == ("判决书", "邮寄送达")


def test_a_result_is_shown_to_whoever_did_the_act_and_exports_its_exceptions(cases):  # noqa: F811
    open_forms()
    client = client_of("法官")
    told = {**SERVICE, "event": "送达", "numbers": f"{OWN}\n{COLLEAGUE}", "key": "k"}
    address = client.post("/register/bulk/run/", told)["Location"]
    page = client.get(address).content.decode()
    assert "未找到该案号，或者不在您的查看范围" in page
    assert client.get(f"{address}?format=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")
    assert client_of("书记员").get(address).status_code == 404


def test_the_lists_keep_their_query_budget(cases, django_assert_max_num_queries):  # noqa: F811
    client = client_of("法官")
    for address, most in (
        (f"/cases/{cases[OWN]}/record/", 22),
        ("/register/bulk/", 20),
        ("/register/bulk/choose/", 18),
    ):
        with django_assert_max_num_queries(most):
            client.get(address)
