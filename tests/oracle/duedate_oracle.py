"""A second, naive reading of the contract: a case is lived through day by day.

Shares no code with shenguan.core.timelimit. A day is used up unless a suspension stands at its end;
the term is over once more days are used up than it has. Rules are the raw rulebook entries, the
case is a plain mapping with canonical names.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import chinese_calendar

DAY = timedelta(days=1)
ENDS = {"委托鉴定": "鉴定结束", "公告开始": "公告结束", "管辖权异议": "管辖异议结束", "审计评估开始": "审计评估结束",
        "庭外和解开始": "和解结束", "调解开始": "调解结束", "中止审理": "恢复审理", "补充侦查": "补充侦查结束",
        "检察院阅卷": "阅卷结束", "另行委托辩护人": "另行委托结束", "其他扣除开始": "其他扣除结束",
        "执行和解": "和解终止", "暂缓执行": "暂缓结束", "评估拍卖开始": "评估拍卖结束", "延期开庭": "开庭"}  # fmt: skip
Case = dict[str, Any]


def months_later(day: date, months: int, last_meets_last: bool) -> date:
    """Count month by month, then look downwards for a day that exists."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    wanted = 31 if last_meets_last and (day + DAY).day == 1 else day.day
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1


def many(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def procedures(entry: Case) -> list[str]:
    first = (entry["applies"] or [{}])[0]
    return many(entry.get("procedure")) or many(first.get("procedure"))[:1]


def weight(entry: Case, way: Case, case: Case, procedure: str | None) -> int | None:
    """How many conditions of this way of applying hold; None where one fails."""
    rule, needed = case.get("rule"), many(way.get("marks"))
    if rule is None and case["case_type"] not in many(way.get("type")):
        return None
    if rule not in (None, entry["id"]) and rule not in many(entry.get("source")):
        return None
    if "procedure" in way and procedure not in many(way["procedure"]) and rule != entry["id"]:
        return None
    if not set(needed) <= case["marks"] or case["marks"] & set(many(way.get("without"))):
        return None
    if any(key in way and way[key] != case[key] for key in ("against", "detained")):
        return None
    return 2 * len(needed) + sum(key in way for key in ("against", "detained", "procedure"))


def choose(entries: list[Case], case: Case, procedure: str | None, start: date) -> Case | None:
    """The version of the day of the rule that fits best."""
    best, most = None, -1
    for entry in entries:
        for way in entry["applies"]:
            found = weight(entry, way, case, procedure)
            if found is not None and found > most:
                best, most = entry["id"], found
    for entry in entries:
        if entry["id"] == best and entry["valid_from"] <= start <= entry.get("valid_to", date.max):
            return entry
    return None


class Life:
    """One case under one reading of local policy."""

    def __init__(self, case: Case, entries: list[Case], reasons: list[Case], local: bool) -> None:
        self.case, self.entries, self.local = case, entries, local
        self.reasons = {reason["id"]: reason for reason in reasons}
        self.standing: list[Case] = []
        self.heard = False

    def anew(self, entry: Case, day: date, keep: set[date] | None = None) -> None:
        self.entry, self.start = entry, day
        self.granted: list[int] = []
        self.excluded = keep if keep is not None else set()
        self.term = entry["length"]

    def end_of(self, term: Case) -> date:
        """刑诉解释第202条 in the reading the court has chosen; 民法典第202条 otherwise."""
        reading = self.case["month_end"] if self.entry["class"] == "刑事" else None
        day = self.start
        if reading == "day_after" and (day + 2 * DAY).day == 1:
            day, reading = day + DAY, "filing_day"
        end: date = months_later(day, term.get("months", 0), reading == "filing_day")
        days: int = term.get("days", 0)
        return end + DAY * days

    def budget(self) -> int:
        return (self.end_of(self.term) - self.start).days

    def over(self, today: date) -> bool:
        lost = sum(self.start <= day < today for day in self.excluded)
        return (today - self.start).days - lost > self.budget()

    def live(self, events: list[Case], until: date) -> None:
        day = min(event["on"] for event in events)
        while day <= until:
            for stop in self.standing:
                if stop["last"] == day:
                    stop["counts"] = False
                if stop["from"] == day and stop["waits"]:
                    stop["counts"] = not self.over(day)
            for event in [event for event in events if event["on"] == day]:
                self.meet(event, event["event"], day)
            if any(stop["counts"] for stop in self.standing) and self.start <= day < until:
                self.excluded.add(day)
            day += DAY

    def meet(self, event: Case, name: str, day: date) -> None:
        self.heard = self.heard or name == "开庭"
        if name in ENDS:
            self.stop(event, name, day)
        elif name == "延长审限批准":
            self.extend(event, day)
        elif name in ("转为普通程序", "转为简易程序"):
            self.convert(name[2:], day)
        elif name == "申诉申请再审" and self.entry.get("counter_application"):
            starts_anew = day > self.start and not self.over(day)
            self.anew(self.entry, day) if starts_anew else None
        waiting = [stop for stop in self.standing if stop["end"] == name]
        same = [stop for stop in waiting if event.get("kind") and stop["kind"] == event["kind"]]
        for stop in (same or waiting)[:1]:
            self.standing.remove(stop)
            if stop["counts"] and stop["restarts"]:
                self.anew(self.entry, day)

    def stop(self, event: Case, name: str, day: date) -> None:
        reasons = [self.reasons[id_] for id_ in [*self.entry.get("exclude", []), "其他"]]
        reason: Case = next((r for r in reasons if r["begin"] == name), {})
        kind, cap, grace, last = event.get("kind"), reason.get("cap"), reason.get("grace"), None
        counts = bool(reason) and kind in reason.get("kinds", [kind])
        counts = counts and (event.get("agreed") is True or not reason.get("agreed"))
        counts = counts and (self.local or not reason.get("local"))
        own = next((p for p in procedures(self.entry) if grace and p in grace), "其余")
        start = day + DAY * (grace[own] if grace and counts else 0)
        if counts and cap and kind in reason.get("capped_kinds", [kind]):
            last = months_later(start, cap.get("months", 0), False) + DAY * cap.get("days", 0)
        waits = counts and start > day
        counts = counts and not waits and not self.over(day)
        self.standing.append({"end": ENDS[name], "kind": kind, "from": start, "last": last, "waits": waits,
                              "counts": counts, "restarts": reason.get("restarts")})  # fmt: skip

    def extend(self, event: Case, day: date) -> None:
        stages, who = self.entry.get("extend", []), event.get("approver")
        named = [i for i, stage in enumerate(stages) if who in self.case["powers"](stage)]
        anyone = [i for i, stage in enumerate(stages) if stage["approver"] == "未写明"]
        mine = list(range(len(stages))) if who is None else named or anyone
        free = [i for i in mine if self.granted.count(i) < times(stages[i])]
        if self.over(day) or not free:
            return
        stage = stages[free[0]]
        size = stage.get("total") or {k: stage[k] for k in ("months", "days") if stage.get(k)}
        asked = {k: event.get(k) or 0 for k in ("months", "days")}
        if not any(asked.values()):
            asked = size
        have = {k: self.term.get(k, 0) for k in ("months", "days")}
        wanted = {k: have[k] + asked.get(k, 0) for k in have}
        more = size or {"months": stage.get("at_most", 9999)}
        most = stage.get("total") or {k: have[k] + more.get(k, 0) for k in have}
        if wanted == have or self.end_of(have) >= self.end_of(most):
            return
        self.granted.append(free[0])
        self.term = wanted if self.end_of(wanted) <= self.end_of(most) else most

    def convert(self, procedure: str, day: date) -> None:
        mode, own = self.entry.get("conversion"), procedures(self.entry)
        runs_on = mode == "continue"
        if (
            self.over(day)
            or not mode
            or (runs_on and (procedure in own or (self.heard and "普通程序" in own)))
        ):
            return
        unnamed = {**self.case, "rule": None}
        entry = choose(self.entries, unnamed, procedure, self.start if runs_on else day)
        if entry is not None:
            self.anew(entry, self.start if runs_on else day, self.excluded if runs_on else None)

    def due(self) -> date:
        """The day on which the budget is used up, every excluded day given back."""
        day = self.start + DAY * (self.budget() + len(self.excluded))
        while (
            self.case["roll_over"]
            and not self.case["detained"]
            and not chinese_calendar.is_workday(day)
        ):
            day += DAY
        return day


def times(stage: Case) -> float:
    sized = stage.get("total") or stage.get("months") or stage.get("days")
    return stage.get("times", 1 if sized else None) or float("inf")


def closing_of(events: list[Case]) -> date | None:
    """宣判, else the end of an enforcement, else the last service, else 结案, else 报结."""
    found: dict[str, date] = {}
    for event in events:
        name = event["event"].replace("公告送达", "送达")
        if name == "撤销报结":
            found = {}
        elif name in ("开庭", "延期开庭", "合议", "签发"):
            if found.get("送达", event["on"]) < event["on"]:
                del found["送达"]
        elif name == "送达":
            found[name] = event["on"]
        elif name in ("宣判", "执行完毕", "终结本次执行", "结案", "报结"):
            found.setdefault(name.replace("终结本次执行", "执行完毕"), event["on"])
    return next(
        (found[n] for n in ("宣判", "执行完毕", "送达", "结案", "报结") if n in found), None
    )


def answer(case: Case, entries: list[Case], reasons: list[Case]) -> dict[str, Any]:
    """Return state, due, due_local, excluded_days and in_time of a term of days or months."""
    events = sorted((e for e in case["events"] if e["on"] <= case["as_of"]), key=lambda e: e["on"])
    filed = next((e["on"] for e in events if e["event"] in ("立案", "二审立案", "收件")), None)
    entry = choose(entries, case, case["procedure"], filed) if filed else None
    if entry is None:
        return {"state": "no_rule", "due": None}
    start = next(e["on"] for name in many(entry["start"]) for e in events if e["event"] == name)
    closed = closing_of(events)
    lives = [Life(case, entries, reasons, local) for local in (False, True)]
    for life in lives:
        life.anew(entry, start)
        life.live(events, closed or case["as_of"])
    ours = lives[0]
    if case["foreign_related"] and ours.entry.get("foreign") == "no_limit":
        return {"state": "no_limit", "due": None}
    due, local = (
        None if not closed and any(stop["counts"] for stop in life.standing) else life.due()
        for life in lives
    )
    return {
        "state": "closed" if closed else "running" if due else "paused",
        "due": due,
        "due_local": local if due and local != due else None,
        "excluded_days": len(ours.excluded),
        "in_time": closed <= due if closed and due else None,
    }
