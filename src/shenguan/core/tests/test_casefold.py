"""What the log says of a case, act by act, and what must hold for any log."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.casefold import REGISTRATION_KINDS, Assignment, LoggedEvent, fold, live

JAN, FEB, MAR = date(2026, 1, 15), date(2026, 2, 10), date(2026, 3, 20)


def log(*rows: tuple[Any, ...]) -> list[LoggedEvent]:
    """Number rows of (kind, day[, payload[, voids]]) from 1."""
    return [LoggedEvent(number, row[0], row[1], *row[2:]) for number, row in enumerate(rows, 1)]


def test_a_case_without_events_is_not_visible():
    assert fold([]).visible is False


def test_registration_and_filing_describe_the_case():
    state = fold(
        log(
            ("登记", JAN, {"case_type": "民初", "cause": "民间借贷纠纷", "amount": 1250000}),
            ("立案", JAN),
        )
    )
    assert (state.visible, state.case_type, state.amount) == (True, "民初", 1250000)
    assert (state.filed_on, state.closed_on) == (JAN, None)


def test_a_changed_attribute_follows_the_log_and_can_be_cleared():
    state = fold(
        log(
            ("登记", JAN, {"cause": "买卖合同纠纷", "amount": 1}),
            ("登记变更", MAR, {"cause": "承揽合同纠纷", "amount": None}),
            ("登记变更", FEB, {"prior_number": "（2025）示0102民初1号"}),
        )
    )
    assert (state.cause, state.amount) == ("承揽合同纠纷", None)
    assert state.prior_number == "（2025）示0102民初1号"


def test_voiding_a_filing_and_recording_it_anew_moves_the_filing_day():
    state = fold(log(("立案", JAN), ("立案", FEB, {}, 1)))
    assert (state.filed_on, state.flags) == (FEB, ())


def test_a_voided_void_brings_the_event_back():
    events = log(("立案", JAN), ("报结", MAR), ("作废", None, {}, 2), ("作废", None, {}, 3))
    assert fold(events).closed_on == MAR
    assert [e.kind for e in live(events)] == ["立案", "报结"]


def test_two_filing_days_are_kept_with_a_flag_and_the_earlier_counts():
    state = fold(log(("立案", FEB), ("立案", JAN)))
    assert (state.filed_on, state.flags) == (JAN, ("立案日期不一",))


def test_handing_a_case_over_closes_the_first_judges_interval():
    state = fold(
        log(
            ("分案", JAN, {"undertaker": "张示范", "division": "民一庭"}),
            ("变更承办人", FEB, {"undertaker": "李示范"}),
        )
    )
    assert state.assignments == (
        Assignment(JAN, FEB, "张示范", "民一庭"),
        Assignment(FEB, None, "李示范", "民一庭"),
    )
    assert (state.undertaker, state.division) == ("李示范", "民一庭")


def test_an_older_assignment_recorded_late_does_not_become_the_holder():
    state = fold(
        log(("变更承办人", FEB, {"undertaker": "李示范"}), ("分案", JAN, {"undertaker": "张示范"}))
    )
    assert state.undertaker == "李示范"
    assert [a.undertaker for a in state.assignments] == ["张示范", "李示范"]


def test_withdrawing_a_closing_opens_the_case_again():
    events = log(("报结", FEB, {"disposition": "判决"}), ("撤销报结", MAR))
    state = fold(events)
    assert (state.closed_on, state.legal_end_on, state.disposition) == (None, None, "")
    again = fold([*events, LoggedEvent(3, "报结", FEB, {"disposition": "调解"})])
    assert (again.closed_on, again.legal_end_on, again.disposition) == (FEB, FEB, "调解")


def test_a_withdrawal_does_not_touch_a_later_closing():
    state = fold(log(("报结", MAR), ("报结", JAN), ("撤销报结", FEB)))
    assert state.closed_on == MAR


def test_withdrawing_what_was_never_closed_is_flagged():
    assert fold(log(("立案", JAN), ("撤销报结", FEB))).flags == ("撤销报结前无报结",)


def test_pronouncement_is_the_legal_end_and_the_report_the_closing():
    state = fold(log(("立案", JAN), ("宣判", FEB), ("报结", MAR)))
    assert (state.legal_end_on, state.closed_on) == (FEB, MAR)


def test_the_last_service_of_the_decision_ends_a_case_without_pronouncement():
    served = log(
        ("送达", JAN, {"document": "起诉状副本"}),
        ("送达", FEB, {"document": "民事调解书"}),
        ("公告送达", MAR, {"document": "民事调解书"}),
    )
    assert fold(served).legal_end_on == MAR
    assert fold(served[:1]).legal_end_on is None


def test_without_anything_else_the_report_is_the_legal_end():
    assert fold(log(("立案", JAN), ("报结", MAR))).legal_end_on == MAR


def test_conversion_changes_the_procedure_and_keeps_the_first():
    state = fold(log(("登记", JAN, {"procedure": "简易程序"}), ("转为普通程序", FEB)))
    assert (state.procedure, state.initial_procedure) == ("普通程序", "简易程序")


def test_a_case_first_seen_after_its_conversion_began_in_the_procedure_named():
    state = fold(
        log(
            ("登记", JAN, {"procedure": "普通程序"}),
            ("转为普通程序", FEB, {"from": "小额诉讼程序"}),
        )
    )
    assert (state.procedure, state.initial_procedure) == ("普通程序", "小额诉讼程序")


def test_the_panel_is_the_last_one_formed():
    first = [{"role": "审判长", "name": "张示范"}]
    second = [{"role": "审判长", "name": "李示范"}]
    state = fold(
        log(("组成合议庭", JAN, {"members": first}), ("变更合议庭", FEB, {"members": second}))
    )
    assert list(state.panel) == second


def test_a_person_confirms_or_dismisses_a_tag():
    state = fold(
        log(
            ("标签建议", JAN, {"tag": "群体性"}),
            ("标签确认", FEB, {"tag": "群体性"}),
            ("标签取消", FEB, {"tag": "涉民生"}),
        )
    )
    assert state.tags == {"群体性": "确认", "涉民生": "取消"}


def test_the_recorded_due_date_is_the_last_one_and_ours_can_be_accepted():
    state = fold(
        log(
            ("届满日登记", None, {"due": "2026-07-15"}),
            ("届满日登记", None, {"start": "2026-01-20", "due": "2026-07-20"}),
            ("采用本系统审限", MAR),
        )
    )
    assert (state.recorded_due, state.accepts_ours) == (date(2026, 7, 20), True)
    assert state.clock_start_on == date(2026, 1, 20)


def test_putting_something_on_record_is_no_movement_in_the_case():
    state = fold(log(("立案", JAN), ("登记变更", MAR, {"amount": 1}), ("标签建议", MAR)))
    assert state.last_event_on == JAN


def test_a_change_of_number_is_known():
    assert fold(log(("案号变更", FEB, {"old": "旧1", "new": "新1"}))).number == "新1"


PAYLOADS: dict[str, list[dict[str, Any]]] = {
    "登记": [{"cause": "甲"}, {"cause": "乙"}],
    "登记变更": [{"amount": amount} for amount in range(10)],
    "分案": [{"undertaker": "甲某"}, {"undertaker": "乙某"}],
    "变更承办人": [{"undertaker": "甲某"}, {"undertaker": "丙某"}],
    "标签确认": [{"tag": "群体性"}, {"tag": "涉民生"}],
}
KINDS = [*PAYLOADS, "立案", "宣判", "送达", "报结", "结案", "撤销报结", "转为普通程序", "开庭"]
DAYS = [None, *(date(2025, 1, 1) + timedelta(n) for n in range(401))] + [None] * 401


def _log(drawn: list[int]) -> list[LoggedEvent]:
    """Read each number as kind, day and payload: one draw an event is quick."""
    events = []
    for position, number in enumerate(drawn, 1):
        rest, kind = divmod(number, len(KINDS))
        which, day = divmod(rest, len(DAYS))
        payloads = PAYLOADS.get(KINDS[kind], [{}])
        events.append(
            LoggedEvent(position, KINDS[kind], DAYS[day], payloads[which % len(payloads)])
        )
    return events


logs = st.lists(st.integers(0, len(KINDS) * len(DAYS) * 10 - 1), max_size=12).map(_log)


@given(logs, st.integers(0, 11))
def test_voiding_an_event_is_as_if_it_had_never_been_recorded(
    events: list[LoggedEvent], which: int
):
    if not events:
        return
    gone = events[which % len(events)]
    void = LoggedEvent(len(events) + 1, "作废", None, {}, gone.position)
    without = fold([event for event in events if event is not gone])
    assert fold([*events, void]) == without


@given(logs, st.integers(0, 99))
def test_the_order_in_which_a_log_is_read_changes_nothing(events: list[LoggedEvent], seed: int):
    shuffled = Random(seed).sample(events, len(events))
    assert fold(shuffled) == fold(events)


@given(logs)
def test_a_case_is_held_by_one_judge_at_a_time(events: list[LoggedEvent]):
    held = fold(events).assignments
    for earlier, later in itertools.pairwise(held):
        assert earlier.until == later.since
    assert all(a.until is None for a in held[-1:])


@given(logs)
def test_what_is_only_put_on_record_never_moves_the_dates(events: list[LoggedEvent]):
    noise = [
        LoggedEvent(100 + n, kind, MAR, {})
        for n, kind in enumerate(sorted(REGISTRATION_KINDS - {"作废"}))
    ]
    with_noise, without = fold([*events, *noise]), fold(events)
    assert with_noise.last_event_on == without.last_event_on
    assert (with_noise.closed_on, with_noise.filed_on) == (without.closed_on, without.filed_on)
