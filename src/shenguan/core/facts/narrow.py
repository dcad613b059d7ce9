"""Rows of the narrow tables of one case: stretches, hearings, steps of procedure.

Each carries the case's sort and the keys of the day it happened, so that figures over it need no join.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from shenguan.core.facts.case import assignment_on
from shenguan.core.facts.intervals import intervals_of
from shenguan.core.facts.model import CaseInput, FactContext, Row, day_of, month_of

_LOCAL = "其他扣除开始"
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
        *("四类标注", "评查结论", "归档"),
    }
)
_SETTLED = ("result", "reply_on", "published")
_SORT = ("case_type", "case_class", "instance", "procedure", "confidentiality")


class Narrow:
    """The narrow rows of one case; `wide` is its row in table `case`."""

    def __init__(self, case: CaseInput, wide: Row, context: FactContext) -> None:
        self._case, self._context = case, context
        self._kinds = context.words.tables["事件"]
        self._common: Row = {"case_id": case.case_id, "court": case.court_id}
        self._sort = {column: wide[column] for column in _SORT}

    def intervals(self) -> list[Row]:
        """Return the rows of table `interval`."""
        return [
            {
                **self._on(found.start),
                "reason": self._kinds[found.kind],
                "start_on": day_of(found.start),
                "start_month": month_of(found.start),
                "end_on": day_of(found.end),
                "days": (found.end - found.start).days if found.end else 0,
                "counted": found.counted,
                "statutory": found.kind != _LOCAL,
            }
            for found in intervals_of(self._case)
        ]

    def hearings(self) -> list[Row]:
        """Return the rows of table `hearing`, by day."""
        return [
            {
                **self._on(day),
                "held_on": day_of(day),
                "held_month": month_of(day),
                "broadcast": payload.get("broadcast") is True,
                "closed_session": payload.get("closed") is True,
                "online": payload.get("online") is True,
            }
            for kind, day, payload in self._dated(("开庭",))
            if kind == "开庭"
        ]

    def steps(self) -> list[Row]:
        """Return the rows of table `step`, by day."""
        return [
            {
                **self._on(day),
                "kind": self._kinds[kind],
                "happened_on": day_of(day),
                "happened_month": month_of(day),
                "settled": any(payload.get(key) for key in _SETTLED),
            }
            for kind, day, payload in self._dated(STEPS)
        ]

    def _dated(self, kinds: Iterable[str]) -> list[tuple[str, date, dict[str, object]]]:
        wanted = [e for e in self._case.events if e.kind in kinds and e.occurred_on]
        return [
            (e.kind, e.occurred_on, dict(e.payload))
            for e in sorted(wanted, key=lambda e: (e.occurred_on or date.min, e.position))
            if e.occurred_on
        ]

    def _on(self, day: date) -> Row:
        """Return the keys of the case on a day."""
        held = assignment_on(self._case.state.assignments, day)
        org, court = self._context.organisation, self._case.court_id
        return {
            **self._common,
            "division": org.unit(court, held.division),
            "judge": org.person(court, held.undertaker),
            **self._sort,
        }
