"""Differences between a row and the log become events, one kind each; the same row adds nothing."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.programs.intake.diff import Differ
from shenguan.programs.intake.known import Draft, after, known
from shenguan.programs.intake.periods import add_periods
from shenguan.rulebook import DATA
from shenguan.rulebook.loaders.intake import load

EXCLUSIONS = load(DATA).exclusion_events
D1, D2, D3 = date(2026, 1, 5), date(2026, 3, 1), date(2026, 4, 1)
ROW = {
    "cause": "民间借贷纠纷",
    "procedure": "简易程序",
    "filed_on": D1,
    "recorded_due_on": D3,
    "undertaker": "甲某",
    "division": "民一庭",
    "hearings": [D2],
    "closed_on": None,
    "disposition": None,
    "parties": [{"role": "原告", "name": "𠮷某"}],
    "amount": 100,
}
EMPTY = known([])


def differ(before, on=D2, **row):
    one = Differ(values={**ROW, **row}, known=before, snapshot_on=on).run()
    add_periods(one, EXCLUSIONS)
    return one


def first(**row):
    """The case after its first import, all events written by a case table."""
    landed = after(EMPTY, differ(EMPTY, **row).drafts)
    return known(landed.events, [event.position for event in landed.events])


def kinds(one):
    return [draft.kind for draft in one.drafts]


def test_the_first_sight_of_a_case_registers_it_and_dates_its_events():
    assert kinds(differ(EMPTY)) == ["登记", "立案", "分案", "届满日登记", "开庭"]


def test_the_first_sight_of_a_case_is_no_change():
    assert [change.event for change in differ(EMPTY).changes if change.event == "登记"] == []


def test_the_same_row_again_adds_nothing():
    assert differ(first()).drafts == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"undertaker": "乙某"},
            [Draft("变更承办人", D2, {"undertaker": "乙某", "division": "民一庭"})],
        ),
        ({"cause": "合同纠纷"}, [Draft("登记变更", D2, {"cause": "合同纠纷"})]),
        (
            {"procedure": "普通程序"},
            [Draft("转为普通程序", D2, {"from": "简易程序", "assumed": True})],
        ),
        ({"recorded_due_on": D2}, [Draft("届满日登记", None, {"due": "2026-03-01"})]),
        ({"hearings": [D2, D3]}, [Draft("开庭", D3, {})]),
        (
            {"closed_on": D2, "disposition": "判决"},
            [Draft("报结", D2, {"disposition": "判决"})],
        ),
        (
            {"extended_on": D2, "extension_months": 6, "extension_approver": "本院院长"},
            [Draft("延长审限批准", D2, {"months": 6, "approver": "本院院长"})],
        ),
        (
            {"exclusion_kind": "鉴定", "exclusion_from": D1, "exclusion_to": D2},
            [
                Draft("委托鉴定", D1, {"kind": "鉴定"}),
                Draft("鉴定结束", D2, {"from": "2026-01-05"}),
            ],
        ),
        ({"suspended_on": D2}, [Draft("中止审理", D2, {})]),
        ({"amount": None}, [Draft("登记变更", D2, {"amount": None})]),
    ],
    ids=lambda value: "".join(value) if isinstance(value, dict) else "",
)
def test_each_difference_becomes_its_own_event(row, expected):
    assert differ(first(), **row).drafts == expected


def test_a_corrected_filing_date_voids_the_old_filing():
    before = first()
    (draft,) = differ(before, filed_on=D2).drafts
    assert (draft.kind, draft.occurred_on) == ("立案", D2)
    assert draft.voids == before.last("立案").position
    assert after(before, [draft]).state.filed_on == D2


def test_a_removed_closing_is_withdrawn():
    before = first(closed_on=D1, disposition="判决")
    one = differ(before)
    assert kinds(one) == ["撤销报结"]
    assert after(before, one.drafts).state.closed_on is None


def test_a_removed_closing_that_lay_ahead_is_voided():
    before = first(closed_on=D3, disposition="判决")
    one = differ(before, on=D2)
    assert kinds(one) == ["作废"]
    assert after(before, one.drafts).state.closed_on is None


def test_a_corrected_closing_voids_and_records_anew():
    before = first(closed_on=D1, disposition="判决")
    one = differ(before, closed_on=D2, disposition="调解")
    assert kinds(one) == ["报结"]
    state = after(before, one.drafts).state
    assert (state.closed_on, state.disposition) == (D2, "调解")


def test_an_empty_cell_takes_back_only_what_a_table_had_said():
    told_by_another = known(first(closed_on=D1, disposition="判决").events)
    assert differ(told_by_another).drafts == []


def test_a_cell_that_cannot_be_read_changes_nothing():
    row = {key: value for key, value in ROW.items() if key not in ("filed_on", "closed_on")}
    one = Differ(values=row, known=first(closed_on=D2), snapshot_on=D3).run()
    assert one.drafts == []


def test_a_conversion_in_the_first_row_keeps_its_own_date():
    one = differ(EMPTY, procedure="简易转普通", converted_on=D2)
    assert Draft("转为普通程序", D2, {"from": "简易程序"}) in one.drafts
    landed = after(EMPTY, one.drafts)
    assert landed.state.procedure == "普通程序"
    assert differ(landed, procedure="简易转普通", converted_on=D2).drafts == []
    assert differ(landed, procedure="普通程序").drafts == []


def test_a_day_that_another_source_knows_is_not_recorded_twice():
    told = known(after(first(), [Draft("宣判", D2, {"document": "民事判决书"})]).events)
    assert differ(told, pronounced_on=D2).drafts == []


def test_columns_that_change_by_themselves_are_kept_but_not_compared():
    start = Differ(ROW, EMPTY, D1, extras={"剩余天数": "9"}, restless=frozenset({"剩余天数"})).run()
    landed = after(EMPTY, start.drafts)
    assert landed.state.extras == {"剩余天数": "9"}
    later = Differ(ROW, landed, D2, extras={"剩余天数": "8"}, restless=frozenset({"剩余天数"}))
    assert later.run().drafts == []


def test_a_judgment_fills_gaps_and_contradicts_nothing():
    before = first()
    row = {"cause": "合同纠纷", "filed_on": D3, "instance": "一审", "hearings": [D2]}
    one = Differ(values=row, known=before, snapshot_on=D3, fill_only=True).run()
    assert one.drafts == [Draft("登记变更", D3, {"instance": "一审"})]


@pytest.mark.parametrize(
    "later", [{"undertaker": "乙某"}, {"closed_on": D2}, {"procedure": "普通程序"}]
)
def test_after_its_difference_is_recorded_a_row_says_nothing_new(later):
    before = first()
    landed = after(before, differ(before, **later).drafts)
    assert differ(landed, **later).drafts == []
