"""The full export, taken again every day: what vanished, what changed its number."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.programs.intake.selectors import findings
from shenguan.programs.intake.tests.conftest import EAST, Answers, case
from shenguan.spine.cases.models import Case, Event

ALL = Scope.everything("测试")
NEXT = date(2026, 7, 1)


def test_a_vanished_case_is_listed_and_found_again_when_it_returns(bring):
    bring([case(1), case(2)], snapshot=True)
    report = bring([case(1)], snapshot=True, on=NEXT)
    assert report.vanished == [(EAST, "（2026）京0101民初2号")]
    assert findings(ALL, check_id="vanished_case").count() == 1
    assert bring([case(1), case(2)], snapshot=True).vanished == []
    assert findings(ALL, check_id="vanished_case").count() == 0


def test_an_import_without_snapshot_lets_absent_rows_be(bring):
    bring([case(1), case(2)])
    assert bring([case(1)]).vanished == []


def test_a_plain_import_before_counts_as_seen(bring):
    bring([case(1), case(2)])
    assert bring([case(1)], snapshot=True).vanished == [(EAST, "（2026）京0101民初2号")]


def test_the_snapshot_of_one_court_says_nothing_of_another(bring):
    bring([case(1), case("（2026）京0102民初1号", 法院="北京市西城区人民法院")])
    assert bring([case(1)], snapshot=True).vanished == []


def test_a_likely_change_of_number_is_proposed_and_not_done_by_itself(bring):
    bring([case(1), case(2)], snapshot=True)
    renamed = case(2) | {"案号": "（2026）京0101民初200号"}
    report = bring([case(1), renamed], snapshot=True, on=NEXT)
    (proposal,) = report.renumbered
    assert (proposal.old, proposal.new, proposal.accepted) == (
        "（2026）京0101民初2号",
        "（2026）京0101民初200号",
        False,
    )
    assert Case.objects.filter(visible=True).count() == 3
    assert findings(ALL, check_id="renumbered_case").count() == 1


def test_an_accepted_change_of_number_keeps_one_case_with_its_history(bring):
    bring([case(1), case(2)], snapshot=True)
    renamed = case(2) | {"案号": "（2026）京0101民初200号"}
    report = bring([case(1), renamed], snapshot=True, on=NEXT, watcher=Answers(yes=True))
    assert (report.total("new"), report.total("changed"), report.vanished) == (0, 1, [])
    assert Case.objects.filter(visible=True).count() == 2
    assert Event.objects.filter(kind="案号变更").count() == 1
    again = bring([case(1), renamed], snapshot=True, on=NEXT)
    assert (again.total("new"), again.total("changed"), again.vanished) == (0, 0, [])


def test_two_candidates_are_no_proposal(bring):
    same = {"当事人": "原告：张示范；被告：李示范"}
    bring([case(1, **same), case(2, **same)], snapshot=True)
    renamed = case(3, **same) | {"案号": "（2026）京0101民初300号"}
    report = bring([renamed], snapshot=True)
    assert report.renumbered == []
    assert len(report.vanished) == 2


def test_a_day_of_differences_becomes_events_of_that_day(bring):
    bring([case(n) for n in range(1, 5)], snapshot=True)
    report = bring(
        [
            case(1),
            case(2, 承办人="乙某"),
            case(3, 适用程序="普通程序", 审限届满日期="2026-09-02"),
            case(4, 结案日期="2026-06-30", 结案方式="调解"),
        ],
        snapshot=True,
        on=NEXT,
    )
    assert (report.total("changed"), report.total("unchanged")) == (3, 1)
    batch = report.files[0].batches[0]
    kinds = Event.objects.filter(batch=batch).order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["变更承办人", "转为普通程序", "届满日登记", "报结"]
    assert Case.objects.get(number_key="（2026）京0101民初3号").procedure == "普通程序"
