"""Acts on many warnings at once, orders and papers, weekly answers by page and by file."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Answer, Correction, Order, Watch
from shenguan.base.inbox.weekly import item_of
from shenguan.base.org.models import Unit
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.registry import add_case, demo_court
from shenguan.spine.warnings.services import tick

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
MOST_QUERIES = {
    "/warnings/": 9,
    "/warnings/orders/": 11,
    "/warnings/weekly/": 8,
    "/warnings/answers/": 8,
}


@pytest.fixture
def people():
    """Three cases not yet late but stuck, their judge and chief, the office; the night has run."""
    with time_machine.travel(NOW, tick=False):
        for serial in (1, 2, 3):
            number = f"（2026）示0101民初{serial}号"
            add_case(number, {"2026-08-15": "立案", "2026-09-01": "开庭"}, **ORDINARY)
        unit = Unit.objects.get(court=demo_court(), name="民事审判第一庭")
        found = {
            "judge": signed_in("法官", demo_court(), unit=unit, name="法官甲一"),
            "chief": signed_in("庭长", demo_court(), unit=unit, name="庭长甲"),
            "office": signed_in("审管办主任", demo_court(), name="审管甲一"),
            "officer": signed_in("审管办工作人员", demo_court(), name="审管甲二"),
        }
        tick(on=date(2026, 11, 20), now=NOW)
        yield found


def standing() -> list[Watch]:
    return list(Watch.objects.exclude(level="").filter(silenced=False).order_by("pk"))


def post(client: Client, address: str, **form: object) -> str:
    return client.post(address, form, follow=True).content.decode()


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_each_number_is_the_length_of_its_list_under_every_condition(people):
    for condition in (
        "",
        "&kind=stuck",
        "&answer=open",
        "&words=2号",
        "&owner=法官甲一",
        "&mine=1",
    ):
        context = people["office"].get(f"/warnings/?level={condition}").context
        total = sum(count for _level, count, _query in context["counts"])
        assert context["rows"].paginator.count == total
        for _level, count, query in context["counts"]:
            listed = people["office"].get(f"/warnings/?{query}").context["rows"]
            assert listed.paginator.count == count


def test_the_office_raises_orders_for_several_and_those_that_have_one_are_listed(people):
    first, second = [w.pk for w in standing() if w.kind == "stuck"][:2]
    form = {"what": "督办", "text": "请一周内排期", "due": "2026-11-27"}
    page = post(people["office"], "/warnings/act/", watch=first, **form)
    assert "已处理1条" in page
    order = Order.objects.get()
    assert (order.directed_by.name, order.owner.name) == ("审管甲一", "法官甲一")
    page = post(people["office"], "/warnings/act/", watch=[first, second], **form)
    assert "例外清单" in page or "已处理1条" in page
    assert Order.objects.filter(closed_on=None).count() == 2
    assert AuditRow.objects.filter(action="交办：督办").count() == 2


def test_a_directed_order_silences_the_case_s_lower_warnings_at_once_and_closing_frees_them(people):
    watch = next(w for w in standing() if w.kind == "stuck")
    form = {"what": "督办", "text": "请排期", "due": "2026-11-27", "watch": watch.pk}
    post(people["office"], "/warnings/act/", **form)
    watch.refresh_from_db()
    assert watch.silenced
    order = Order.objects.get()
    post(people["judge"], f"/warnings/orders/{order.pk}/report/", result="已排期")
    page = post(people["office"], f"/warnings/orders/{order.pk}/close/")
    assert "销号" in page
    watch.refresh_from_db()
    assert not watch.silenced
    assert Watch.objects.get(kind="directed").level == ""


def test_who_may_urge_but_not_supervise_raises_no_order(people):
    form = {"watch": standing()[0].pk, "what": "督办", "text": "x", "due": "2026-11-27"}
    for who in ("judge", "chief", "officer"):
        assert people[who].post("/warnings/act/", form).status_code == 404
    assert people["officer"].post("/warnings/act/", form | {"what": "催办"}).status_code == 302
    assert Watch.objects.get(kind="directed").level == "催办"


def test_cases_of_a_list_become_orders_and_hidden_ones_do_not(people):
    cases = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    address = f"/warnings/direct/?case={cases[0]}&case={cases[1]}&why=超期"
    assert "交办 2件" in text(people["office"], address)
    assert people["judge"].get(address).status_code == 404
    form = {"case": cases[:2], "level": "督办", "text": "限期办结", "due": "2026-12-04"}
    post(people["office"], "/warnings/direct/", **form)
    assert Order.objects.filter(watch__kind="directed").count() == 2
    stranger = signed_in("审管办主任", demo_court("示0102", "示范市乙区人民法院"), name="审管乙一")
    assert stranger.post("/warnings/direct/", form).status_code == 404


def test_everything_that_fits_is_answered_at_once_and_the_exceptions_are_told(people):
    warned = standing()
    first = {"watch": warned[0].pk, "choice": "数据有误", "text": "已开庭"}
    post(people["judge"], "/warnings/act/", **first)
    page = post(
        people["judge"], "/warnings/act/", which="all", asked="", choice="数据有误", text="均有误"
    )
    assert "例外清单" in page
    assert "已在认定之中" in page
    assert Answer.objects.count() == len(warned)


def test_orders_are_closed_in_bulk_with_the_exceptions_listed(people):
    for watch in [w for w in standing() if w.kind == "stuck"][:2]:
        form = {"what": "督办", "text": "请排期", "due": "2026-11-27", "watch": watch.pk}
        post(people["office"], "/warnings/act/", **form)
    one, other = Order.objects.order_by("pk")
    post(people["judge"], f"/warnings/orders/{one.pk}/report/", result="已排期")
    page = post(people["office"], "/warnings/orders/close/", order=[one.pk, other.pk])
    assert "已处理1条，未处理1条" in page
    assert "尚无办理结果" in page
    assert people["judge"].post("/warnings/orders/close/", {"order": one.pk}).status_code == 404


@pytest.mark.parametrize("layout", ["docx", "pdf"])
def test_an_order_is_printed_and_lists_are_exported(people, layout):
    form = {"what": "督办", "text": "请排期", "due": "2026-11-27", "watch": standing()[0].pk}
    post(people["office"], "/warnings/act/", **form)
    order = Order.objects.get()
    paper = people["office"].get(f"/warnings/orders/{order.pk}/?format={layout}")
    assert paper.status_code == 200
    assert len(paper.content) > 2000
    book = openpyxl.load_workbook(
        io.BytesIO(people["office"].get("/warnings/?level=&format=xlsx").content)
    )
    listed = people["office"].get("/warnings/?level=").context["rows"].paginator.count
    assert book.active.max_row == listed + 2  # mark and heading
    assert people["office"].get("/warnings/orders/?format=xlsx").status_code == 200


def test_the_weekly_items_are_answered_on_one_page_and_their_state_shows(people):
    one, other = standing()[:2]
    form = {f"choice_{one.pk}": "办理中", f"text_{one.pk}": "已约期", f"choice_{other.pk}": "数据有误",
            f"text_{other.pk}": "漏登开庭"}  # fmt: skip
    page = post(people["judge"], "/warnings/weekly/take/", **form)
    assert "办理中：已约期" in page
    assert "待认定：漏登开庭" in page


def test_the_gateway_s_workbook_is_taken_in_by_the_office_only(people):
    def upload(client: Client) -> Any:
        book = openpyxl.Workbook()
        book.active.append(["事项编号", "收件人", "答复", "说明"])
        book.active.append([item_of(standing()[0]), "法官甲一", "已办", ""])
        book.active.append([item_of(standing()[1]), "法官乙九", "已办", ""])
        file = io.BytesIO()
        book.save(file)
        file.name = "答复.xlsx"
        file.seek(0)
        return client.post("/warnings/weekly/take/", {"file": file})

    assert upload(people["judge"]).status_code == 404
    page = upload(people["office"]).content.decode()
    assert "已处理1条，未处理1条" in page
    assert "第3行" in page
    assert Answer.objects.get().channel == "网关文件"


def test_a_correction_found_true_is_finished_by_its_owner(people):
    watch = standing()[0]
    wrong = {"watch": watch.pk, "choice": "数据有误", "text": "漏登开庭"}
    post(people["judge"], "/warnings/act/", **wrong)
    post(people["office"], f"/warnings/answers/{Answer.objects.get().pk}/decide/", upheld="1")
    task = Correction.objects.get()
    post(people["judge"], f"/warnings/corrections/{task.pk}/finish/", note="已补录")
    task.refresh_from_db()
    assert task.state == "已更正"


@pytest.mark.parametrize("address", MOST_QUERIES)
def test_a_list_asks_a_bounded_number_of_times(people, address):
    for who in ("judge", "office"):
        people[who].get(address)
        with CaptureQueriesContext(connection) as asked:
            assert people[who].get(address).status_code == 200
        assert len(asked) <= MOST_QUERIES[address]
