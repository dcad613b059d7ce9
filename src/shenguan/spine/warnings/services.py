"""The nightly look at the warnings, and the one a single event asks for.

A night of day d is two moments: its morning, when time has passed (cases whose `next_on` has come), and
its evening, when what was recorded in the course of d is known. A run makes up every moment since the
last one with what was known then, so that ten skipped nights give what ten nights would have given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from shenguan.base.inbox import heartbeat, outbox
from shenguan.base.inbox.models import Run, Transition, Watch
from shenguan.base.ops.clock import COURT_ZONE, day_of
from shenguan.base.ops.memory import keep_standing
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Batch, Case, Event
from shenguan.spine.warnings import feeding
from shenguan.spine.warnings.checking import case_of, check, note_links
from shenguan.spine.warnings.ledger import check_plans
from shenguan.spine.warnings.models import CaseCheck
from shenguan.spine.warnings.monthly import check_month
from shenguan.spine.warnings.night import JOB, Night, Registry

AFTERWARDS_DAYS = 400
"""Closed cases older than this aren't looked at in the first run: nothing can stand any more."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A look for day `on`. `passed`: look at what time has brought; `since`/`until`: at this news."""

    on: date
    known_at: datetime | None
    passed: bool = False
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a run did: nights made up, changes by level, digests."""

    on: date
    missed: int
    looked_at: int
    transitions: int
    by_level: dict[str, int]
    digests: int


def tick(*, on: date, now: datetime) -> Ticked:
    """Run the nightly job for a day, making up what was missed. Running twice changes nothing.

    Raises `ValueError` for a day before the last one that ran.
    """
    last = heartbeat.last_run(JOB)
    if last is not None and on < last.on:
        raise ValueError(f"夜间任务已运行到{last.on}，不能再为更早的{on}运行")
    missed = max((on - last.on).days - 1, 0) if last else 0
    run = heartbeat.begin(JOB, on=on, now=now, missed=missed)
    head = log.head()
    levels: Counter[str] = Counter()
    looked_at = 0
    registry = Registry()
    feeding.of_interest(registry.rulebook)  # reads the rules, so that they stand too
    keep_standing()
    has_news = last is None or head > last.position
    for moment in moments(last, on, now):
        if not (moment.passed or has_news):
            continue
        made, count = _look(moment, registry, last, now)
        levels.update(row.level for row in made)
        looked_at += count
    outbox.claim(now=now)
    digests = outbox.make_digests(on=on, now=now)
    done = Ticked(on, missed, looked_at, levels.total(), dict(levels), digests)
    heartbeat.finish(
        run, position=head, detail={"案件": looked_at, "变化": done.transitions, "提醒": digests},
        now=now,
    )  # fmt: skip
    return done


def recheck(case_ids: Sequence[int], *, now: datetime) -> list[Transition]:
    """Bring the warnings of cases up to this moment: for whoever has just recorded an event.

    A case that no night has seen yet waits for its first. Where nights were missed, these cases live
    through the days on which time alone would have moved them, and the night that makes them up leaves
    them alone.
    """
    last = heartbeat.last_run(JOB)
    watched = CaseCheck.objects.filter(case__in=case_ids).values_list("case_id", flat=True)
    known = list(watched) if last else []
    if last is None or not known:
        return []
    today = max(day_of(now), last.on)
    ids = sorted(note_links(Night(today), known))
    courts = Case.objects.filter(pk__in=ids).order_by().values_list("court_id", flat=True)
    registry = Registry(frozenset(courts.distinct()))
    made = _live_through(ids, last.on, today, registry, now)
    made += check(Night(today, None, registry), ids, now=now)
    CaseCheck.objects.filter(case__in=ids).update(checked_on=today)
    return made


def _live_through(
    ids: Sequence[int], last_on: date, today: date, registry: Registry, now: datetime
) -> list[Transition]:
    """Look at cases on the mornings since the last night on which time had something to move."""
    made: list[Transition] = []
    day = last_on
    while day < today:
        due = CaseCheck.objects.filter(case__in=ids, next_on__lte=today).order_by("next_on")
        first = due.values_list("next_on", flat=True).first()
        if first is None:
            break
        day = max(first, day + timedelta(days=1))
        moved = list(due.filter(next_on__lte=day).values_list("case_id", flat=True))
        made += check(Night(day, _midnight(day), registry), moved, now=now)
    return made


def moments(last: Run | None, on: date, now: datetime) -> Iterator[Moment]:
    """Yield the moments from the last run to this one, in order."""
    if last is None:
        yield Moment(on, None, passed=True)
        return
    day, since = last.on, last.known_at
    while day < on:
        midnight = _midnight(day + timedelta(days=1))
        if midnight > since:
            yield Moment(day, midnight, since=since, until=midnight)
            since = midnight
        day += timedelta(days=1)
        yield Moment(day, since, passed=True)
    yield Moment(on, None, since=since)


def _look(
    moment: Moment, registry: Registry, last: Run | None, now: datetime
) -> tuple[list[Transition], int]:
    night = Night(moment.on, moment.known_at, registry)
    if last is None:
        feeding.seed(night, store=True)
        news = _worth_looking_at(moment.on)
        ids = sorted(note_links(night, news))
    elif moment.passed:
        ids = _unseen(_due(moment.on), since=moment.on)
    else:
        news = sorted(note_links(night, _news(moment, last.position)))
        ids = _unseen(news, since=moment.on + timedelta(days=1))
    made = check(night, ids, now=now)
    if moment.passed:
        if last is None or moment.on.day == 1:
            made += check_month(night, now=now)
        made += check_plans(night, now=now)
    return made, len(ids)


def _worth_looking_at(on: date) -> list[int]:
    since = on - timedelta(days=AFTERWARDS_DAYS)
    recent = Q(closed_on=None) | Q(closed_on__gte=since)
    return list(
        Case.objects.filter(recent, visible=True).order_by("pk").values_list("pk", flat=True)
    )


def _due(on: date) -> list[int]:
    """Return the cases whose next look has come, by time or because someone asked for it."""
    ids = set(CaseCheck.objects.filter(next_on__lte=on).values_list("case_id", flat=True))
    asked = Watch.objects.filter(recheck_on__lte=on).order_by().values_list("subject", flat=True)
    ids |= {case_id for subject in asked if (case_id := case_of(subject))}
    return sorted(ids)


def _unseen(ids: list[int], *, since: date) -> list[int]:
    """Leave out the cases that an event had looked at on this day or a later one."""
    if not ids:
        return ids
    ahead = set(CaseCheck.objects.filter(checked_on__gte=since).values_list("case_id", flat=True))
    return [pk for pk in ids if pk not in ahead] if ahead else ids


def _news(moment: Moment, position: int) -> list[int]:
    """Return the cases of which something was recorded, or landed, in the moment's stretch."""
    single = Q(batch=None, position__gt=position, recorded_at__gt=moment.since)
    landed = Batch.objects.filter(landed_position__gt=position, landed_at__gt=moment.since)
    if moment.until is not None:
        single &= Q(recorded_at__lte=moment.until)
        landed = landed.filter(landed_at__lte=moment.until)
    events = Event.objects.filter(case__isnull=False).order_by()
    found = set(events.filter(single).values_list("case_id", flat=True).distinct())
    batches = list(landed.order_by().values_list("pk", flat=True))
    if batches:
        found |= set(events.filter(batch__in=batches).values_list("case_id", flat=True).distinct())
    return sorted(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COURT_ZONE)
