"""The interface as a program meets it: names, scope, writing once, mistakes in Chinese."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.ops import clock
from shenguan.base.org.models import Court
from shenguan.programs.registering.modes import set_mode
from shenguan.spine.cases.models import Event
from shenguan.web.api.tests.program import Program
from shenguan.web.tests.test_matrix import (
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_token_lists_and_opens_what_its_person_sees_and_nothing_else(post, cases):  # noqa: F811
    client_of(post)
    program = Program()
    listed = program.call("GET", "/cases").json()
    assert {one["案号"] for one in listed["条目"]} == SEEN[post]
    assert listed["总数"] == len(SEEN[post])
    for number, case_id in cases.items():
        for part in ("", "/due", "/events", "/chain"):
            status = program.call("GET", f"/cases/{case_id}{part}").status_code
            assert status == (200 if number in SEEN[post] else 404), (number, part)


def test_a_due_date_comes_with_every_step_and_its_article(cases):  # noqa: F811
    client_of("法官")
    told = Program().call("GET", f"/cases/{cases[OWN]}/due").json()
    assert told["适用届满日"] == "2026-07-15"
    assert all(step["依据"] for step in told["步骤"] if "期限" in step["说明"])


def test_an_event_is_recorded_once_whatever_the_network_does(cases):  # noqa: F811
    client_of("书记员")
    since = date(2026, 1, 1)
    set_mode(
        court=Court.objects.get(code="示0101"), read_only=False, valid_from=since,
        basis="试点方案", actor="审管办", now=clock.now(),
    )  # fmt: skip
    program = Program(["登记事件"])
    body = {"事件": "开庭", "日期": "2026-03-02"}
    before = Event.objects.count()
    answers = [
        program.call("POST", f"/cases/{cases[OWN]}/events", body, **{"Idempotency-Key": "一"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].content.decode()
    assert answers[0].json() == answers[1].json()
    assert Event.objects.count() == before + 1
    kinds = [one["事件"] for one in program.call("GET", f"/cases/{cases[OWN]}/events").json()]
    assert "开庭" in kinds


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"事件": "没有的事"}, 422, "请求内容读不懂"),
        ({"事件": "没有的事", "日期": "2026-03-02"}, 422, "没有“没有的事”"),
        ({"事件": "开庭", "日期": "2026-03-02", "内容": {"天气": "晴"}}, 422, "没有栏目：天气"),
    ],
)
def test_a_mistake_is_told_in_chinese_with_its_place(cases, body, status, said):  # noqa: F811
    client_of("书记员")
    answer = Program().call("POST", f"/cases/{cases[OWN]}/events", body)
    assert answer.status_code == status
    assert said in answer.json()["错误"]


def test_a_token_without_the_act_records_nothing(cases):  # noqa: F811
    client_of("院长")
    answer = Program().call(
        "POST", f"/cases/{cases[OWN]}/events", {"事件": "开庭", "日期": "2026-03-02"}
    )
    assert answer.status_code == 403


def test_the_documents_of_the_interface_open_for_whoever_is_signed_in(cases):  # noqa: F811
    client = signed_in("法官", Court.objects.get(code="示0101"), name="另一法官")
    assert "登记事件" in client.get("/api/docs/").content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    assert "案号" in schema["components"]["schemas"]["CaseOut"]["properties"]
    assert Client().get("/api/docs/").status_code == 302
