"""One pass over a case's live events: first and last days, counts, and the few payloads that matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shenguan.core.caselog import LoggedEvent, when
from shenguan.core.timelimit.vocabulary import PAIRS

SERVICES = ("送达", "电子送达", "公告送达")
STEPS = frozenset(
    {
        *("转为普通程序", "转为简易程序", "变更承办人", "变更合议庭", "移送管辖", "延期开庭"),
        *("延长审限申请", "延长审限批准", "不予批准延长", "提交审委会", "报结", "撤销报结"),
        *(
            "上诉",
            "上诉材料移送",
            "移送二审法院",
            "二审立案",
            "卷宗退回",
            "终结本次执行",
            "恢复执行",
        ),
        *("执行完毕", "信访", "申诉申请再审", "司法建议", "诉前调解结束", "司法确认", "阅核"),
        *("四类标注", "归档", "评查抽取", "评查复评", "评查答复", "评查结论", "评查验收"),
        *("发改反馈", "发改答复", "发改认定", "专业法官会议", "审委会决定", "会议回复"),
    }
)
"""Kinds that make a row of table `step`."""

HEARING = "开庭"
_TOLD = frozenset(
    {
        *("立案", HEARING, "宣判", "报结", "结案", "执行完毕", "终结本次执行", "文书上网", "信访"),
        *("司法建议", "诉前调解结束", "司法确认", *SERVICES),
        *("评查验收", "发改反馈", "发改答复", "会议回复"),
    }
)
_TELLS, _STEPS, _PAIRS = 1, 2, 4
_ROLES: Mapping[str, int] = {
    kind: _TELLS * (kind in _TOLD) + _STEPS * (kind in STEPS) + _PAIRS * (kind in paired)
    for paired in [PAIRS.keys() | set(PAIRS.values())]
    for kind in _TOLD | STEPS | paired
}


class Scan:
    """Days by kind of event; events without a day count as having happened."""

    __slots__ = ("count", "first", "last", "paired", "steps", "told")

    def __init__(self, events: Sequence[LoggedEvent]) -> None:
        self.first: dict[str, date] = {}
        self.last: dict[str, date] = {}
        self.count: dict[str, int] = {}
        self.told: dict[str, list[LoggedEvent]] = {}
        self.steps: list[LoggedEvent] = []
        self.paired: list[LoggedEvent] = []
        first, last, count = self.first, self.last, self.count
        for event in events:
            kind, day = event[1], event[2]
            if kind not in count:
                count[kind] = 1
                if day is not None:
                    first[kind] = last[kind] = day
            else:
                count[kind] += 1
                if day is not None:
                    first[kind] = min(first.get(kind, day), day)
                    last[kind] = max(last.get(kind, day), day)
            role = _ROLES.get(kind)
            if role is not None:
                self._sort(event, role)

    def _sort(self, event: LoggedEvent, role: int) -> None:
        """Keep an event for whoever reads more of it than its day."""
        if role & _TELLS:
            self.told.setdefault(event.kind, []).append(event)
        if event.occurred_on is None:
            return
        if role & _STEPS:
            self.steps.append(event)
        if role & _PAIRS:
            self.paired.append(event)

    def happened(self, kind: str) -> bool:
        """Tell whether an event of the kind is on record."""
        return kind in self.count

    def flag(self, kind: str, key: str) -> bool:
        """Tell whether any event of the kind says yes to `key`."""
        told = self.told.get(kind)
        return told is not None and any(event.payload.get(key) is True for event in told)

    def said(self, kinds: Sequence[str], key: str) -> Any:
        """Return what the last event of the kinds that speaks of `key` says, else None."""
        found, latest = None, -1
        for kind in kinds:
            for event in self.told.get(kind, ()):
                value = event.payload.get(key)
                if value and event.position > latest:
                    found, latest = value, event.position
        return found

    def payloads(self, kind: str) -> list[Mapping[str, Any]]:
        """Return the payloads of one kind."""
        return [event.payload for event in self.told.get(kind, ())]


def by_day(events: Sequence[LoggedEvent]) -> list[LoggedEvent]:
    """Return dated events by day, those of one day in log order."""
    dated = [event for event in events if event.occurred_on]
    return sorted(dated, key=when) if len(dated) > 1 else dated
