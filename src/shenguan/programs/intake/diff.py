"""From a row of a case table to events: each difference from what the log says becomes one.

The table of kinds is the registry's: attributes go into 登记 / 登记变更, what has a day of its own becomes
the event of that day, a corrected day voids the old event. `fill_only` (judgments) only adds what the
log doesn't have; a contradiction is left to the check-up.

An empty cell takes back only what a case table had recorded: other sources may know more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shenguan.core.casefold import LoggedEvent
from shenguan.programs.intake.known import Change, Draft, Known, after

TEXTS = ("case_type", "instance", "cause", "prior_number", "prior_court")
FLAGS = ("foreign_related", "detained")
DAYS = {"pronounced_on": "宣判", "served_on": "送达", "appealed_on": "上诉", "archived_on": "归档"}
SHORTER = ("简易程序", "小额诉讼程序", "速裁程序")
CONVERSIONS = {"普通程序": "转为普通程序", "简易程序": "转为简易程序"}


@dataclass(slots=True)
class Differ:
    """Compares one row with one case; gathers drafts and changes."""

    values: Mapping[str, Any]
    known: Known
    snapshot_on: date
    extras: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    restless: frozenset[str] = frozenset()
    fill_only: bool = False
    drafts: list[Draft] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def run(self) -> Differ:
        """Compare everything; the order of the drafts is the order they enter the log."""
        self._attributes()
        self._filing()
        self._assignment()
        self._conversion()
        self._panel()
        self._recorded_due()
        self._days()
        self._hearings()
        self._closing()
        return self

    def emit(self, draft: Draft, name: str, old: Any, new: Any) -> None:
        """Add a draft and the change it stands for."""
        self.drafts.append(draft)
        self.changes.append(Change(name, old or None, new, draft.kind))

    def differs(self, name: str, old: Any) -> bool:
        """Say whether the row has something new for a field: a value that isn't `old`."""
        value = self.values.get(name)
        if value is None or value == old or (name == "parties" and _same_parties(value, old)):
            return False
        return not (self.fill_only and old not in (None, "", (), []))

    # attributes: 登记 and 登记变更

    def _attributes(self) -> None:
        payload = self._changed_attributes()
        if not self.known.registered:
            self.emit(Draft("登记", self.values.get("filed_on"), payload), "登记", None, "新登记")
            self.changes = []  # the first sight of a case is no change of it
            return
        for name, new in payload.items():
            self.changes.append(Change(name, self._attribute(name), new, "登记变更"))
        if payload:
            self.drafts.append(Draft("登记变更", self.snapshot_on, payload))

    def _changed_attributes(self) -> dict[str, Any]:
        payload: dict[str, Any] = {}
        for name in (*TEXTS, *FLAGS, "amount", "parties", "fields"):
            if self.differs(name, self._attribute(name)):
                if not self._says_no_again(name):
                    payload[name] = self.values[name]
            elif self._emptied(name):
                payload[name] = None
        start = self.values.get("clock_start_on")
        if self.differs("clock_start_on", self.known.state.clock_start_on) and start:
            payload["clock_start_on"] = start.isoformat()
        elif self._emptied("clock_start_on"):
            payload["clock_start_on"] = None
        procedure = self._registered_procedure()
        if procedure is not None:
            payload["procedure"] = procedure
        self._put_extras(payload)
        self._put_flags(payload)
        return payload

    def _attribute(self, name: str) -> Any:
        state = self.known.state
        if name == "parties":
            return [dict(party) for party in state.parties]
        if name == "fields":
            return list(state.fields) or None
        if name in FLAGS:
            return self._stated(name)
        return getattr(state, name, None)

    def _says_no_again(self, name: str) -> bool:
        """An attribute never stated and one now stated as 否 mean the same."""
        unstated = self.known.registered and self._stated(name) is None
        return name in FLAGS and unstated and self.values[name] is False

    def _stated(self, name: str) -> Any:
        for event in reversed(self.known.of("登记", "登记变更")):
            if name in event.payload:
                return event.payload[name]
        return None

    def _emptied(self, name: str) -> bool:
        """A cell now empty takes an attribute back when a case table had stated it."""
        if self.fill_only or name not in self.values or self.values[name] is not None:
            return False
        for event in reversed(self.known.of("登记", "登记变更")):
            if name in event.payload:
                return event.payload[name] is not None and self.known.ours(event)
        return False

    def _put_extras(self, payload: dict[str, Any]) -> None:
        old = dict(self.known.state.extras or {})
        moved = {
            heading: text
            for heading, text in self.extras.items()
            if old.get(heading) != text and not (self.known.registered and heading in self.restless)
        }
        if moved:
            payload["extras"] = {**old, **moved}

    def _put_flags(self, payload: dict[str, Any]) -> None:
        old = list(self._stated("flags") or ())
        new = list(self.flags)
        if new != old and not (self.fill_only and old):
            payload["flags"] = new

    # procedure

    def _registered_procedure(self) -> str | None:
        """Return the procedure to register: none where a conversion event will speak of it."""
        new, old = self.values.get("procedure"), self.known.state.procedure
        if not new or not self.differs("procedure", old):
            return None
        if self.known.registered:
            same = self.known.of(*CONVERSIONS.values()) and _target(new) == old
            return None if same or self._converts(old, new) else str(new)
        if "转" in new and self.values.get("converted_on"):
            return _origin(new)
        return str(new)

    def _converts(self, old: str, new: str) -> bool:
        """A change that the law knows as a conversion, and not dated before one already recorded."""
        target, stated = _target(new), self.values.get("converted_on")
        if target not in CONVERSIONS or old not in SHORTER or target == old:
            return False
        return stated is None or stated >= max(self._conversion_days(), default=stated)

    def _conversion_days(self) -> list[date]:
        events = self.known.of(*CONVERSIONS.values())
        return [event.occurred_on for event in events if event.occurred_on]

    def _conversion(self) -> None:
        new, old = self.values.get("procedure"), self.known.state.procedure
        if not new or (self.fill_only and old):
            return
        if not self.known.registered:
            old = _origin(new) if "转" in new else ""
        converted_on = self.values.get("converted_on")
        if not self._converts(old, new) or (not self.known.registered and not converted_on):
            return
        payload: dict[str, Any] = {"from": old}
        if not converted_on:
            payload["assumed"] = True
        kind = CONVERSIONS[_target(new)]
        day = converted_on or max([self.snapshot_on, *self._conversion_days()])
        again = [event for event in self.known.of(kind) if event.occurred_on == day]
        self.emit(Draft(kind, day, payload, _position(again)), "procedure", old, new)

    # filing, assignment, panel

    def _filing(self) -> None:
        new, old = self.values.get("filed_on"), self.known.state.filed_on
        filings = self.known.of("立案")
        if self.differs("filed_on", old):
            self.emit(Draft("立案", new, {}, _position(filings)), "filed_on", old, new)
            self._void_rest(filings)
        elif self._gone("filed_on", filings):
            self._void_all(filings, "filed_on", old)

    def _assignment(self) -> None:
        undertaker, division = self.values.get("undertaker"), self.values.get("division")
        if not self.known.of("分案", "变更承办人"):
            if undertaker or division:
                self._first_assignment(undertaker, division)
            return
        self._assignment_day()
        now = after(self.known, self.drafts)  # a corrected day may have changed who has the case
        moved = {
            name: value
            for name, value in (("undertaker", undertaker), ("division", division))
            if self.differs(name, getattr(now.state, name))
        }
        if moved:
            self._reassign(now, moved)

    def _reassign(self, now: Known, moved: Mapping[str, Any]) -> None:
        """Move the case on the day of the snapshot, but never before its latest assignment."""
        state = now.state
        days = [event.occurred_on for event in now.of("分案", "变更承办人") if event.occurred_on]
        named = {"undertaker": state.undertaker, "division": state.division, **moved}
        draft = Draft("变更承办人", max([self.snapshot_on, *days]), named)
        self.drafts.append(draft)
        for name, new in moved.items():
            self.changes.append(Change(name, getattr(state, name) or None, new, draft.kind))

    def _first_assignment(self, undertaker: str | None, division: str | None) -> None:
        day = self.values.get("assigned_on")
        payload: dict[str, Any] = {"undertaker": undertaker or "", "division": division or ""}
        if day is None:
            day, payload["assumed"] = self.values.get("filed_on"), True
        self.emit(Draft("分案", day, payload), "undertaker", None, undertaker or division)

    def _assignment_day(self) -> None:
        """Correct the day of the first assignment when the table now gives it."""
        day, given = self.values.get("assigned_on"), self.known.of("分案")
        if not day or not given or self.fill_only or given[-1].occurred_on == day:
            return
        payload = {key: value for key, value in given[-1].payload.items() if key != "assumed"}
        draft = Draft("分案", day, payload, given[-1].position)
        self.emit(draft, "assigned_on", given[-1].occurred_on, day)

    def _panel(self) -> None:
        members = _members(self.values)
        old = [dict(member) for member in self.known.state.panel]
        if not members or members == old or (self.fill_only and old):
            return
        kind = "变更合议庭" if old else "组成合议庭"
        day = self.snapshot_on if old else self.values.get("filed_on")
        self.emit(Draft(kind, day, {"members": members, "assumed": True}), "panel", old, members)

    # recorded due date, single days, hearings

    def _recorded_due(self) -> None:
        new, old = self.values.get("recorded_due_on"), self.known.state.recorded_due
        if self.differs("recorded_due_on", old) and new:
            draft = Draft("届满日登记", None, {"due": new.isoformat()})
            self.emit(draft, "recorded_due_on", old, new)
        elif self._gone("recorded_due_on", self.known.of("届满日登记")) and old:
            self.emit(Draft("届满日登记", None, {"due": None}), "recorded_due_on", old, None)

    def _days(self) -> None:
        for name, kind in DAYS.items():
            events = self.known.of(kind)
            if self.fill_only and events:
                continue
            new, dated = self.values.get(name), [e for e in events if e.occurred_on]
            if new and all(event.occurred_on != new for event in dated):
                mine = [event for event in dated if self.known.ours(event)]
                old = mine[-1].occurred_on if mine else None
                self.emit(Draft(kind, new, {}, _position(mine)), name, old, new)
            elif self._gone(name, events):
                self._void_all(
                    [e for e in events if self.known.ours(e)], name, events[-1].occurred_on
                )

    def _hearings(self) -> None:
        days = self.values.get("hearings")
        events = self.known.of("开庭")
        held = {event.occurred_on for event in events}
        for day in days or ():
            if day not in held:
                self.emit(Draft("开庭", day, {}), "hearings", None, day)
        if "hearings" in self.values and not self.fill_only:
            dropped = [
                e for e in events if e.occurred_on not in (days or ()) and self.known.ours(e)
            ]
            self._void_all(dropped, "hearings", None)

    # closing

    def _closing(self) -> None:
        self._ended()
        day, how = self.values.get("closed_on"), self.values.get("disposition")
        closing = self.known.closing
        old_day = closing.occurred_on if closing else None
        old_how = str(closing.payload.get("disposition") or "") if closing else ""
        if day and closing is None and not (self.fill_only and self.known.state.closed_on):
            self.emit(Draft("报结", day, {"disposition": how or ""}), "closed_on", None, day)
        elif closing and self._gone("closed_on", [closing]):
            self._reopen(closing)
        elif closing and self._closing_differs(day, how, old_day, old_how):
            payload = {**closing.payload, "disposition": how or old_how}
            draft = Draft("报结", day or old_day, payload, closing.position)
            name, was, now = (
                ("closed_on", old_day, day)
                if day and day != old_day
                else ("disposition", old_how, how)
            )
            self.emit(draft, name, was, now)

    def _closing_differs(
        self, day: date | None, how: str | None, old_day: date | None, old_how: str
    ) -> bool:
        if self.fill_only:
            return False
        return bool((day and day != old_day) or (how and how != old_how and (day or old_day)))

    def _reopen(self, closing: LoggedEvent) -> None:
        """A withdrawal takes back only closings of its own day or before; a later one is voided."""
        if closing.occurred_on and closing.occurred_on > self.snapshot_on:
            self._void_all([closing], "closed_on", closing.occurred_on)
            return
        draft = Draft("撤销报结", self.snapshot_on, {"assumed": True})
        self.emit(draft, "closed_on", closing.occurred_on, None)

    def _ended(self) -> None:
        new = self.values.get("ended_on")
        events = [event for event in self.known.of("结案") if self.known.ours(event)]
        old = events[-1].occurred_on if events else None
        if new and new != old and not (self.fill_only and self.known.state.closed_on):
            payload = dict(self.values.get("ended_payload") or {})
            self.emit(Draft("结案", new, payload, _position(events)), "ended_on", old, new)

    # taking back

    def _gone(self, name: str, events: list[LoggedEvent]) -> bool:
        if self.fill_only or name not in self.values or self.values[name] is not None:
            return False
        return bool(events) and self.known.ours(events[-1])

    def _void_all(self, events: list[LoggedEvent], name: str, old: Any) -> None:
        for event in events:
            draft = Draft("作废", self.snapshot_on, {"reason": "原系统已无此项"}, event.position)
            self.emit(draft, name, old or event.occurred_on, None)

    def _void_rest(self, events: list[LoggedEvent]) -> None:
        """The new filing voids the last one; further ones that contradict it go as well."""
        for event in events[:-1]:
            draft = Draft("作废", self.snapshot_on, {"reason": "立案日期更正"}, event.position)
            self.drafts.append(draft)


def _target(procedure: str) -> str:
    """Return the procedure a conversion ends in: 简易转普通 → 普通程序; any other is its own."""
    return {"普通": "普通程序", "简易": "简易程序"}.get(procedure.partition("转")[2], procedure)


def _origin(procedure: str) -> str:
    start = procedure.partition("转")[0]
    return {"小额": "小额诉讼程序"}.get(start, f"{start}程序")


def _position(events: list[LoggedEvent]) -> int | None:
    return events[-1].position if events else None


def _members(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the panel a row names, each person once: 审判长 first, 书记员 last."""
    if values.get("members"):
        return list(values["members"])
    named = [("审判长", values.get("presiding"))]
    named += [("审判员", name) for name in values.get("panel") or ()]
    named += [("书记员", values.get("clerk"))]
    members: dict[str, str] = {}
    for role, name in named:
        if name:
            members.setdefault(name, role)
    return [{"role": role, "name": name} for name, role in members.items()]


def _same_parties(new: Any, old: Any) -> bool:
    """A file without identity numbers says nothing against the hashes that are known."""
    if any(party.get("key") for party in new):
        return False
    plain = [{name: part for name, part in party.items() if name != "key"} for party in old or ()]
    return bool(new == plain)
