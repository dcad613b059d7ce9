"""JSON in and out: what is faulty is named in Chinese with field and value."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from shenguan.core.timelimit import (
    FLAG_MEANINGS,
    Settings,
    TimeLimitError,
    due_to_json,
    flags,
    history_from_json,
    settings_from_json,
)
from shenguan.core.timelimit import vocabulary as v
from shenguan.core.timelimit.tests.build import d, due, ev

GOOD: dict[str, Any] = {
    "id": 7,
    "case_type": "民初",
    "procedure": "一审普通程序",
    "events": [{"on": "2026-01-15", "event": "立案"}],
    "as_of": "2026-06-01",
}


def test_a_record_becomes_a_history_with_canonical_names():
    events = [{"on": "2026-03-01", "event": "送鉴定", "kind": "笔迹", "at": "10:30"}]
    history = history_from_json({**GOOD, "events": events, "marks": ["可能判处三年以上有期徒刑"]})
    assert (history.id, history.procedure) == ("7", "普通程序")
    assert history.marks == {"可能判三年以上"}
    assert history.events[0].event == "委托鉴定"
    assert history.events[0].at == time(10, 30)


def test_a_moment_is_read_as_its_day():
    assert history_from_json({**GOOD, "as_of": "2026-06-01T10:00:00"}).as_of == d("2026-06-01")


def test_half_months_become_fifteen_days():
    events = [{"on": "2026-03-01", "event": "延长审限批准", "months": 1.5}]
    event = history_from_json({**GOOD, "events": events}).events[0]
    assert (event.months, event.days) == (1, 15)


def test_a_procedure_may_tell_more_than_the_procedure():
    found = history_from_json({**GOOD, "procedure": "自诉（被告人羁押）"})
    assert (found.procedure, found.detained) == ("普通程序", True)
    assert found.marks == {"自诉"}
    assert history_from_json({**GOOD, "procedure": "二审(对裁定)"}).against == "裁定"


def test_today_stands_in_for_a_missing_day():
    record = {key: value for key, value in GOOD.items() if key != "as_of"}
    assert history_from_json(record, date(2026, 5, 1)).as_of == d("2026-05-01")
    with pytest.raises(TimeLimitError, match="缺少字段 as_of"):
        history_from_json(record)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "缺少字段 id"),
        ({"case_type": None}, "缺少字段 case_type"),
        ({"case_type": 5}, "字段 case_type 的值“5”应为字符串"),
        ({"events": None}, "缺少字段 events"),
        ({"events": "立案"}, "字段 events 应为数组"),
        ({"events": ["立案"]}, "第1个事件应为 JSON 对象"),
        ({"events": [{"event": "立案"}]}, "第1个事件的 on 为空"),
        ({"events": [{"on": "2026-01-15"}]}, "第1个事件的 event 为空"),
        (
            {"events": [{"on": "2026-02-30", "event": "立案"}]},
            "第1个事件的 on 的值“2026-02-30”不是日期",
        ),
        ({"events": [{"on": 20260115, "event": "立案"}]}, "不是日期"),
        ({"as_of": "0226-01-15"}, "字段 as_of 的值“0226-01-15”年份超出范围"),
        ({"as_of": "昨天"}, "字段 as_of 的值“昨天”不是日期"),
        ({"against": "决定"}, "字段 against 的值“决定”应为 判决 或 裁定"),
        ({"detained": "是"}, "字段 detained 的值“是”应为 true 或 false"),
        ({"marks": "自诉"}, "字段 marks 的值“自诉”应为字符串数组"),
    ],
)
def test_a_faulty_field_is_named_with_its_value(change, message):
    with pytest.raises(TimeLimitError, match=message):
        history_from_json({**GOOD, **change})


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("months", "六", "第1个事件的 months 的值“六”应为正数"),
        ("months", -1, "months 的值“-1”应为正数"),
        ("months", 1.2, "应为整月或半月"),
        ("days", 1.5, "应为整数"),
        ("at", "十点", "at 的值“十点”不是时刻"),
        ("agreed", "同意", "agreed 的值“同意”应为 true 或 false"),
        ("to", "明天", "to 的值“明天”不是日期"),
    ],
)
def test_a_faulty_detail_of_an_event_is_named(field, value, message):
    event = {"on": "2026-03-01", "event": "延长审限批准", field: value}
    with pytest.raises(TimeLimitError, match=message):
        history_from_json({**GOOD, "events": [event]})


def test_a_record_that_is_no_object_is_refused():
    with pytest.raises(TimeLimitError, match="JSON 对象"):
        history_from_json([1])  # type: ignore[arg-type]


def test_the_answer_has_the_contracts_keys():
    found = due_to_json(due(ev("2026-01-15", "立案"), as_of="2026-06-01"))
    assert list(found) == [
        "id", "due", "due_local", "state", "days_left", "excluded_days", "in_time", "flags", "steps",
    ]  # fmt: skip
    assert (found["due"], found["days_left"]) == ("2026-07-15", 44)
    assert found["steps"][-1]["on"] == "2026-07-15"


def test_a_limit_in_hours_also_answers_with_the_minute():
    found = due_to_json(due(ev("2026-03-02", "立案", at=time(10, 30)), case_type="民保令"))
    assert (found["due"], found["due_at"]) == ("2026-03-05", "2026-03-05T10:30")


def test_settings_are_read_and_unknown_ones_refused():
    found = settings_from_json({"roll_over": True, "delegation": [{"from": "2026-01-01"}]})
    assert found == Settings(roll_over=True, delegation=((d("2026-01-01"), None),))
    with pytest.raises(TimeLimitError, match="设置“顺延”不存在"):
        settings_from_json({"顺延": True})
    with pytest.raises(TimeLimitError, match="名称与值的对照"):
        settings_from_json(["roll_over"])  # type: ignore[arg-type]
    with pytest.raises(TimeLimitError, match="delegation 缺少 from"):
        settings_from_json({"delegation": [{"to": "2026-01-01"}]})


def test_every_flag_is_in_the_table_of_flags():
    names = {
        value for name, value in vars(flags).items() if name.isupper() and isinstance(value, str)
    }
    assert names == set(FLAG_MEANINGS)


def test_an_alias_is_never_a_canonical_name():
    assert not v.ALIASES.keys() & v.KNOWN_EVENTS
    assert set(v.ALIASES.values()) <= v.KNOWN_EVENTS
