"""What a court chooses: read from a form, in force from its day, with a basis, and felt where it matters."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.choices import setting
from shenguan.base.org.models import CourtSetting, Unit
from shenguan.programs.administration import choosing, values
from shenguan.programs.administration.tests.build import FIRST, city
from shenguan.rulebook import load
from shenguan.spine.tests.registry import add_case

CHOICES = load().choices
FORM = {"valid_from": "2026-01-01", "basis": "示范市法院〔2026〕1号"}


@pytest.mark.parametrize(
    ("key", "given", "value", "words"),
    [
        ("审限.roll_over", {"value": "yes"}, True, "是"),
        ("发改.发回重审办理", {"value": "raised"}, "raised", "报请提级管辖"),
        ("群体性人数", {"value": "20"}, 20, "20人"),
        ("阶段时限", {"each-filed_to_assigned": "3"}, {"filed_to_assigned": 3}, "立案→分案3日"),
        ("分案.案件权重", {"more": "破 30"}, {"破": 30}, "破30"),
        ("分案.庭室分工", {"each-民事": "民一庭、民二庭"}, {"民事": ["民一庭", "民二庭"]}, "民事民一庭、民二庭"),
        (
            "审限.delegation",
            {"value": "2026-01-01至2026-06-30\n2026-08-01"},
            [["2026-01-01", "2026-06-30"], ["2026-08-01", None]],
            "2026-01-01至2026-06-30；2026-08-01至今",
        ),
        ("预警.time_limit", {"off": "yes"}, {"off": True}, "停用"),
        ("首页指标", {"value": "closed_cases\nclosed_cases"}, ["closed_cases"], "closed_cases"),
    ],
)  # fmt: skip
def test_a_form_becomes_a_value_and_the_value_is_said_in_words(key, given, value, words):
    known = {"民一庭", "民二庭", "closed_cases"}
    assert values.parse(CHOICES[key], given, known) == value
    assert values.said(CHOICES[key], value) == words


@pytest.mark.parametrize(
    ("key", "given", "why"),
    [
        ("审限.roll_over", {}, "请选择"),
        ("发改.发回重审办理", {"value": "both"}, "所列"),
        ("阅核.复议次数上限", {"value": "3"}, "0至2之间"),
        ("群体性人数", {"value": "十"}, "整数"),
        ("首页指标", {"value": "no_such"}, "没有这些指标编码：no_such"),
        ("分案.庭室分工", {"each-民事": "民九庭"}, "没有这些机构：民九庭"),
        ("审限.delegation", {"value": "2026-06-30至2026-01-01"}, "早于"),
        ("审限.delegation", {"value": "今年"}, "请写成"),
        ("分案.案件权重", {"more": "破"}, "请写成"),
    ],
)
def test_what_is_no_value_is_refused_with_its_reason(key, given, why):
    with pytest.raises(values.ValueRefused, match=why):
        values.parse(CHOICES[key], given)


def test_every_choice_has_a_usual_value_that_can_be_said():
    for choice in CHOICES.values():
        assert values.said(choice, choice.default), choice.key
        assert choice.laws or choice.kind == "warning", choice.key


@pytest.mark.django_db
def test_a_lower_court_follows_the_upper_one_until_it_chooses_itself():
    own, upper = city()
    office = signed_in("审管办主任", upper)
    office.post("/settings/群体性人数/", {**FORM, "value": "20"})
    below = signed_in("审管办主任", own)
    assert "20人" in below.get("/settings/").content.decode()
    below.post("/settings/群体性人数/", {**FORM, "value": "15", "valid_from": "2026-03-01"})
    assert setting(own, "群体性人数", date(2026, 2, 28)) == 20
    assert setting(own, "群体性人数", date(2026, 3, 1)) == 15
    assert AuditRow.objects.filter(chain=own.code, action="设置", subject="群体性人数").count() == 1


def test_the_form_of_a_choice_opens_with_what_holds():
    for choice in load().choices.values():
        given = values.as_given(choice, choice.default)
        known = choice.default if choice.kind == "codes" else ()
        again = values.parse(choice, given, known)
        assert values.said(choice, again) == values.said(choice, choice.default), choice.key


@pytest.mark.django_db
def test_a_choice_without_basis_or_by_another_post_is_not_taken():
    own, _upper = city()
    office = signed_in("审管办主任", own)
    page = office.post("/settings/群体性人数/", {"value": "20", "valid_from": "2026-01-01"})
    told = page.content.decode()
    assert page.status_code == 400
    assert "依据" in told
    assert 'value="20"' in told, "a refused form keeps what was typed"
    for post in ("院长", "法官", "系统管理员"):
        assert signed_in(post, own).get("/settings/").status_code == 404
    assert office.get("/settings/无此项/").status_code == 404
    assert not CourtSetting.objects.exists()


@pytest.mark.django_db
def test_every_choice_opens_and_the_list_asks_few_questions(django_assert_max_num_queries):
    own, _upper = city()
    Unit.objects.create(court=own, name=FIRST)
    office = signed_in("审管办主任", own)
    with django_assert_max_num_queries(14):
        assert office.get("/settings/").status_code == 200
    kinds = {choice.kind: key for key, choice in CHOICES.items()}
    assert {office.get(f"/settings/{key}/").status_code for key in kinds.values()} == {200}


@pytest.mark.django_db
def test_due_dates_follow_a_choice_that_moves_them():
    own, _upper = city()
    case = add_case(
        "（2026）示0101民初1号", {"2026-01-18": "立案"}, court=own, undertaker="法官甲一",
        case_type="民初", instance="一审", procedure="简易程序", cause="合同纠纷",
    )  # fmt: skip
    case.clock.refresh_from_db()
    before = case.clock.due
    signed_in("审管办主任", own).post("/settings/审限.roll_over/", {**FORM, "value": "yes"})
    choosing.compute_again.func(own.pk)
    case.clock.refresh_from_db()
    assert before.weekday() >= 5
    assert case.clock.due.weekday() < 5
