"""What is pushed to a case, its related cases, the departure hint and the spread of outcomes."""

from datetime import timedelta

import pytest

from shenguan.base.org.scope import Scope
from shenguan.programs.similar import services
from shenguan.programs.similar.departure import hint, read_draft
from shenguan.programs.similar.kin import related, same_series
from shenguan.programs.similar.models import Push
from shenguan.programs.similar.proposals import propose, proposed
from shenguan.programs.similar.push import (
    excerpt,
    hidden,
    pieces,
    push_night,
    pushed,
    question_of,
)
from shenguan.programs.similar.scale import scale
from shenguan.programs.similar.shelf import shelf
from shenguan.programs.similar.tests.bench import COURT, PLEADED, entry, library, shelf_of
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
ALL = Scope.everything("测试")
PARTIES = [{"role": "原告", "name": "示范甲物业有限公司"}, {"role": "被告", "name": "示范乙"}]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        folder = tmp_path_factory.mktemp("home")
        with shelf_of(folder, monkeypatch, library(40)) as home:
            yield home


def case(number: int = 1, cause: str = "民间借贷纠纷", **given: object) -> Case:
    made = add_case(
        f"（2026）示0101民初{number}号",
        {"2026-01-15": "立案"},
        case_type="民初",
        instance="一审",
        cause=cause,
        **given,
    )
    return Case.objects.select_related("court__parent").get(pk=made.pk)


def plead(one: Case, text: str = PLEADED) -> None:
    services.register_pleading(one, document="起诉状", text=text, actor="法官甲一", now=NOW)


def test_the_top_cases_follow_the_pleadings(home):
    one = case()
    first = pushed(one, now=NOW)
    assert first is not None
    plead(one)
    second = pushed(one, now=NOW + timedelta(hours=1))
    assert second is not None
    assert second.basis != first.basis
    assert {hit["shared_causes"][0] for hit in second.hits} == {"民间借贷纠纷"}
    assert "保证人" in "".join(text for text, marked in second.hits[0]["excerpt"] if marked)


def test_nothing_is_searched_again_while_nothing_has_changed(home):
    one = case()
    assert pushed(one, now=NOW) is not None
    again = pushed(one, now=NOW + timedelta(days=1))
    assert again is not None
    assert again.made_at == NOW


def test_the_night_finds_for_new_and_changed_pending_cases(home):
    one, closed = case(1), case(2)
    record([NewEvent(closed.pk, "报结", NOW.date())], actor="测", now=NOW)
    push_night(NOW.date(), NOW)
    assert list(Push.objects.values_list("case_id", flat=True)) == [one.pk]
    plead(one)
    push_night(NOW.date(), NOW + timedelta(days=1))
    assert Push.objects.get().made_at == NOW + timedelta(days=1)


def test_without_an_index_nothing_is_pushed_and_nothing_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    assert shelf() is None
    assert pushed(case(), now=NOW) is None
    push_night(NOW.date(), NOW)
    assert not Push.objects.exists()


def test_a_case_is_never_its_own_answer(home):
    one = case(9001)
    record(
        [NewEvent(one.pk, "案号变更", NOW.date(), {"new": "（2024）示0101民初9001号"})],
        actor="测",
        now=NOW,
    )
    one = Case.objects.select_related("court__parent").get(pk=one.pk)
    on = shelf()
    assert on is not None
    own = on.search.index.numbered("（2024）示0101民初9001号")
    assert own
    one.number = "（2024）示0101民初9001号"
    assert question_of(one, PLEADED, on).without == {own[0].id}


def test_a_judgment_of_a_confidential_case_is_hidden_below_its_clearance():
    one = case(9001)
    record([NewEvent(one.pk, "登记变更", None, {"confidentiality": 1})], actor="测", now=NOW)
    key = (COURT, "（2026）示0101民初9001号")
    assert hidden([key], 0) == {key}
    assert hidden([key], 1) == set()


@pytest.mark.parametrize(
    ("spans", "cut"),
    [
        ([], [["甲乙丙丁", False]]),
        ([(1, 2)], [["甲", False], ["乙", True], ["丙丁", False]]),
        ([(0, 2), (1, 3)], [["甲乙", True], ["丙", True], ["丁", False]]),
        ([(3, 9)], [["甲乙丙", False], ["丁", True]]),
    ],
)
def test_marks_never_lose_or_double_a_letter(spans, cut):
    assert pieces("甲乙丙丁", spans) == cut
    assert "".join(text for text, _ in excerpt("甲乙丙丁", spans)) == "甲乙丙丁"


def test_cases_of_the_same_parties_come_before_possible_namesakes(home):
    one = case(1, parties=PARTIES)
    twin = case(2, parties=PARTIES)
    namesake = case(3, cause="离婚纠纷", parties=[{"role": "原告", "name": "示范乙"}])
    stranger = case(4, parties=[{"role": "原告", "name": "示范丙"}])
    found = related(ALL, one)
    assert [each.case.pk for each in found] == [twin.pk, namesake.pk]
    assert [each.possible for each in found] == [False, True]
    assert stranger.pk not in [each.case.pk for each in found]


def test_the_name_of_a_company_is_the_same_with_or_without_its_form(home):
    one = case(1, parties=PARTIES)
    other = case(2, parties=[{"role": "原告", "name": "示范甲物业"}])
    assert [each.case.pk for each in related(ALL, one)] == [other.pk]


def test_a_prosecutor_makes_no_cases_related(home):
    office = [{"role": "公诉机关", "name": "示范市甲区人民检察院"}]
    one, _other = case(1, parties=office), case(2, parties=office)
    assert related(ALL, one) == []


def test_the_chain_of_instances_is_related_before_all_else(home):
    one = case(1, parties=PARTIES)
    appeal = add_case(
        "（2026）示0101民终9号", {"2026-03-01": "立案"}, case_type="民终", parties=PARTIES,
        prior_number=one.number, prior_court=COURT,
    )  # fmt: skip
    found = related(ALL, one)
    assert (found[0].case.pk, found[0].link) == (appeal.pk, "援引案号（审级链）")


def test_one_contract_joins_cases_of_strangers(home):
    one, two = case(1), case(2)
    plead(one, "双方签订合同编号：SF-2026-00017号，被告未付款，请求判令被告支付。")
    plead(two, "依据合同编号为SF-2026-00017的约定，原告主张违约金若干，请求支持。")
    assert [(k.case.pk, k.link) for k in related(ALL, one)] == [(two.pk, "同一合同、事故或保单")]


def test_related_cases_outside_the_scope_stay_hidden(home):
    one, _two = case(1, parties=PARTIES), case(2, parties=PARTIES)
    assert related(Scope.nothing("甲"), one) == []


def test_a_series_needs_like_facts_where_they_are_known(home):
    one, two, three = (case(n, parties=PARTIES) for n in (1, 2, 3))
    assert {k.case.pk for k in same_series(ALL, one)} == {two.pk, three.pk}
    plead(one)
    plead(two, PLEADED.replace("80000", "90000"))
    plead(
        three,
        "原告诉称被告擅自改变房屋承重结构并占用公共通道，多次制止无效，请求恢复原状、排除妨害。",
    )
    assert {k.case.pk for k in same_series(ALL, one)} == {two.pk}


def test_series_are_proposed_at_night_as_groups_within_the_scope(home):
    facts = "被告系示范小区业主，自2023年起拖欠物业服务费，经多次催收仍未缴纳，原告请求支付服务费和滞纳金。"
    cases = [case(n, "物业服务合同纠纷", parties=PARTIES) for n in (21, 22, 23)]
    for each in cases:
        plead(each, facts)
    plead(case(24, "物业服务合同纠纷"), PLEADED)
    assert propose(NOW.date(), NOW) == 1
    assert propose(NOW.date(), NOW) == 1
    (group,) = proposed(ALL)
    assert {each.pk for each in group.cases} == {each.pk for each in cases}
    assert group.least == 1.0
    assert "同一当事人" in group.because[0]
    assert proposed(Scope(actor="无岗位")) == []


def test_a_draft_far_from_the_close_cases_is_said_to_depart_with_its_uncertainty(home):
    one = case()
    plead(one)
    on = shelf()
    assert on is not None
    question = question_of(one, PLEADED, on)
    draft = read_draft("被告于本判决生效之日起十日内支付原告500000元。案件受理费50元。", "部分支持")
    found = hint(draft, question, on)
    assert found.enough
    (sum_of,) = found.numbers
    assert sum_of.departs
    assert (sum_of.beyond.count, sum_of.spread.n) == (0, len(found.close))
    assert sum_of.beyond.high > 0  # never as if nobody ever could
    inside = hint(read_draft("被告支付原告20000元。", "部分支持"), question, on)
    assert not inside.departs


@pytest.mark.parametrize(
    ("ruling", "outcome"),
    [
        ("一、被告支付原告20000元；二、驳回原告的其他诉讼请求。", "部分支持"),
        ("驳回原告的全部诉讼请求。", "驳回诉讼请求"),
        ("被告人甲某犯盗窃罪，判处拘役二个月。", "有罪判决"),
        ("", ""),
    ],
)
def test_the_outcome_of_a_draft_is_read_from_its_ruling_alone(ruling, outcome):
    assert read_draft(ruling).outcome == outcome


def test_with_fewer_than_twenty_close_cases_no_hint_is_given(tmp_path, monkeypatch):
    one = case()
    with shelf_of(tmp_path, monkeypatch, library(19)):
        on = shelf()
        assert on is not None
        question = question_of(one, PLEADED, on)
        found = hint(read_draft("被告支付原告500000元。", "部分支持"), question, on)
    assert len(found.close) == 19
    assert not found.enough
    assert not found.departs
    assert found.outcome is None
    assert list(found.numbers) == []


def test_the_spread_names_the_case_behind_every_point_and_no_judge(home):
    on = shelf()
    assert on is not None
    view = scale(on, "民间借贷纠纷", "", "给付金额")
    assert view.total == view.seen == 40
    assert len(view.points) == 40
    assert sum(cell.cases for cell in view.by_year) == 40
    assert [cell.name for cell in view.by_court] == [COURT]
    assert on.search.index.drawn(view.points[0].draw)
    assert "法官" not in str(view)


def test_a_hidden_case_is_no_point(home):
    on = shelf()
    assert on is not None
    secret = (COURT, entry(5).number)
    assert scale(on, "民间借贷纠纷", COURT, "给付金额", hidden=[secret]).seen == 39
