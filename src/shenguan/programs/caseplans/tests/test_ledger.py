"""一案一策: listed by state, filled in, reported on monthly, closed by someone else; causes by court."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Watch
from shenguan.base.org.models import Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.caseplans.panels import case_panel
from shenguan.programs.caseplans.selectors import Asked, counts
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import add_case, demo_court
from shenguan.spine.warnings.models import Plan
from shenguan.spine.warnings.services import tick

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 9, tzinfo=ZONE)
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
MOST_QUERIES = 16


@pytest.fixture
def people():
    """Two cases of two years, their judge, chief, vice-president and office; the night has run."""
    with time_machine.travel(NOW, tick=False):
        for serial in (1, 2):
            add_case(f"（2024）示0101民初{serial}号", {"2024-06-03": "立案"}, **ORDINARY)
        unit = Unit.objects.get(court=demo_court(), name="民事审判第一庭")
        found = {
            "judge": signed_in("法官", demo_court(), unit=unit, name="法官甲一"),
            "other": signed_in("法官", demo_court(), unit=unit, name="法官甲二"),
            "chief": signed_in("庭长", demo_court(), unit=unit, name="庭长甲"),
            "vice": signed_in("分管副院长", demo_court(), unit=unit, name="副院长甲"),
            "office": signed_in("审管办主任", demo_court(), name="审管甲一"),
        }
        tick(on=date(2026, 11, 20), now=NOW)
        yield found


def who(name: str) -> int:
    return Person.objects.get(name=name).pk


def filled(**more: object) -> dict[str, object]:
    return {
        "cause": "鉴定、评估、审计时间长", "plan": "催促鉴定机构，逾期更换", "owner": who("法官甲一"),
        "leader": who("副院长甲"), "next_step": "约谈鉴定机构", "next_on": "2026-12-01", **more,
    }  # fmt: skip


def post(client: Client, plan: Plan, act: str, /, **form: object) -> str:
    answer = client.post(f"/caseplans/{plan.pk}/{act}/", form, follow=True)
    plan.refresh_from_db()
    return str(answer.content.decode())


def states(client: Client, query: str = "") -> dict[str, int]:
    found = client.get(f"/caseplans/?{query}").context["states"]
    for _state, _name, count, address in found:
        listed = client.get(f"/caseplans/?{address}").context["rows"]
        assert listed.paginator.count == count
    return {state: count for state, _name, count, _address in found if count}


def test_each_state_s_number_is_the_length_of_its_list(people):
    assert states(people["office"]) == {"open": 2, "missing": 2}
    first, _second = Plan.objects.order_by("pk")
    post(people["judge"], first, "fill", **filled())
    assert states(people["office"]) == {"open": 2, "missing": 1}
    later = counts(Scope.everything("测试"), Asked(), date(2026, 12, 25))
    assert {state: n for state, _name, n in later if n} == {
        "open": 2, "missing": 1, "late": 1, "silent": 1,
    }  # fmt: skip


def test_a_plan_filled_in_silences_its_warning_at_once_and_leaves_a_trace(people):
    plan = Plan.objects.order_by("pk").first()
    with time_machine.travel(datetime(2026, 11, 28, 9, tzinfo=ZONE), tick=False):
        tick(on=date(2026, 11, 28), now=datetime(2026, 11, 28, 9, tzinfo=ZONE))
        missing = Watch.objects.get(kind="plan_missing", subject=f"plan:{plan.pk}")
        assert missing.level == "提示"
        chief = signed_in("庭长", demo_court(), unit=plan.case.division, name="庭长丙")
        post(chief, plan, "fill", **filled())
        missing.refresh_from_db()
    assert missing.level == ""
    assert plan.is_planned
    assert AuditRow.objects.filter(action="一案一策：填写方案", subject=plan.case.number).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"cause": "不知道"}, "成因“不知道”不在成因表"),
        ({"plan": " "}, "化解方案不能为空"),
        ({"leader": ""}, "请选择包案领导"),
        ({"next_on": ""}, "下一步须有日期"),
        ({"next_on": "2026-11-19"}, "已过"),
    ],
)
def test_what_is_missing_is_named(people, wrong, said):
    plan = Plan.objects.order_by("pk").first()
    assert said in post(people["judge"], plan, "fill", **filled(**wrong))
    assert not plan.is_planned


def test_progress_is_noted_with_a_new_step(people):
    plan = Plan.objects.order_by("pk").first()
    post(people["judge"], plan, "fill", **filled())
    page = post(
        people["judge"],
        plan,
        "report",
        text="机构承诺月底出具",
        next_step="质证",
        next_on="2026-12-20",
    )
    assert "机构承诺月底出具" in page
    assert (plan.next_step, str(plan.next_on)) == ("质证", "2026-12-20")
    assert "下一步须有日期" in post(people["judge"], plan, "report", text="又", next_step="再议")


def test_an_entry_is_closed_by_someone_else_with_a_result(people):
    plan = Plan.objects.order_by("pk").first()
    post(people["judge"], plan, "fill", **filled())
    assert people["judge"].post(f"/caseplans/{plan.pk}/close/", {"result": "x"}).status_code == 404
    assert "须写明结果" in post(people["office"], plan, "close", result=" ")
    post(people["office"], plan, "close", result="已宣判结案")
    assert plan.closed_by.name == "审管甲一"
    assert people["office"].post(f"/caseplans/{plan.pk}/close/", {"result": "x"}).status_code == 404
    assert states(people["office"], "state=closed")["closed"] == 1


def test_a_closed_case_waits_for_its_entry_to_be_closed(people):
    plan = Plan.objects.order_by("pk").first()
    closing = [NewEvent(plan.case_id, "报结", date(2026, 11, 20), {"disposition": "判决"})]
    record(closing, actor="测试", now=NOW)
    assert states(people["office"])["ended"] == 1


def test_who_neither_owns_nor_oversees_a_case_sees_and_changes_nothing(people):
    plan = Plan.objects.order_by("pk").first()
    assert people["other"].get(f"/caseplans/{plan.pk}/").status_code == 404
    for act in ("fill", "report", "close"):
        assert people["other"].post(f"/caseplans/{plan.pk}/{act}/", filled()).status_code == 404
    assert states(people["other"]) == {}


def test_causes_are_summed_by_court_and_each_number_opens_its_list(people):
    plan = Plan.objects.order_by("pk").first()
    post(people["judge"], plan, "fill", **filled())
    context = people["office"].get("/caseplans/causes/").context
    ((court, cells, total),) = context["table"]
    assert (court.name, [n for n, _q in cells], total[0]) == ("示范市甲区人民法院", [1, 1], 2)
    for number, query in cells:
        listed = people["office"].get(f"/caseplans/?{query}").context["rows"]
        assert listed.paginator.count == number


@pytest.mark.parametrize(
    "address", ["/caseplans/?format=xlsx", "/caseplans/causes/?format=xlsx", "docx", "pdf"]
)
def test_the_ledger_and_an_entry_are_handed_out(people, address):
    plan = Plan.objects.order_by("pk").first()
    post(people["judge"], plan, "fill", **filled())
    if "/" not in address:
        address = f"/caseplans/{plan.pk}/?format={address}"
    answer = people["office"].get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(answer.content) > 2000


def test_the_case_page_shows_the_entry_within_the_scope(people):
    case = Plan.objects.order_by("pk").first().case
    opened = CaseFile(Scope.everything("x"), case, NOW.date())
    assert len(case_panel(opened).context["plans"]) == 1
    assert case_panel(replace(opened, scope=Scope.nothing("x"))) is None


@pytest.mark.parametrize("address", ["/caseplans/", "/caseplans/causes/"])
def test_a_list_asks_a_bounded_number_of_times(people, address):
    people["office"].get(address)
    with CaptureQueriesContext(connection) as asked:
        assert people["office"].get(address).status_code == 200
    assert len(asked) <= MOST_QUERIES
