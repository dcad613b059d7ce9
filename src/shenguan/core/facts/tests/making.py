"""Cases made by hand for these tests: a few case types, a small calendar, people by the length of a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shenguan.core.calendar import Calendar, YearDays
from shenguan.core.casefold import fold, live
from shenguan.core.caselog import LoggedEvent
from shenguan.core.casenumber import CaseType
from shenguan.core.causes import Cause, Causes
from shenguan.core.facts import CaseInput, FactContext, Words
from shenguan.core.timelimit import Due, Interval

TYPES = {
    "民初": CaseType("民初", "民事一审案件", "民事", "一审", "诉讼一审"),
    "民终": CaseType("民终", "民事二审案件", "民事", "二审", "诉讼二审"),
    "民辖终": CaseType("民辖终", "民事管辖上诉案件", "民事", "二审", "管辖"),
    "民申": CaseType("民申", "民事申请再审审查案件", "民事", "再审审查", "再审审查"),
    "民再": CaseType("民再", "民事再审案件", "民事", "再审", "再审"),
    "刑初": CaseType("刑初", "刑事一审案件", "刑事", "一审", "诉讼一审"),
    "行初": CaseType("行初", "行政一审案件", "行政", "一审", "诉讼一审"),
    "执": CaseType("执", "首次执行案件", "执行", "执行", "执行实施"),
    "执恢": CaseType("执恢", "恢复执行案件", "执行", "执行", "执行实施"),
}
NAMES = {
    "类型代字": {name: number for number, name in enumerate(TYPES, 1)},
    "类别": {"刑事": 1, "民事": 2, "行政": 3, "赔偿": 4, "执行": 5},
    "审级": {"一审": 1, "二审": 2, "再审": 3, "再审审查": 4, "执行": 5},
    "程序": {"普通程序": 1, "简易程序": 2, "其他": 99},
    "结案方式": {
        "判决": 1,
        "调解": 2,
        "准许撤诉": 3,
        "维持": 20,
        "改判": 21,
        "发回重审": 23,
        "终结本次执行程序": 61,
        "其他": 99,
    },
    "上级结果": {"维持": 1, "改判": 2, "发回": 4, "其他": 99},
    "执行结果": {"执行完毕": 1, "终结本次执行程序": 2, "其他": 99},
    "履行方式": {"强制执行": 1, "自动履行": 2},
    "关联": {
        **{"二审": 1, "管辖上诉": 2, "发回重审": 3, "再审审查": 4, "再审": 5, "首次执行": 6},
        **{"恢复执行": 7, "撤诉再诉": 12, "移送": 13, "指令审理": 17, "其他": 99},
    },
    "事件": {
        **{"委托鉴定": 1, "公告开始": 2, "其他扣除开始": 3, "延期开庭": 4, "报结": 5, "上诉": 6},
        **{"变更承办人": 7, "延长审限批准": 8, "信访": 9, "撤销报结": 10, "调解开始": 11},
        **{"归档": 12, "转为普通程序": 13, "执行完毕": 14, "诉前调解结束": 15, "司法建议": 16},
        **{"评查结论": 17, "评查复评": 18, "评查验收": 19, "发改反馈": 20, "发改答复": 21},
        **{"审委会决定": 22, "会议回复": 23},
    },
    "步骤结果": {
        "优秀": 1,
        "认可": 11,
        "异议": 12,
        "通过": 13,
        "退回": 14,
        "分歧": 16,
        "收到": 22,
        "其他": 99,
    },
}
LISTS = {
    "撤诉": frozenset({"准许撤诉"}),
    "不宜上网的结案方式": frozenset({"调解"}),
    "不宜上网的案由": frozenset({"离婚"}),
    "不可调解的案由": frozenset({"婚姻无效"}),
    "诉前调解成功": frozenset({"达成协议"}),
    "行政机关败诉": frozenset({"确认违法"}),
    "程序性文书": frozenset({"起诉状", "传票"}),
    "是": frozenset({"是", "有"}),
    "有陪审员的角色": frozenset({"人民陪审员"}),
}
WORDS = Words(
    NAMES,
    {
        "结案方式": {"驳回上诉维持原判": "维持"},
        "上级结果": {"发回重审": "发回"},
        "步骤结果": {"优质": "优秀"},
    },
    {"结案方式": (("撤诉", "准许撤诉"),)},
    LISTS,
    {"has_assets": ("有财产",), "broadcast": ("是否直播",)},
)
CAUSES = Causes(
    (
        Cause("CC-1", "婚姻家庭纠纷", 1, "", "民事", "2025"),
        Cause("CC-1-1", "离婚纠纷", 2, "CC-1", "民事", "2025"),
        Cause("CR-1", "盗窃罪", 1, "", "刑事", "2024"),
    )
)
_OFF = {date(2026, 1, 1): "元旦", date(2026, 1, 2): "元旦"}
CALENDAR = Calendar({2026: YearDays(2026, _OFF, {date(2026, 1, 31): "补班"})})


class People:
    """Numbers names by their length, so that a test can tell them apart; 长 leads from 2026."""

    def unit(self, court_id: int, name: str) -> int:
        return court_id * 100 + len(name) if name else 0

    def person(self, court_id: int, name: str) -> int:
        return court_id * 1000 + len(name) if name else 0

    def court(self, name: str) -> int:
        return {"示范市甲区人民法院": 8}.get(name, 0)

    def leads(self, court_id: int, name: str, on: date) -> bool:
        return name.endswith("长") and on >= date(2026, 1, 1)


CONTEXT = FactContext(WORDS, TYPES, CAUSES, CALENDAR, People())
Told = tuple[str, str | None, Mapping[str, Any]]


def told(*events: tuple[str, str | None] | Told) -> tuple[LoggedEvent, ...]:
    """Return events of (kind, ISO day, payload) in log order, positions from 1."""
    return tuple(
        LoggedEvent(n, e[0], date.fromisoformat(e[1]) if e[1] else None, e[2] if len(e) > 2 else {})
        for n, e in enumerate(events, 1)
    )


def due(on: str | None = None, *intervals: tuple[str, str | None]) -> Due:
    """Return a clock that is due on a day and counted these stretches."""
    counted = tuple(
        Interval(
            "事由",
            date.fromisoformat(start),
            date.fromisoformat(end) if end else None,
            counted=True,
        )
        for start, end in intervals
    )
    day = date.fromisoformat(on) if on else None
    return Due("", day, None, "running", None, 0, None, (), trace=lambda: ((), counted))


def case(
    events: tuple[LoggedEvent, ...], clock: Due | None = None, *, case_id: int = 1, court: int = 7
) -> CaseInput:
    """Return a case of court 7 whose own clock governs."""
    events = tuple(live(events))
    clock = clock or due()
    return CaseInput(case_id, court, events, fold(events), clock, clock.due)
