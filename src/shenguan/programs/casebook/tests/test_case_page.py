from datetime import date

import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.base.org.services import add_court
from shenguan.programs.casebook.graph import dispute_graph
from shenguan.programs.casebook.page import page_of
from shenguan.programs.casebook.telling import timeline
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.cases.models import Event
from shenguan.spine.cases.selectors import chain
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case, demo_court

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
NUMBER = "（2026）示0101民初1号"
EVERYTHING = Scope.everything("测试")


def file_of(case):
    return CaseFile(EVERYTHING, case, NOW.date())


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case():
    happened = {
        "2026-01-15": "立案",
        "2026-02-01": ("委托鉴定", {"kind": "伤残鉴定"}),
        "2026-03-03": "鉴定结束",
        "2026-06-01": ("延长审限批准", {"months": 3, "approver": "本院院长"}),
    }
    parties = [{"role": "原告", "name": "甲某"}, {"role": "被告", "name": "乙某"}]
    return add_case(NUMBER, happened, parties=parties, **ORDINARY)


@pytest.fixture
def office():
    return signed_in("审管办主任", demo_court())


def text_of(answer) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_draws_the_clock_and_says_the_same_in_a_table(case, office):
    page = office.get(f"/cases/{case.pk}/")
    bar = page.context["it"].bar
    assert {piece.kind for piece in bar.stretches} >= {"used", "out"}
    assert {flag.kind for flag in bar.flags} >= {"start", "extension", "due", "today"}
    assert ("鉴定", date(2026, 2, 1), date(2026, 3, 3)) in [
        (fact.what, fact.start, fact.end) for fact in bar.facts if fact.days == 30
    ]
    assert "延长3个月" in text_of(page)
    assert "style=" not in text_of(page).partition("<main")[2]


def test_the_page_says_each_step_with_its_article(case, office):
    assert "第152条" in text_of(office.get(f"/cases/{case.pk}/"))


def test_an_event_taken_back_stays_on_the_timeline_as_taken_back(case, office):
    hearing = record([NewEvent(case.pk, "开庭", date(2026, 4, 1))], actor="书记员", now=NOW)[0]
    by = record([NewEvent(case.pk, "作废", voids=hearing)], actor="书记员", now=NOW)[0]
    (told,) = [one for one in timeline(file_of(case)) if one.position == hearing]
    assert not told.standing
    assert told.undone_by == by
    assert f"已被事件{by}撤回" in text_of(office.get(f"/cases/{case.pk}/"))


def test_fields_of_an_event_stand_under_their_official_names(case):
    told = {one.kind: one.detail for one in timeline(file_of(case))}
    assert "原告 甲某" in told["登记"]
    assert "承办人：法官甲一" in told["分案"]
    assert "伤残鉴定" in told["委托鉴定"]


def test_the_dispute_is_drawn_from_the_first_instance_up(case):
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    second = {"case_type": "民终", "instance": "二审", "cause": "合同纠纷", "prior_number": NUMBER}
    appeal = add_case("（2026）示01民终1号", {"2026-09-01": "立案"}, court=upper, **second)
    graph = dispute_graph(chain(EVERYTHING, case.pk), case.pk)
    first, above = graph.boxes
    assert (first.number, first.here, above.case_id) == (NUMBER, True, appeal.pk)
    assert above.x > first.x
    assert len(graph.lines) == 1


def test_a_hidden_case_below_shows_only_the_number_the_case_itself_states(case):
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    second = {"case_type": "民终", "instance": "二审", "cause": "合同纠纷", "prior_number": NUMBER}
    appeal = add_case("（2026）示01民终1号", {"2026-09-01": "立案"}, court=upper, **second)
    president = signed_in("院长", upper)
    page = president.get(f"/cases/{appeal.pk}/")
    below = page.context["it"].graph.boxes[1]
    assert (below.number, below.case_id) == (NUMBER, None)
    assert f"/cases/{case.pk}/" not in text_of(page)
    assert "甲某" not in text_of(page)


def test_a_hidden_case_above_leaves_no_trace_below(case):
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    second = {"case_type": "民终", "instance": "二审", "prior_number": NUMBER}
    add_case("（2026）示01民终1号", {"2026-09-01": "立案"}, court=upper, **second)
    page = signed_in("院长", demo_court()).get(f"/cases/{case.pk}/")
    assert "民终1号" not in text_of(page)


def test_numbers_that_name_each_other_in_a_ring_are_drawn_all_the_same():
    one, two = "（2026）示0101民初8号", "（2026）示0101民初9号"
    first = add_case(one, {"2026-01-15": "立案"}, prior_number=two, **ORDINARY)
    add_case(two, {"2026-01-16": "立案"}, prior_number=one, **ORDINARY)
    assert len(page_of(file_of(first), NOW.date()).graph.boxes) == 2


def test_opening_a_sensitive_case_leaves_a_row_and_an_ordinary_one_none(case, office):
    office.get(f"/cases/{case.pk}/")
    assert not AuditRow.objects.filter(action="查阅敏感案件").exists()
    secret = add_case(
        "（2026）示0101民初2号", {"2026-01-15": "立案"}, confidentiality=1, **ORDINARY
    )
    page = text_of(office.get(f"/cases/{secret.pk}/"))
    row = AuditRow.objects.get(action="查阅敏感案件")
    assert (row.chain, row.subject) == ("示0101", secret.number)
    assert "已记入审计链" in page


def test_a_state_secret_shows_to_nobody_whatever_the_clearance(office):
    secret = add_case("（2026）示0101民初2号", {"2026-01-15": "立案"}, **ORDINARY)
    mark = NewEvent(secret.pk, "登记变更", date(2026, 2, 1), {"confidentiality": 2})
    record([mark], actor="测试", now=NOW)
    assert office.get(f"/cases/{secret.pk}/").status_code == 404
    assert secret.number not in text_of(office.get("/cases/?state=all"))


def test_who_supervises_sees_who_looked_and_a_judge_does_not(case, office):
    assert "记录事件" in text_of(office.get(f"/cases/{case.pk}/audit/"))
    judge = signed_in("法官", demo_court(), name="法官甲一")
    assert judge.get(f"/cases/{case.pk}/").status_code == 200
    assert judge.get(f"/cases/{case.pk}/audit/").status_code == 404


def test_a_tag_is_confirmed_added_and_taken_away_as_events(case, office):
    address = f"/cases/{case.pk}/tag/"
    office.post(address, {"tag": "涉民生", "right": "1"})
    case.refresh_from_db()
    assert case.tags["涉民生"] == "确认"
    assert "须写明理由" in text_of(
        office.post(address, {"tag": "涉民生", "right": "0"}, follow=True)
    )
    office.post(address, {"tag": "涉民生", "right": "0", "reason": "误标"})
    case.refresh_from_db()
    assert case.tags["涉民生"] == "取消"
    assert Event.objects.filter(kind="标签取消").get().payload == {
        "tag": "涉民生",
        "reason": "误标",
    }


@pytest.mark.parametrize("tag", ["不存在的标签", "", "<script>"])
def test_a_tag_outside_the_rulebook_is_refused(case, office, tag):
    office.post(f"/cases/{case.pk}/tag/", {"tag": tag, "right": "1"})
    assert not Event.objects.filter(kind="标签确认").exists()


def test_only_whoever_confirms_tags_may_say_so(case):
    judge = signed_in("法官", demo_court(), name="法官甲一")
    assert judge.post(f"/cases/{case.pk}/tag/", {"tag": "涉民生", "right": "1"}).status_code == 404


def test_the_page_asks_the_database_few_questions(case, office, django_assert_max_num_queries):
    office.get(f"/cases/{case.pk}/")
    with django_assert_max_num_queries(12):
        office.get(f"/cases/{case.pk}/")


def test_a_case_without_filing_has_a_page_without_a_clock(office):
    bare = add_case("（2026）示0101民初7号", {}, **ORDINARY)
    assert "没有可以推算的步骤" in text_of(office.get(f"/cases/{bare.pk}/"))
