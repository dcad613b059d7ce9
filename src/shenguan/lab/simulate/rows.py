"""A case as one row of the spreadsheet its court would export on a given day, under official headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shenguan.lab.simulate.cases import SimCase, SimEvent
from shenguan.lab.simulate.manners import COURSE_PAPERS
from shenguan.lab.simulate.tracks import TRACKS

CASE_COLUMNS = (
    *("案号", "法院", "案件类型", "案由", "审判程序", "适用程序", "立案日期", "分案日期"),
    *(
        "审限起算日期",
        "审限届满日期",
        "开庭日期",
        "宣判日期",
        "送达日期",
        "结案日期",
        "结案方式",
        "承办人",
        "承办部门",
    ),
    *("当事人", "标的额", "原审案号", "原审法院", "是否涉外", "是否羁押", "上诉日期"),
    *(
        "延长审限月数",
        "延长审限批准日期",
        "延长审限批准人",
        "扣除事由",
        "扣除开始日期",
        "扣除结束日期",
    ),
    *("中止日期", "恢复日期", "程序转换日期", "归档日期", "已审理天数", "审判领域"),
)
EVENT_COLUMNS = (
    "案号",
    "法院",
    "事件",
    "日期",
    "事由",
    "月数",
    "批准主体",
    "承办人",
    "承办部门",
    "结案方式",
    "备注",
)
UNPRINTED = frozenset(
    {"登记", "登记变更", "届满日登记", "标签建议", "标签确认", "文书登记", "四类标注"}
)
"""Kinds a court's event export has no line for."""
PAUSES = {pause.start: pause.end for track in TRACKS.values() for pause in track.pauses} | {
    "中止审理": "恢复审理"
}
_DATED = {
    "立案日期": "立案",
    "分案日期": "分案",
    "宣判日期": "宣判",
    "送达日期": "送达",
    "结案日期": "报结",
    "上诉日期": "上诉",
    "延长审限批准日期": "延长审限批准",
    "中止日期": "中止审理",
    "恢复日期": "恢复审理",
    "归档日期": "归档",
}
Row = dict[str, Any]


def case_row(case: SimCase, day: date) -> Row | None:
    """Return the row as it stood at the end of `day`; None when the case wasn't filed yet."""
    events = case.until(day)
    register = next((e.payload for e in events if e.kind == "登记"), None)
    if register is None:
        return None
    last = {event.kind: event for event in events if not _in_course(event)}
    row: Row = dict.fromkeys(CASE_COLUMNS)
    row |= {
        "案号": case.number,
        "法院": case.court_name,
        "案件类型": case.type_code,
        "案由": register["cause"],
        "审判程序": register["instance"],
        "适用程序": _procedure(register, events),
        "开庭日期": "、".join(e.known_on.isoformat() for e in events if e.kind == "开庭") or None,
        "当事人": "；".join(f"{p['role']}：{p['name']}" for p in register["parties"]),
        "标的额": register["amount"] / 100 if "amount" in register else None,
        "原审案号": register.get("prior_number"),
        "原审法院": register.get("prior_court"),
        "是否涉外": "是" if register.get("foreign_related") else "否",
        "是否羁押": "是" if register.get("detained") else None,
        "审限起算日期": register.get("clock_start_on"),
        "审判领域": "、".join(register.get("fields", ())) or None,
    }
    row |= {heading: last[kind].known_on for heading, kind in _DATED.items() if kind in last}
    return row | _of_last(last) | _pause(events) | _age(case, last, day)


def _in_course(event: SimEvent) -> bool:
    """Tell the service of papers in the course of a case from that of the decision, which has the column."""
    return event.payload.get("document") in COURSE_PAPERS


def _procedure(register: Mapping[str, Any], events: Sequence[SimEvent]) -> str | None:
    converted = [e.kind.removeprefix("转为") for e in events if e.kind.startswith("转为")]
    return (converted[-1] if converted else register["procedure"]) or None


def _of_last(last: Mapping[str, SimEvent]) -> Row:
    row: Row = {}
    holder = last.get("变更承办人") or last.get("分案")
    if holder:
        row |= {"承办人": holder.payload.get("undertaker"), "承办部门": holder.payload["division"]}
    if "报结" in last:
        row["结案方式"] = last["报结"].payload.get("disposition")
    if "届满日登记" in last:
        row["审限届满日期"] = date.fromisoformat(last["届满日登记"].payload["due"])
    if "延长审限批准" in last:
        granted = last["延长审限批准"].payload
        row |= {"延长审限月数": granted["months"], "延长审限批准人": granted["approver"]}
    converted = next((e for k, e in last.items() if k.startswith("转为")), None)
    if converted:
        row["程序转换日期"] = converted.known_on
    return row


def _pause(events: Sequence[SimEvent]) -> Row:
    """The latest interval that isn't a suspension: such tables have room for one."""
    begun = [e for e in events if e.kind in PAUSES and e.kind != "中止审理"]
    if not begun:
        return {}
    start = begun[-1]
    end = next(
        (e for e in events if e.kind == PAUSES[start.kind] and e.known_on > start.known_on), None
    )
    name = {"委托鉴定": "鉴定", "公告开始": "公告", "调解开始": "调解"}.get(start.kind, start.kind)
    return {
        "扣除事由": name.removesuffix("开始"),
        "扣除开始日期": start.known_on,
        "扣除结束日期": end.known_on if end else None,
    }


def _age(case: SimCase, last: Mapping[str, SimEvent], day: date) -> Row:
    until = last["报结"].known_on if "报结" in last else day
    return {"已审理天数": max((until - case.filed_on).days, 0)}


def event_rows(case: SimCase, day: date) -> list[Row]:
    """Return the lines of the event export for this case up to `day`."""
    rows = []
    for event in case.until(day):
        if event.kind in UNPRINTED or _in_course(event):
            continue
        row: Row = dict.fromkeys(EVENT_COLUMNS)
        payload = event.payload
        row |= {
            "案号": case.number,
            "法院": case.court_name,
            "事件": event.kind,
            "日期": event.known_on,
            "事由": payload.get("kind"),
            "月数": payload.get("months"),
            "批准主体": payload.get("approver"),
            "承办人": payload.get("undertaker"),
            "承办部门": payload.get("division"),
            "结案方式": payload.get("disposition"),
            "备注": payload.get("reason"),
        }
        rows.append(row)
    return rows
