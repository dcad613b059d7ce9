"""Reading the log: which events count, from where in the log, and as of when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from json import loads
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from shenguan.core.casefold import LoggedEvent
from shenguan.spine.cases.models import Batch, Case, Event

LANDED = Q(batch=None) | Q(batch__state=Batch.State.LANDED)
"""Events of an open or abandoned batch are in the log and count for nothing."""

READ_AT = Coalesce("batch__landed_position", "position", output_field=BigIntegerField())
"""Where in the log a reader meets an event: a batch as a whole where it landed."""

_COLUMNS = ("position", "kind", "occurred_on", "payload", "voids_id", "occurred_at")


@dataclass(frozen=True, slots=True)
class CaseLog:
    """The events of one case that count, in log order, and the last place in the log they reach."""

    case_id: int
    events: tuple[LoggedEvent, ...]
    read_to: int


def landed(*, known_at: datetime | None = None) -> QuerySet[Event]:
    """Return the events that count, or that counted at `known_at`."""
    events = Event.objects.filter(LANDED)
    if known_at is None:
        return events
    return events.filter(
        Q(batch=None, recorded_at__lte=known_at) | Q(batch__landed_at__lte=known_at)
    )


def read(case_ids: Sequence[int], *, known_at: datetime | None = None) -> list[CaseLog]:
    """Return the logs of these cases, in their order; a case without events has an empty one."""
    rows = (
        landed(known_at=known_at)
        .filter(case_id__in=case_ids)
        .order_by("case_id", "position")
        .values_list("case_id", "batch__landed_position", *_COLUMNS)
    )
    found: dict[int, list[LoggedEvent]] = {case_id: [] for case_id in case_ids}
    ends: dict[int, int] = dict.fromkeys(case_ids, 0)
    for case_id, landed_position, position, kind, on, payload, voids, at in _raw(rows):
        event = LoggedEvent(position, kind, on, loads(payload), voids, _zoned(at))
        found[case_id].append(event)
        ends[case_id] = max(ends[case_id], landed_position or position)
    return [CaseLog(case_id, tuple(events), ends[case_id]) for case_id, events in found.items()]


def _raw(rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield what the driver gives: converting value by value costs more than the whole query."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from cursor


def _zoned(at: datetime | None) -> datetime | None:
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)


def as_logged(event: Event) -> LoggedEvent:
    """Return an event as the fold takes it."""
    return LoggedEvent(
        event.position,
        event.kind,
        event.occurred_on,
        event.payload,
        event.voids_id,
        event.occurred_at,
    )


def by_day(event: Event) -> tuple[date, int]:
    """Order events by day and place in the log; those without a day stand first."""
    return event.occurred_on or date.min, event.position


def ends(case_ids: Sequence[int]) -> dict[int, int]:
    """Return the last place in the log that each case's landed events reach; cases without none."""
    rows = landed().filter(case_id__in=case_ids).order_by().values("case_id")
    return dict(rows.annotate(read_at=Max(READ_AT)).values_list("case_id", "read_at"))


def head() -> int:
    """Return the last position of the log."""
    return Event.objects.aggregate(last=Max("position"))["last"] or 0


def behind(position: int) -> Iterable[int]:
    """Return the cases whose row doesn't reflect an event that counts behind `position`."""
    batches = Batch.objects.filter(landed_position__gt=position).values_list("pk", flat=True)
    news = Q(batch=None, position__gt=position) | Q(batch__in=list(batches))
    return (
        Event.objects.filter(news, case__isnull=False)
        .values("case_id")
        .annotate(read_at=Max(READ_AT))
        .filter(read_at__gt=F("case__last_position"))
        .order_by("case_id")
        .values_list("case_id", flat=True)
    )


def cases_of(batch: Batch) -> QuerySet[Case, int]:
    """Return the ids of the cases that a batch speaks of."""
    ids = Event.objects.filter(batch=batch, case__isnull=False).order_by().values("case_id")
    return Case.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
