from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox.models import Answer, Order, Snooze, Watch
from shenguan.base.org.models import Unit
from shenguan.spine.tests.registry import add_case, demo_court
from shenguan.spine.warnings.services import tick

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
NUMBER = "（2026）示0101民初1号"


@pytest.fixture
def overdue():
    """A case long overdue, its judge and chief in post, the night run."""
    case = add_case(NUMBER, {"2026-01-15": "立案", "2026-06-20": "开庭"}, **ORDINARY)
    unit = Unit.objects.get(court=demo_court(), name="民事审判第一庭")
    people = {
        "judge": signed_in("法官", demo_court(), unit=unit, name="法官甲一"),
        "chief": signed_in("庭长", demo_court(), unit=unit, name="庭长甲"),
        "office": signed_in("审管办主任", demo_court(), name="审管甲一"),
    }
    tick(on=date(2026, 11, 20), now=datetime(2026, 11, 20, 5, tzinfo=ZoneInfo("Asia/Shanghai")))
    return case, people


def shown(client, **query) -> str:
    return str(client.get("/warnings/", query).content.decode())


def test_the_judge_sees_what_stands_on_the_own_case(overdue):
    _case, people = overdue
    assert NUMBER in shown(people["judge"], level="督办")
    stranger = signed_in("法官", demo_court(), name="法官乙九")
    assert NUMBER not in shown(stranger, level="督办")


def test_an_answer_is_kept_and_traced(overdue):
    _case, people = overdue
    watch = Watch.objects.exclude(level="").filter(silenced=False).first()
    form = {"watch": watch.pk, "what": "answer", "choice": "办理中", "text": "已排期"}
    page = people["judge"].post("/warnings/act/", form, follow=True)
    assert "已处理1条" in page.content.decode()
    assert Answer.objects.get().choice == "办理中"
    assert AuditRow.objects.filter(action="答复预警：办理中").exists()


def test_an_answer_that_data_are_wrong_needs_words_and_waits_for_the_office(overdue):
    _case, people = overdue
    watch = Watch.objects.exclude(level="").filter(silenced=False).first()
    form = {"watch": watch.pk, "what": "answer", "choice": "数据有误", "text": ""}
    page = people["judge"].post("/warnings/act/", form, follow=True)
    assert "须写明" in page.content.decode()
    people["judge"].post("/warnings/act/", form | {"text": "庭审已于七月进行"})
    pages = {who: people[who].get("/warnings/answers/").content.decode() for who in people}
    assert "属实</button>" in pages["office"]
    assert "属实</button>" not in pages["chief"]
    answer = Answer.objects.get()
    decide = f"/warnings/answers/{answer.pk}/decide/"
    assert people["judge"].post(decide, {"upheld": "1"}).status_code == 404
    people["office"].post(decide, {"upheld": "1"})
    answer.refresh_from_db()
    assert answer.upheld


def test_a_supervision_order_is_reported_by_one_and_closed_by_another(overdue):
    _case, people = overdue
    order = Order.objects.filter(closed_on=None).first()
    close = f"/warnings/orders/{order.pk}/close/"
    assert people["judge"].post(close).status_code == 404
    people["office"].post(close)
    order.refresh_from_db()
    assert order.closed_on is None
    people["judge"].post(f"/warnings/orders/{order.pk}/report/", {"result": "已宣判"})
    people["office"].post(close)
    order.refresh_from_db()
    assert order.closed_on is not None
    assert AuditRow.objects.filter(action="销号").exists()


def test_a_warning_is_put_off_with_reason_and_end_but_never_a_supervised_one(overdue):
    _case, people = overdue
    watch = Watch.objects.filter(level="督办", silenced=False).first()
    form = {"watch": watch.pk, "what": "snooze", "text": "等待鉴定", "until": "2099-01-01"}
    page = people["judge"].post("/warnings/act/", form)
    assert "不能暂缓" in page.content.decode()
    assert not Snooze.objects.exists()


def test_nobody_acts_on_what_the_list_hides(overdue):
    stranger = signed_in("法官", demo_court(), name="法官乙九")
    watch = Watch.objects.exclude(level="").first()
    form = {"watch": watch.pk, "what": "answer", "choice": "已办"}
    page = stranger.post("/warnings/act/", form, follow=True)
    assert "没有选中" in page.content.decode()
    order = Order.objects.first()
    answer = stranger.post(f"/warnings/orders/{order.pk}/report/", {"result": "x"})
    assert answer.status_code == 404
