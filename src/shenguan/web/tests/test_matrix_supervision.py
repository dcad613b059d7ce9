"""Role × endpoint for 阅核 and 四类案件: the happening follows the case, the content the inner record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from shenguan.base.approvals.models import Document
from shenguan.base.approvals.papers import Paper
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.programs.supervision import marking, services_reading
from shenguan.programs.supervision.models import Act, Mark, Review
from shenguan.programs.supervision.services_reading import Saying, Submission
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.people import at, hold
from shenguan.web.tests.test_matrix import (
    BELOW,
    COLLEAGUE,
    OTHER_DIVISION,
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db
TODAY = "2026-06-18"
SECRET, TEXT, INTENT = "秘意见甲乙丙", "秘文书丁戊己", "拟与类案不一致"
Made = dict[str, tuple[Review, Mark]]
Ids = dict[str, int]
BENCH = {"法官", "审判长", "执行法官", "执行员", "审监庭法官", "调解员"}
"""Posts that client_of gives to the judge of OWN in person: the bench of that case."""


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def everything(cases) -> dict[str, tuple[Review, Mark]]:  # noqa: F811
    """A reading sent back with a remark, and a confirmed mark with a measure, in every case."""
    made = {}
    for number in (OWN, COLLEAGUE, OTHER_DIVISION, BELOW):
        case = Case.objects.select_related("court", "division", "team", "undertaker", "prior").get(
            pk=cases[number]
        )
        chief = _chief(case.court, case.division)
        draft = Paper("拟签署文书", "判决.txt", TEXT.encode())
        review = services_reading.submit(
            case, Submission("判决书", draft, (INTENT,)), person=case.undertaker, now=at(TODAY)
        )
        saying = Saying("reconsider", [("法律适用", "", SECRET)])
        services_reading.say(review.pk, saying, person=chief, now=at(TODAY))
        mark = Mark.objects.select_related("case__court").get(case=case)
        marking.confirm(mark, [3], "", person=chief, now=at(TODAY))
        marking.take_measure(mark, "m2", "请报告", person=chief, now=at(TODAY))
        made[number] = (review, mark)
    return made


def _chief(court: Court, unit: Unit) -> Person:
    if not Appointment.objects.filter(court=court, post="院长").exists():
        hold("院长乙", "院长", court)
    held = Appointment.objects.filter(court=court, post="庭长", unit=unit).first()
    return held.person if held else hold(f"庭长{court.pk}{unit.name}", "庭长", court, unit)


def reads_inner(post: str, number: str) -> bool:
    """Bench and named leaders alone read what was said; 审管办, assistants and clerks don't."""
    if number not in SEEN[post]:
        return False
    return load().posts[post].inner or (post in BENCH and number == OWN)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done inside: one registry serves every post."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_post_sees_what_is_its_own_and_no_more(everything, cases):  # noqa: F811
    for post in sorted(SEEN):
        with undone():
            client = client_of(post)
            for holds in ASPECTS:
                holds(client, post, everything, cases)


def _content_is_for_bench_and_named_leaders(
    client: Client, post: str, everything: Made, ids: Ids
) -> None:
    for number, (review, _mark) in everything.items():
        answer = client.get(f"/reviews/{review.pk}/")
        assert answer.status_code == (200 if number in SEEN[post] else 404), (post, number)
        page = answer.content.decode()
        for word in (SECRET, TEXT, INTENT, "建议复议"):
            assert (word in page) == reads_inner(post, number), (post, number, word)
        paper = Document.objects.get(request=review.request_id)
        status = client.get(f"/reviews/{review.pk}/documents/{paper.pk}/").status_code
        assert status == (200 if reads_inner(post, number) else 404), (post, number)


def _no_list_or_case_page_tells_more(client: Client, post: str, everything: Made, ids: Ids) -> None:
    inner = any(reads_inner(post, number) for number in everything)
    pages = ["/reviews/?tab=all", "/reviews/?tab=own", "/four-kinds/?tab=all", "/warnings/"]
    pages += ["/supervision/statistics/", "/four-kinds/measures/", "/reviews/unread/", "/"]
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, (post, address)
        page = answer.content.decode()
        assert SECRET not in page
        assert TEXT not in page
        assert {number for number in everything if number in page} <= SEEN[post], (post, address)
        if not inner:
            assert INTENT not in page, (post, address)
    for number in SEEN[post] & set(everything):
        page = client.get(f"/cases/{ids[number]}/").content.decode()
        assert SECRET not in page
        if not reads_inner(post, number):
            assert INTENT not in page
            assert "建议复议" not in page, (post, number)


def _nobody_acts_from_outside_the_inner_circle(
    client: Client, post: str, everything: Made, ids: Ids
) -> None:
    for number, (review, _mark) in everything.items():
        for act in ("say", "answer", "sign", "withdraw"):
            status = client.post(f"/reviews/{review.pk}/{act}/").status_code
            assert status == (409 if reads_inner(post, number) else 404), (post, act, number)
    assert set(Review.objects.values_list("request__state", flat=True)) == {"returned"}


def _marks_follow_the_case(client: Client, post: str, everything: Made, ids: Ids) -> None:
    listed = client.get("/four-kinds/?tab=all").content.decode()
    assert {number for number in everything if number in listed} == SEEN[post] & set(everything)
    for number, (_review, mark) in everything.items():
        seen = number in SEEN[post]
        assert client.get(f"/four-kinds/{mark.pk}/").status_code == (200 if seen else 404), (
            post,
            number,
        )
        act = Act.objects.get(mark=mark)
        acts = [f"/four-kinds/{mark.pk}/{name}/" for name in ("decide", "remove", "measures")]
        acts += [f"/four-kinds/measures/{act.pk}/{name}/" for name in ("reply", "effect")]
        for address in acts:
            assert client.post(address).status_code == (409 if seen else 404), (post, address)
    assert set(Mark.objects.values_list("state", flat=True)) == {"已标注"}


def _forms_open_for_those_who_may_use_them(
    client: Client, post: str, everything: Made, ids: Ids
) -> None:
    for number, case_id in ids.items():
        seen, own = number in SEEN[post], post in BENCH and number == OWN
        submit = client.get(f"/cases/{case_id}/review/").status_code
        assert submit == (200 if own else 403 if seen else 404), (post, number)
        marks = post in load().supervision.may("mark") and (post not in BENCH or own)
        by_hand = client.get(f"/cases/{case_id}/four-kinds/").status_code
        assert by_hand == ((200 if marks else 403) if seen else 404), (post, number)


def _figures_lead_to_no_case_outside_the_scope(
    client: Client, post: str, everything: Made, ids: Ids
) -> None:
    Case.objects.update(closed_on="2026-06-10", disposition="判决", instance="一审")
    for what in ("closed", "read", "unread", "level0", "level2"):
        answer = client.get("/supervision/statistics/cases/", {"what": what, "from": "2026-01-01"})
        page = answer.content.decode()
        assert {number for number in everything if number in page} <= SEEN[post], (post, what)
    whole = client.get("/supervision/statistics/", {"from": "2026-01-01"})
    sees_figures = load().posts[post].sees == "figures"
    expected = 3 if sees_figures else len(SEEN[post])
    assert whole.context["whole"].closed == expected


ASPECTS = (
    _content_is_for_bench_and_named_leaders,
    _no_list_or_case_page_tells_more,
    _nobody_acts_from_outside_the_inner_circle,
    _marks_follow_the_case,
    _forms_open_for_those_who_may_use_them,
    _figures_lead_to_no_case_outside_the_scope,
)
BUDGETS = {
    "/reviews/?tab=all": 22,
    "/reviews/?tab=own": 22,
    "/four-kinds/?tab=all": 22,
    "/four-kinds/measures/": 14,
    "/reviews/unread/": 14,
    "/supervision/statistics/": 34,
}


def test_every_list_keeps_to_its_budget(everything, django_assert_max_num_queries):
    client = client_of("院长")
    for address, most in BUDGETS.items():
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_lists_come_as_xlsx(everything):
    client = client_of("审管办主任")
    for address in (
        "/reviews/?tab=all",
        "/four-kinds/?tab=all",
        "/four-kinds/measures/?",
        "/supervision/statistics/?",
    ):
        answer = client.get(f"{address}&format=xlsx")
        assert answer["Content-Type"].endswith("spreadsheetml.sheet"), address
