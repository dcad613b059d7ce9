"""Rules made by hand for the tests, and cases written as one line an event.

They repeat the law only as far as a test needs it; the rulebook's own entries carry their examples.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from shenguan.core.calendar import Calendar, YearDays
from shenguan.core.timelimit import (
    CaseHistory,
    Due,
    Rule,
    Rules,
    Settings,
    TimelineEvent,
    compute,
)
from shenguan.core.timelimit import rule as r
from shenguan.core.timelimit import vocabulary as v

CIVIL, CRIMINAL = "民事", "刑事"


def exclusion(begin: str, **more: Any) -> r.Exclusion:
    return r.Exclusion(begin, begin, v.PAIRS[begin], f"{begin}的依据", **more)


_LOCAL = exclusion("其他扣除开始", local=True)
CIVIL_REASONS = (
    *(
        exclusion(name)
        for name in ("委托鉴定", "公告开始", "管辖权异议", "庭外和解开始", "中止审理")
    ),
    exclusion("调解开始", agreed=True, grace={"简易程序": 7, "小额诉讼程序": 7, "": 15}),
    _LOCAL,
)
CRIMINAL_REASONS = (
    exclusion(
        "委托鉴定",
        kinds=frozenset({"精神病鉴定", "重新鉴定"}),
        capped_kinds=frozenset({"重新鉴定"}),
        cap_months=1,
    ),
    exclusion("中止审理"),
    exclusion("另行委托辩护人", cap_days=10),
    exclusion("延期开庭", kinds=frozenset({"新证人"}), cap_months=1),
    exclusion("补充侦查", restarts=True),
    _LOCAL,
)
PRESIDENT = frozenset({v.PRESIDENT})
ABOVE = frozenset({v.COURT_ABOVE})


def _rule(id_: str, case_type: str, procedure: str, case_class: str, **more: Any) -> Rule:
    reasons = CIVIL_REASONS if case_class == CIVIL else CRIMINAL_REASONS
    settings: dict[str, Any] = {
        "id": id_,
        "name": id_,
        "case_class": case_class,
        "kind": r.TERM,
        "law": f"{id_}的法条",
        "valid_from": date(1991, 4, 9),
        "valid_to": None,
        "status": "official",
        "start": ("立案",),
        "opens": {reason.begin: reason for reason in reasons},
        "conversion": "continue" if case_class == CIVIL else "restart",
        "procedure": procedure,
        "applies": (r.Applies((case_type,), (procedure,)),),
        "source_ids": (f"old_{id_}",),
    }
    return Rule(**(settings | more))


RULES = Rules(
    [
        _rule(
            "ordinary", "民初", "普通程序", CIVIL, months=6, foreign="no_limit",
            stages=(
                r.Stage("152", months=6, approvers=PRESIDENT, apply_before=15, decide_before=5),
                r.Stage("152", approvers=ABOVE, times=None, apply_before=15, decide_before=5),
            ),
        ),
        _rule("summary", "民初", "简易程序", CIVIL, months=3,
              stages=(r.Stage("164", months=1, approvers=PRESIDENT),)),
        _rule("small", "民初", "小额诉讼程序", CIVIL, months=2, valid_from=date(2022, 1, 1)),
        _rule("second", "民终", "二审程序", CIVIL, months=3, default_against=True,
              start=("二审立案", "立案"), applies=(r.Applies(("民终",)),)),
        _rule("second_ruling", "民终", "二审程序", CIVIL, days=30,
              applies=(r.Applies(("民终",), against="裁定"),)),
        _rule("review", "民申", "", CIVIL, months=3, counter_application=True,
              applies=(r.Applies(("民申",)),)),
        _rule("order", "民保令", "", CIVIL, kind=r.HOURS, hours=72, applies=(r.Applies(("民保令",)),)),
        _rule("voter", "民特", "", CIVIL, kind=r.ELECTION, applies=(r.Applies(("民特",)),)),
        _rule("bankruptcy", "破", "", "破产", kind=r.NONE, applies=(r.Applies(("破",)),)),
        _rule(
            "public", "刑初", "普通程序", CRIMINAL, months=2,
            stages=(
                r.Stage("208", months=1),
                r.Stage("208", months=3, approvers=ABOVE),
                r.Stage("210", approvers=frozenset({v.SUPREME_COURT}), times=None, at_most=3),
            ),
        ),
        _rule("fast_summary", "刑初", "简易程序", CRIMINAL, days=20,
              stages=(r.Stage("220", months=1, days=15, total=True),)),
        _rule("over3", "刑初", "简易程序", CRIMINAL, months=1, days=15,
              applies=(r.Applies(("刑初",), ("简易程序",), frozenset({v.OVER_THREE_YEARS})),)),
        _rule("remand", "刑初", "", CRIMINAL, kind=r.RESTART, start=("收件", "立案"),
              applies=(r.Applies(("刑初",), (), frozenset({"发回重审"})),)),
    ]
)  # fmt: skip

CALENDAR = Calendar(
    {
        2026: YearDays(
            year=2026,
            off={date(2026, 10, day): "国庆节" for day in range(1, 8)},
            makeup={date(2026, 10, 10): "国庆节"},
            source=("国办发明电",),
        )
    }
)


def d(text: str) -> date:
    return date.fromisoformat(text)


def ev(on: str, event: str, **more: Any) -> TimelineEvent:
    return TimelineEvent(d(on), v.canonical(event), **more)


def case(
    *events: TimelineEvent,
    case_type: str = "民初",
    procedure: str | None = "普通程序",
    as_of: str | None = None,
    **more: Any,
) -> CaseHistory:
    """A case as known on `as_of`, by default on the day of its last event."""
    last = d(as_of) if as_of else max(event.on for event in events)
    return CaseHistory("一", case_type, procedure, tuple(events), last, **more)


def due(*events: TimelineEvent, settings: Settings | None = None, **more: Any) -> Due:
    return compute(case(*events, **more), RULES, CALENDAR, settings or Settings())
