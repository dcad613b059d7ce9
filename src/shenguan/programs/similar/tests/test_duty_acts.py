"""The duty to search as acts on cases: records, submitted cases, series, the list, the gate."""

from datetime import date

import pytest

from shenguan.base.org.scope import Scope
from shenguan.base.org.services import set_setting
from shenguan.base.papers.model import Heading, plain
from shenguan.programs.similar import selectors, services
from shenguan.programs.similar.casefile import standing_of
from shenguan.programs.similar.models import Pleading
from shenguan.programs.similar.papers import search_report
from shenguan.programs.similar.selectors import cases_of
from shenguan.programs.similar.services import Incomplete, Searched
from shenguan.programs.similar.shelf import rules
from shenguan.spine.cases.models import Event
from shenguan.spine.gatekeeping import GateClosed
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case
from shenguan.spine.warnings.models import Feed

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ALL = Scope.everything("测试")
NONE_FOUND = Searched(("人民法院案例库",), query="民间借贷", none_found=True)
FOUND = Searched(
    ("人民法院案例库", "本院类案检索"),
    method="关键词检索",
    query="民间借贷 保证人",
    issues="保证人是否担责",
    findings=(
        {"case": "示范指导性案例1号", "entry": "2024-01-2-103-001", "verdict": "类似",
         "reason": "争议焦点相同", "followed": "参照", "points": "保证期间届满不担责"},
        {"case": "（2024）示0101民初9001号", "verdict": "不类似", "reason": "没有保证人"},
    ),
)  # fmt: skip


def case(number: int = 1, **extra: object):
    return add_case(
        f"（2026）示0101民初{number}号",
        {"2026-01-15": "立案"},
        case_type="民初",
        instance="一审",
        procedure="普通程序",
        cause="民间借贷纠纷",
        **extra,
    )


def search(*cases, searched: Searched = FOUND, now=NOW):
    return services.record_search(cases, searched, searcher="法官甲一", actor="法官甲一", now=now)


def sign(of, day: date = TODAY) -> None:
    record([NewEvent(of.pk, "签发", day)], actor="测试", now=NOW)


def listed(tab: str) -> list[str]:
    return [each.number for each in cases_of(ALL, tab)]


def test_a_complete_record_discharges_the_duty():
    one = case()
    assert not standing_of(one, TODAY).done
    search(one)
    standing = standing_of(one, TODAY)
    assert standing.done
    assert standing.records[0][1].findings[0].followed == "参照"


def test_a_simple_case_is_done_in_one_act():
    one = case()
    search(one, searched=NONE_FOUND)
    assert standing_of(one, TODAY).done


def test_an_incomplete_record_is_never_made():
    one = case()
    open_end = Searched(
        ("人民法院案例库",), findings=({"case": "某案", "verdict": "类似", "reason": "同"},)
    )
    with pytest.raises(Incomplete, match="是否参照"):
        search(one, searched=open_end)
    with pytest.raises(Incomplete, match="案号、案例编号或者名称"):
        search(one, searched=Searched(("案例库",), findings=({"verdict": "类似"},)))
    with pytest.raises(Incomplete, match="未填检索平台"):
        search(one, searched=Searched((), none_found=True))
    assert not Event.objects.filter(kind="类案检索").exists()


def test_one_record_serves_a_whole_series():
    first, second, third = case(1), case(2), case(3)
    search(first, second, third)
    for each in (first, second, third):
        (_, record_made, payload) = standing_of(each, TODAY).records[0]
        assert payload["serves"] == 3
        assert payload["series"] == first.number
        assert record_made.searcher == "法官甲一"


def test_a_record_taken_back_counts_no_more():
    one = case()
    (position,) = search(one)
    event = Event.objects.get(pk=position)
    with pytest.raises(Incomplete, match="理由"):
        services.take_back_search(event, reason=" ", actor="法官甲一", now=NOW)
    services.take_back_search(event, reason="填错案件", actor="法官甲一", now=NOW)
    assert not standing_of(one, TODAY).done


def test_signed_first_and_searched_never_or_later_is_listed():
    never, late, right = case(1), case(2), case(3)
    search(right, now=NOW.replace(day=18))
    sign(never)
    sign(late, date(2026, 11, 19))
    sign(right, date(2026, 11, 18))
    search(late)
    assert listed(selectors.UNSEARCHED) == [never.number, late.number]
    assert standing_of(late, TODAY).unsearched
    assert not standing_of(right, TODAY).unsearched


def test_what_was_signed_before_the_court_kept_records_is_not_held_against_anyone():
    old, other = case(1), case(2)
    sign(old, date(2026, 3, 1))
    assert listed(selectors.UNSEARCHED) == [old.number]
    search(other)
    assert Feed.objects.get(kind="类案检索").since == TODAY
    assert listed(selectors.UNSEARCHED) == []


def test_what_was_signed_before_the_rule_was_in_force_is_not_listed():
    old = add_case("（2023）示0101民初1号", {"2023-01-15": "立案"}, case_type="民初")
    sign(old, date(2024, 5, 7))
    assert listed(selectors.UNSEARCHED) == []


def test_put_to_the_committee_and_unsearched_is_listed_apart():
    one, two = case(1), case(2)
    record([NewEvent(one.pk, "提交审委会", TODAY)], actor="测试", now=NOW)
    assert listed(selectors.SPECIAL) == [one.number]
    assert [s.id for s in standing_of(one, TODAY).special] == ["提交讨论"]
    assert set(listed(selectors.PENDING)) == {one.number, two.number}
    search(one)
    assert listed(selectors.SPECIAL) == []
    assert listed(selectors.DONE) == [one.number]


def test_a_submitted_library_case_must_be_answered_in_the_reasoning():
    one = case()
    given = {"kind": "入库案例", "side": "原告", "case": "示范入库案例", "entry": "2024-01-2-103-001",
             "link": "https://rmfyalk.court.gov.cn/"}  # fmt: skip
    position = services.submit_case(one, given, actor="法官甲一", now=NOW)
    submitted = Event.objects.get(pk=position)
    assert listed(selectors.UNANSWERED) == [one.number]
    with pytest.raises(Incomplete, match="裁判文书说理"):
        services.answer_case(one, submitted, way="释明", text="不同", actor="法官甲一", now=NOW)
    services.answer_case(
        one, submitted, way="裁判文书说理", text="事实不同，不予参考", actor="法官甲一", now=NOW
    )
    assert listed(selectors.UNANSWERED) == []
    assert not standing_of(one, TODAY).unanswered


def test_another_submitted_case_may_be_answered_by_explaining():
    one = case()
    position = services.submit_case(
        one, {"kind": "其他类案", "case": "某地判决"}, actor="法官甲一", now=NOW
    )
    submitted = Event.objects.get(pk=position)
    services.answer_case(one, submitted, way="释明", text="已释明", actor="法官甲一", now=NOW)
    assert not standing_of(one, TODAY).unanswered


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://x"])
def test_only_an_ordinary_address_becomes_a_link(address):
    with pytest.raises(Incomplete, match="http"):
        services.submit_case(
            case(), {"kind": "入库案例", "entry": "1", "link": address}, actor="甲", now=NOW
        )


def test_the_log_holds_of_a_pleading_its_digest_alone():
    one = case()
    text = "原告示范甲诉称被告示范乙借款八万元到期不还，请求归还。"
    services.register_pleading(one, document="起诉状", text=text, actor="法官甲一", now=NOW)
    event = Event.objects.get(kind="诉辩登记")
    assert set(event.payload) == {"document", "length", "digest"}
    assert Pleading.objects.get(case=one).text == text
    with pytest.raises(Incomplete, match="20字"):
        services.register_pleading(one, document="起诉状", text="太短", actor="甲", now=NOW)


def test_where_the_court_chooses_it_nothing_is_signed_unsearched():
    one = case()
    set_setting(
        court=one.court, key="类案.签发前须检索", value=True, valid_from=date(2026, 1, 1),
        basis="本院规定", actor="测试", now=NOW,
    )  # fmt: skip
    with pytest.raises(GateClosed, match="类案检索"):
        sign(one)
    search(one, searched=NONE_FOUND)
    sign(one)


def test_a_series_is_confirmed_on_each_of_its_cases():
    one, two = case(1), case(2)
    services.confirm_series([one, two], reason="同一开发商", actor="法官甲一", now=NOW)
    assert {e.case_id for e in Event.objects.filter(kind="系列案")} == {one.pk, two.pk}
    with pytest.raises(Incomplete, match="两件"):
        services.confirm_series([one], reason="", actor="法官甲一", now=NOW)


def test_the_report_has_every_part_of_article_8():
    one = case()
    search(one)
    parts = rules().duty.report_parts
    paper = search_report(one, standing_of(one, TODAY), parts, TODAY)
    headings = [plain(b.line) for b in paper.blocks if isinstance(b, Heading)]
    assert [each.split("、", 1)[1] for each in headings] == list(parts)
    printed = str(paper)
    for said in ("法官甲一", "2026-11-20", "人民法院案例库、本院类案检索", "保证人是否担责", "参照",
                 "入库编号2024-01-2-103-001", "保证期间届满不担责", "没有保证人"):  # fmt: skip
        assert said in printed, said


def test_the_report_of_a_case_without_hits_says_so_in_every_part():
    one = case()
    search(one, searched=NONE_FOUND)
    printed = str(search_report(one, standing_of(one, TODAY), rules().duty.report_parts, TODAY))
    assert "已检索，无类案。" in printed
    assert "不涉及参照或者参考" in printed
