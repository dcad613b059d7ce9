"""When things happen in one case: length, pauses, limit, extension, lateness, the year's end.

All days are ordinals. The plan knows the limit the way a careful clerk would (months of the procedure
laws plus the pauses), which is written apart from the engine so that the two can disagree.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta

from shenguan.lab.simulate.days import Days, add_months
from shenguan.lab.simulate.dice import Dice, Quota
from shenguan.lab.simulate.parameters import (
    LYING_SHARE,
    OVERRUN_DAYS,
    RUSH,
    STUCK_SHARE,
    Pause,
    Profile,
    Track,
)

OUTCOME_PACE = {"判决": 1.10, "调解": 0.82, "准许撤诉": 0.72, "按撤诉处理": 0.85, "驳回起诉": 0.95}
FREE_MEDIATION = {"普通程序": 15}
"""Agreed mediation counts for so many days before it stops the clock, otherwise 7 (民事调解规定 第4条)."""
STUCK_BY = ("中止审理", "委托鉴定", "中止审理", "公告开始")
AUCTION_WITHOUT_END = Pause("评估拍卖开始", "评估拍卖结束", 0, 0, 0)
PAUSES_WITHOUT_END = {
    "中止审理": Pause("中止审理", "恢复审理", 0, 0, 0),
    "委托鉴定": Pause("委托鉴定", "鉴定结束", 0, 0, 0, "工程造价或伤残鉴定"),
    "公告开始": Pause("公告开始", "公告结束", 0, 0, 0, "公告送达起诉状副本"),
}
FOREVER = 100_000


@dataclass(slots=True)
class Interval:
    """A pause as it happens: `[start, end)`, of which `excluded` days don't count."""

    start: int
    end: int
    excluded: int
    pause: Pause


@dataclass(slots=True)
class Extension:
    """An extension: applied for and decided on these days."""

    applied: int
    decided: int
    months: int
    approver: str
    granted: bool = True


@dataclass(slots=True)
class Plan:
    """The days of one case."""

    filed: int
    close: int
    due: int | None
    late: bool = False
    stuck: bool = False
    intervals: list[Interval] = field(default_factory=list)
    extension: Extension | None = None
    restart: int | None = None
    """The day on which the criminal clock starts anew (conversion, 补充侦查)."""
    first_due: int | None = None


@dataclass(slots=True)
class Question:
    """What a plan is asked for."""

    filed: int
    track: Track
    profile: Profile
    pace: float
    cause: str
    outcome: str
    key: tuple[Hashable, ...]
    longer: bool = False
    """可能判三年以上 / 一年以上: the longer limit of the criminal short procedures."""
    restart_after: int = 0


class Planner:
    """Makes plans; keeps the promised share of late and of stuck cases over the whole stream."""

    def __init__(self, dice: Dice, days: Days, last: int) -> None:
        self._dice, self._days, self._last = dice, days, last
        self._late: dict[str, Quota] = {}
        self._stuck = Quota(STUCK_SHARE)

    def plan(self, ask: Question) -> Plan:
        """Return the days of one case."""
        limit = self._limit(ask, ask.filed + ask.restart_after)
        plan = Plan(ask.filed, 0, None if limit is None else ask.filed + ask.restart_after + limit)
        plan.first_due = None if limit is None else ask.filed + (self._limit(ask, ask.filed) or 0)
        if ask.restart_after:
            plan.restart = ask.filed + ask.restart_after
        net = self._net(ask)
        plan.intervals = self._pauses(ask, net)
        if limit is not None:
            net = self._keep_to_limit(ask, plan, net, limit)
        self._place(ask, plan, net)
        return plan

    def _net(self, ask: Question) -> int:
        track = ask.track
        pace = ask.pace * (OUTCOME_PACE.get(ask.outcome, 1.0) if track.type_code == "民初" else 1.0)
        return max(1, round(self._dice.days(track.median * pace, track.spread, *ask.key)))

    def _limit(self, ask: Question, start: int, more: int = 0) -> int | None:
        track = ask.track
        if ask.longer:
            day = self._days.date(start)
            if track.procedure == "简易程序":  # 一个半月: a month and 15 days (刑诉解释 第202条)
                return add_months(day, 1).toordinal() + 15 - start
            return 15
        if track.months or (more and track.days):
            months = track.months + more
            return months_on(self._days.date(start), months, track) - start + track.days
        return track.days or None

    def _pauses(self, ask: Question, net: int) -> list[Interval]:
        found: list[Interval] = []
        at = ask.filed + ask.restart_after + max(2, round(net * 0.15))
        for pause in ask.track.pauses:
            if pause.causes and ask.cause not in pause.causes:
                continue
            if not self._dice.even_chance(pause.share, "停", pause.start, *ask.key) or net < 8:
                continue
            length = self._dice.between(pause.shortest, pause.longest)
            excluded = length
            if pause.start == "其他扣除开始":
                excluded = 0  # local policy moves no statutory due date
            if pause.start == "调解开始" and ask.track.type_code == "民初":
                excluded = max(0, length - FREE_MEDIATION.get(ask.track.procedure, 7))
            start = self._days.next(at + self._dice.between(0, max(1, net // 8)))
            found.append(Interval(start, start + length, excluded, pause))
            at = start + length
        return found

    def _keep_to_limit(self, ask: Question, plan: Plan, net: int, limit: int) -> int:
        quota = self._late.setdefault(ask.profile.name, Quota(ask.profile.late))
        quota.saw()
        calm = ask.track.type_code.startswith("刑") and self._dice.chance(0.75)
        if net > 0.5 * limit and not calm and quota.grants(self._dice.u()):
            plan.late = True
            return limit + 2 + self._dice.tail(OVERRUN_DAYS)
        ceiling = limit - 1
        if net <= ceiling:
            return net
        if ask.track.more and self._dice.chance(0.6):
            longer = self._limit(ask, plan.restart or plan.filed, ask.track.more)
            if longer is not None:
                return self._extend(ask, plan, net, limit, longer)
        return max(1, ceiling - min(self._dice.tail(limit * 0.04 + 0.5), limit // 3))

    def _extend(self, ask: Question, plan: Plan, net: int, limit: int, longer: int) -> int:
        due = (plan.restart or plan.filed) + limit + sum(i.excluded for i in plan.intervals)
        lead = (
            15 + self._dice.between(0, 6) if self._dice.chance(0.8) else self._dice.between(2, 14)
        )
        applied = self._days.previous(due - min(lead, limit // 2))
        decided = min(self._days.next(applied + self._dice.between(1, 6)), self._days.previous(due))
        plan.extension = Extension(applied, decided, ask.track.more, ask.track.approver)
        plan.due = (plan.restart or plan.filed) + longer
        return min(net, longer - 1 - self._dice.between(0, 4))

    def _place(self, ask: Question, plan: Plan, net: int) -> None:
        """Set the closing day, pull it before the year's end where judges do, and drop what it cuts off."""
        excluded = sum(interval.excluded for interval in plan.intervals)
        due = None if plan.due is None else plan.due + excluded
        close = plan.filed + ask.restart_after + net + excluded
        if self._is_stuck(ask, plan):
            plan.stuck, plan.close, plan.due = True, plan.filed + FOREVER, None
            return
        if plan.late and due is not None:
            close = self._days.next(max(close, due + 1))
        else:
            close = max(self._days.previous(self._rushed(plan, close)), plan.filed)
        plan.close, plan.due = close, due
        if plan.intervals and plan.intervals[-1].end > close:
            self._trim(plan, close)

    def _trim(self, plan: Plan, close: int) -> None:
        """Drop the pauses a rounded closing day cuts into (only ever by a weekend)."""
        kept = [interval for interval in plan.intervals if interval.end <= close]
        lost = sum(interval.excluded for interval in plan.intervals) - sum(i.excluded for i in kept)
        plan.intervals = kept
        if plan.due is not None:
            plan.due -= lost
            plan.late = close > plan.due

    def _rushed(self, plan: Plan, close: int) -> int:
        day = self._days.date(close)
        share = RUSH.get(day.month, 0.0)
        if not share or not self._dice.even_chance(share, "年末", day.month):
            return close
        december = day.replace(year=day.year - 1, month=12, day=1).toordinal()
        earliest = max(december, plan.filed + (close - plan.filed) * 2 // 5)
        if plan.intervals:
            earliest = max(earliest, plan.intervals[-1].end + 3)
        if plan.extension:
            earliest = max(earliest, plan.extension.decided + 3)
        latest = december + 30
        return close if earliest > latest else self._dice.between(earliest, latest)

    def _is_stuck(self, ask: Question, plan: Plan) -> bool:
        if ask.track.type_code not in ("民初", "执", "刑初") or ask.track.procedure in (
            "小额诉讼程序",
            "速裁程序",
        ):
            return False
        self._stuck.saw()
        if not self._stuck.grants(self._dice.u()):
            return False
        plan.extension = None
        if self._dice.chance(LYING_SHARE):
            plan.intervals = []  # nobody suspended it; it simply lies there, long overdue
            return True
        start = self._days.next(plan.filed + self._dice.between(15, 60))
        kind = "中止审理" if ask.track.type_code == "刑初" else STUCK_BY[self._dice.between(0, 3)]
        pause = AUCTION_WITHOUT_END if ask.track.type_code == "执" else PAUSES_WITHOUT_END[kind]
        plan.intervals = [Interval(start, plan.filed + FOREVER, 0, pause)]
        return True


def months_on(day: date, months: int, track: Track) -> int:
    """Count months the civil or the criminal way: 民法典 第202条, 刑诉解释 第202条 (last day to last day)."""
    later = add_months(day, months)
    if track.type_code.startswith("刑") and (day + timedelta(days=1)).month != day.month:
        later = later.replace(day=monthrange(later.year, later.month)[1])
    return later.toordinal()
