"""A second, naive reading of the contract: a case is lived through day by day.

Shares no code with shenguan.core.timelimit. A day is used up unless a suspension stands at its end; the term is
over once more days are used up than it has. Rules are the raw rulebook entries, the case is a plain mapping.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import chinese_calendar

Case = dict[str, Any]
DAY, UNITS = timedelta(days=1), ("months", "days")
ENDS = {"委托鉴定": "鉴定结束", "公告开始": "公告结束", "管辖权异议": "管辖异议结束", "审计评估开始": "审计评估结束",
        "庭外和解开始": "和解结束", "调解开始": "调解结束", "中止审理": "恢复审理", "补充侦查": "补充侦查结束",
        "检察院阅卷": "阅卷结束", "另行委托辩护人": "另行委托结束", "其他扣除开始": "其他扣除结束",
        "执行和解": "和解终止", "暂缓执行": "暂缓结束", "评估拍卖开始": "评估拍卖结束", "延期开庭": "开庭"}  # fmt: skip
CLOSINGS = ("宣判", "执行完毕", "送达", "结案", "报结")  # the first of these that is there closes
SAME = {"公告送达": "送达", "终结本次执行": "执行完毕"}
WORK = ("开庭", "延期开庭", "合议", "签发")  # what was served before it wasn't the judgment


def many(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def later(day: date, term: Case, last_meets_last: bool = False) -> date:
    """The last day of a term of months and days that begins after `day`."""
    months = 12 * day.year + day.month - 1 + term.get("months", 0)
    first = date(months // 12, months % 12 + 1, 1)
    most = 31 if last_meets_last and (day + DAY).day == 1 else day.day
    end = max(d for n in range(most) if (d := first + n * DAY).month == first.month)
    return end + DAY * term.get("days", 0)


def fit(entry: Case, way: Case, case: Case, procedure: str | None) -> int:
    """How many conditions of this way of applying hold; -1 where one fails."""
    rule, marks = case.get("rule"), set(many(way.get("marks")))
    named, facts = rule == entry["id"], [key for key in ("against", "detained") if key in way]
    of_type = case["case_type"] in many(way.get("type")) and rule is None
    holds = (
        named or of_type or rule in many(entry.get("source")),
        named or "procedure" not in way or procedure in many(way["procedure"]),
        marks <= case["marks"] and not case["marks"] & set(many(way.get("without"))),
        all(way[key] == case[key] for key in facts),
    )
    return 2 * len(marks) + len(facts) + ("procedure" in way) if all(holds) else -1


def choose(entries: list[Case], case: Case, procedure: str | None, start: date) -> Case | None:
    """The version of the day of the rule that fits best."""
    ways = [(entry, way) for entry in entries for way in entry["applies"]]
    best = max(ways, key=lambda pair: fit(*pair, case, procedure))
    versions = [e for e in entries if e["id"] == best[0]["id"] and fit(*best, case, procedure) >= 0]
    days = ((entry["valid_from"], entry, entry.get("valid_to", date.max)) for entry in versions)
    return next((entry for first, entry, last in days if first <= start <= last), None)


class Life:
    """One case under one reading of local policy."""

    def __init__(self, case: Case, entries: list[Case], reasons: Case, local: bool) -> None:
        self.case, self.entries, self.reasons, self.local = case, entries, reasons, local
        self.standing, self.heard = list[Case](), False

    def anew(self, entry: Case, start: date, excluded: set[date]) -> None:
        self.entry, self.start, self.excluded = entry, start, excluded
        self.term, self.granted = entry["length"], list[int]()
        applies = (entry["applies"] or [{}])[0]
        self.own = many(entry.get("procedure")) or many(applies.get("procedure"))[:1]

    def end_of(self, term: Case) -> date:
        """刑诉解释第202条 in the reading the court has chosen; 民法典第202条 otherwise."""
        reading = self.case["month_end"] if self.entry["class"] == "刑事" else None
        eve = reading == "day_after" and (self.start + 2 * DAY).day == 1
        return later(self.start + DAY * eve, term, eve or reading == "filing_day")

    def over(self, today: date) -> bool:
        lost = sum(self.start <= day < today for day in self.excluded)
        return today - lost * DAY > self.end_of(self.term)

    def live(self, events: list[Case], until: date) -> None:
        day = events[0]["on"]
        while day <= until:
            for stop in self.standing:
                if stop["from"] == day and stop["waits"]:
                    stop["counts"] = not self.over(day)
                stop["counts"] = stop["counts"] and stop["last"] != day
            for event in (event for event in events if event["on"] == day):
                self.meet(event, event["event"], day)
            if any(stop["counts"] for stop in self.standing) and self.start <= day < until:
                self.excluded.add(day)
            day += DAY

    def meet(self, event: Case, name: str, day: date) -> None:
        self.heard = self.heard or name == "开庭"
        if name in ENDS:
            self.stop(event, name, day)
        elif name == "延长审限批准" and not self.over(day):
            self.extend(event)
        elif name in ("转为普通程序", "转为简易程序") and not self.over(day):
            self.convert(name[2:], day)
        elif name == "申诉申请再审" and self.start < day and not self.over(day):
            self.anew(self.entry, day, set()) if self.entry.get("counter_application") else None
        waiting = [stop for stop in self.standing if stop["end"] == name]
        same = [stop for stop in waiting if event.get("kind") and stop["kind"] == event["kind"]]
        for stop in (same or waiting)[:1]:
            self.standing.remove(stop)
            if stop["counts"] and stop["restarts"]:
                self.anew(self.entry, day, set())

    def stop(self, event: Case, name: str, day: date) -> None:
        mine = (self.reasons[id_] for id_ in [*self.entry.get("exclude", []), "其他"])
        reason: Case = next((r for r in mine if r["begin"] == name), {"kinds": []})
        kind, grace = event.get("kind"), reason.get("grace", {"其余": 0})
        counts = kind in reason.get("kinds", [kind])
        counts = counts and (event.get("agreed") is True or not reason.get("agreed"))
        counts = counts and (self.local or not reason.get("local"))
        start = day + DAY * grace[next((p for p in self.own if p in grace), "其余")] * counts
        capped = counts and "cap" in reason and kind in reason.get("capped_kinds", [kind])
        last = later(start, reason["cap"]) if capped else None
        stop = {"end": ENDS[name], "kind": kind, "restarts": reason.get("restarts"), "from": start}
        counts = counts and start == day and not self.over(day)
        self.standing.append(stop | {"last": last, "waits": start > day, "counts": counts})

    def extend(self, event: Case) -> None:
        stages, who = self.entry.get("extend", []), event.get("approver")
        named = [n for n, s in enumerate(stages) if who is None or who in self.case["powers"](s)]
        anyone = [n for n, stage in enumerate(stages) if stage["approver"] == "未写明"]
        free = [n for n in named or anyone if self.granted.count(n) < times(stages[n])]
        if not free:
            return
        stage, have = stages[free[0]], {unit: self.term.get(unit, 0) for unit in UNITS}
        size = stage.get("total") or {unit: stage[unit] for unit in UNITS if stage.get(unit)}
        asked = {unit: event[unit] for unit in UNITS if event.get(unit)} or size
        wanted = {unit: have[unit] + asked.get(unit, 0) for unit in UNITS}
        more = size or {"months": stage.get("at_most", 9999)}
        most = stage.get("total") or {unit: have[unit] + more.get(unit, 0) for unit in UNITS}
        if wanted != have and self.end_of(have) < self.end_of(most):
            self.granted.append(free[0])
            self.term = min(wanted, most, key=self.end_of)

    def convert(self, procedure: str, day: date) -> None:
        mode, barred = self.entry.get("conversion"), {procedure, self.heard and "普通程序"}
        if not mode or (mode == "continue" and barred & set(self.own)):
            return
        runs_on = mode == "continue"
        start = self.start if runs_on else day
        entry = choose(self.entries, self.case | {"rule": None}, procedure, start)
        if entry is not None:
            self.anew(entry, start, self.excluded if runs_on else set())

    def due(self) -> date:
        """The day on which the term is used up, every excluded day given back."""
        day = self.end_of(self.term) + DAY * len(self.excluded)
        rolls = self.case["roll_over"] and not self.case["detained"]
        while rolls and not chinese_calendar.is_workday(day):
            day += DAY
        return day


def times(stage: Case) -> float:
    sized = stage.get("total") or stage.get("months") or stage.get("days")
    return stage.get("times", 1 if sized else None) or float("inf")


def closing_of(events: list[Case]) -> date | None:
    found: dict[str, date] = {}
    for name, day in ((SAME.get(event["event"], event["event"]), event["on"]) for event in events):
        if name == "撤销报结":
            found.clear()
        elif name == "送达" or (name in CLOSINGS and name not in found):
            found[name] = day
        elif name in WORK and found.get("送达", day) < day:
            del found["送达"]
    return next((found[name] for name in CLOSINGS if name in found), None)


def answer(case: Case, entries: list[Case], reasons: Case) -> Case:
    """Return state, due, due_local, excluded_days and in_time of a term of days or months."""
    events = sorted((e for e in case["events"] if e["on"] <= case["as_of"]), key=lambda e: e["on"])
    filed = next((e["on"] for e in events if e["event"] in ("立案", "二审立案", "收件")), None)
    entry = choose(entries, case, case["procedure"], filed) if filed else None
    if entry is None:
        return {"state": "no_rule", "due": None}
    start = next(e["on"] for name in many(entry["start"]) for e in events if e["event"] == name)
    closed, dues = closing_of(events), list[date | None]()
    for local in (True, False):
        life = Life(case, entries, reasons, local)
        life.anew(entry, start, set())
        life.live(events, closed or case["as_of"])
        stopped = not closed and any(stop["counts"] for stop in life.standing)
        dues.append(None if stopped else life.due())
    if case["foreign_related"] and life.entry.get("foreign") == "no_limit":
        return {"state": "no_limit", "due": None}
    other, due = dues
    return {
        "state": "closed" if closed else "running" if due else "paused",
        "due": due,
        "due_local": other if due and other != due else None,
        "excluded_days": len(life.excluded),
        "in_time": closed <= due if closed and due else None,
    }
