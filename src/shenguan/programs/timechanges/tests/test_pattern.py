import pytest
import time_machine

from shenguan.base.approvals.models import Request
from shenguan.programs.timechanges.pattern import alike, copied, rows
from shenguan.programs.timechanges.services import Said, apply_for_extension
from shenguan.programs.timechanges.tests.bench import STORY, Bench, make_bench
from shenguan.programs.timechanges.tests.test_pages import enter
from shenguan.spine.tests.people import at
from shenguan.spine.tests.registry import add_case

pytestmark = pytest.mark.django_db
OTHER = (
    "被告经营地址在外省，两次委托外地法院调查尚未回复，鉴定材料也在质证，需待回函后才能安排开庭。"
)


def test_texts_that_differ_in_numbers_alone_are_copies():
    first = STORY.replace("三百", "二百")
    assert copied([STORY, OTHER, first, f"{STORY}。"]) == [[0, 2, 3]]


def test_short_texts_and_single_ones_are_no_copies():
    assert copied(["案情复杂", "案情复杂"]) == []
    assert copied([STORY]) == []
    assert copied([]) == []


def test_the_approver_is_told_of_copied_reasons(bench):
    first, second = bench.apply("2026-11-01"), apply_in(bench, 2, "2026-11-02", f"{STORY}！")
    apply_in(bench, 3, "2026-11-02", OTHER)
    assert alike(first.detail, [(second.pk, second.detail), (9, OTHER)]) == [second.pk]
    with time_machine.travel(at("2026-11-03"), tick=False):
        page = enter(bench.chief).get(f"/approvals/{second.pk}/").content.decode()
        assert "另 1 件同类申请雷同" in page
        assert "雷同" not in enter(bench.judge).get(f"/approvals/{second.pk}/").content.decode()


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def apply_in(bench: Bench, serial: int, day: str, detail: str) -> Request:
    case = add_case(
        f"（2026）示0101民初{serial}号",
        {"2026-05-20": "立案"},
        court=bench.court,
        undertaker="法官甲一",
        case_type="民初",
        instance="一审",
        procedure="普通程序",
    )
    return apply_for_extension(case, "6m", Said(["E1"], detail), person=bench.judge, now=at(day))


def test_the_report_counts_late_and_copied_requests_by_division(bench):
    on_time = bench.apply("2026-11-01")
    late = apply_in(bench, 2, "2026-11-10", STORY.replace("三百", "五百"))
    apply_in(bench, 3, "2026-11-02", OTHER)
    for person in (bench.chief, bench.president):
        bench.agree(late, person, "2026-11-18")
    (row,) = rows(Request.objects.select_related("court", "unit").order_by("pk"))
    assert (row.made, row.approved, row.refused) == (3, 1, 0)
    assert (row.applied_late, row.decided_late, row.same_day, row.copied) == (1, 1, 0, 2)
    assert row.groups == [[on_time, late]]


def test_no_judge_stands_in_a_row(bench):
    bench.apply()
    (row,) = rows(Request.objects.select_related("court", "unit"))
    assert not hasattr(row, "judge")
    assert row.division == "民事审判第一庭"
