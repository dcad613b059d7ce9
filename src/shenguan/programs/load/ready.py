"""已具备结案条件未结: heard, deliberated, nothing open or awaited — and still not closed.

The list says what has been done and how long ago. It never proposes a day for closing: a case is closed when its
judgment is made and served, not when a figure needs it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from shenguan.base.approvals.models import Request
from shenguan.base.org.choices import Choices
from shenguan.programs.load.pending import InHand
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.indicators.freshness import current

SETTING, DEFAULT_DAYS = "已具备结案条件天数", 15
"""After how many days a court wants to see such a case."""
HEARD, DELIBERATED, SIGNED = "开庭", "合议", "签发"
SCHEDULED, ADJOURNED, COMMITTEE = "排期", "延期开庭", "提交审委会"
_KINDS = (HEARD, DELIBERATED, SIGNED, SCHEDULED, ADJOURNED, COMMITTEE, "宣判", "送达")
Told = Sequence[tuple[str, date | None, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Ready:
    """One case: what was done last (`stage`), when, how many days ago."""

    case: InHand
    stage: str
    since: date
    days: int


def stage_of(events: Told, *, single: bool, on: date) -> tuple[str, date] | None:
    """Return how far a case has come and since when; None while something is still to come before judgment.

    `single`: heard by one judge, so that nobody deliberates. A hearing set for the day or later means that the
    case isn't ready.
    """
    days: dict[str, date] = {}
    for kind, day, payload in events:
        if _to_come(kind, day, payload, on):
            return None
        if day is not None and day <= on:
            days[kind] = max(days.get(kind, day), day)
    heard = days.get(HEARD)
    if heard is None:
        return None
    deliberated = days.get(DELIBERATED) or days.get(COMMITTEE)
    if deliberated and deliberated >= heard:
        steps = {name: days[name] for name in ("送达", "宣判", SIGNED) if name in days}
        later = {name: day for name, day in steps.items() if day >= deliberated}
        name = next(iter(later), None)
        return (f"已{name}未报结", later[name]) if name else ("已合议未签发", deliberated)
    return ("独任庭审后未裁判", heard) if single and not deliberated else None


def _to_come(kind: str, day: date | None, payload: Mapping[str, Any], on: date) -> bool:
    if kind not in {SCHEDULED, ADJOURNED}:
        return False
    text = payload.get("hearing_on") or payload.get("to")
    try:
        set_for = date.fromisoformat(text) if text else day
    except (TypeError, ValueError):
        return False
    return set_for is not None and set_for >= on


def ready(cases: Iterable[InHand], on: date) -> list[Ready]:
    """Return the cases of `cases` that are ready and have been for the court's number of days, oldest first."""
    running = {case.pk: case for case in cases if not case.paused_since}
    stages = current(("stages", frozenset(running), on), lambda: _stages(running, on))
    waiting = _asked(running)
    choices = Choices()
    found = []
    for pk, stage in stages.items():
        if pk in waiting:
            continue
        days = (on - stage[1]).days
        if days >= int(choices.value(running[pk].court_id, SETTING, on, DEFAULT_DAYS)):
            found.append(Ready(running[pk], *stage, days))
    return sorted(found, key=lambda one: (one.since, one.case.number))


def _stages(cases: Collection[int], on: date) -> dict[int, tuple[str, date]]:
    """Return how far each case has come, of those that are ready whatever is asked or chosen."""
    single = _single(cases)
    stages = {
        pk: stage_of(events, single=pk in single, on=on) for pk, events in _told(cases).items()
    }
    return {pk: stage for pk, stage in stages.items() if stage}


_CHUNK = 900


def _standing(case_ids: Sequence[int], kinds: Sequence[str]) -> QuerySet[Event]:
    """Return the events of some kinds that count and weren't taken back."""
    voids = Event.objects.filter(voids=OuterRef("pk"))
    return Event.objects.filter(LANDED, ~Exists(voids), case_id__in=case_ids, kind__in=kinds)


def _told(cases: Collection[int]) -> dict[int, list[tuple[str, date | None, Any]]]:
    """Return the telling events of the cases that were heard at all."""
    found: dict[int, list[tuple[str, date | None, Any]]] = defaultdict(list)
    ids = sorted(cases)
    for start in range(0, len(ids), _CHUNK):
        rows = _standing(ids[start : start + _CHUNK], _KINDS)
        for pk, *event in rows.order_by("position").values_list(
            "case_id", "kind", "occurred_on", "payload"
        ):
            found[pk].append(tuple(event))
    return found


def _single(cases: Collection[int]) -> set[int]:
    """Return the cases heard by one judge: a panel of one, or none on record in a summary procedure."""
    found: set[int] = set()
    ids = sorted(cases)
    for start in range(0, len(ids), _CHUNK):
        rows = Case.objects.filter(pk__in=ids[start : start + _CHUNK])
        for pk, panel, procedure in rows.values_list("pk", "panel", "procedure"):
            if len(panel) == 1 or (not panel and ("简易" in procedure or "小额" in procedure)):
                found.add(pk)
    return found


def _asked(cases: Mapping[int, InHand]) -> set[int]:
    """Return the cases of which a request still waits for someone."""
    states = (Request.State.OPEN, Request.State.RETURNED)
    rows = Request.objects.filter(kind="case", state__in=states).order_by()
    return set(rows.values_list("subject", flat=True)) & cases.keys()


def not_scheduled(cases: Iterable[InHand], on: date, *, within: int) -> set[int]:
    """Return which cases due within so many days have neither been heard nor have a hearing set."""
    soon = {c.pk for c in cases if c.due and on <= c.due <= on + timedelta(days=within)}
    ids = sorted(soon)
    for start in range(0, len(ids), _CHUNK):
        heard = _standing(ids[start : start + _CHUNK], (HEARD, SCHEDULED))
        soon -= set(heard.order_by().values_list("case_id", flat=True))
    return soon
