"""The only door to the log.

`record` is the page's way in: append, refresh the case, one transaction. An import goes by batch:
`append_to_batch` chunk by chunk (nothing counts yet), `land` (all of it counts from here), `refresh`
chunk by chunk; whatever stops half-way, `catch_up` finishes, because landing is an event of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from shenguan.base.audit import services as audit
from shenguan.base.ops.bulk import Statement, inserting
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import Choices
from shenguan.rulebook import Rulebook, load
from shenguan.spine.cases import log, version
from shenguan.spine.cases.links import link_priors
from shenguan.spine.cases.models import Batch, Case, Cursor, Event
from shenguan.spine.cases.rows import CaseRows, case_rows
from shenguan.spine.cases.states import Folded, fold_cases
from shenguan.spine.gatekeeping import check, flags_of
from shenguan.spine.timelimits.services import clock_rows
from shenguan.spine.warnings.services import recheck

CHUNK = 400
"""Cases refreshed in one transaction: well under a second, so that a page need not wait long."""

LOG_LOCK = 7340
FOLD_CURSOR = "fold"
LANDING = "批次落库"
INNER_MATTER = "副卷事项"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be recorded; `voids` is the position of the one it takes back.

    `kind` may be an alias. A mere correction without a successor is of kind 作废.
    """

    case_id: int
    kind: str
    occurred_on: date | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    occurred_at: datetime | None = None
    source: str = ""
    voids: int | None = None


def record(events: Sequence[NewEvent], *, actor: str, now: datetime) -> list[int]:
    """Append events, refresh their cases and warnings, all or nothing; returns their positions.

    Raises `GateClosed` (a `ValueError`) where the log doesn't allow an event, `UnknownEvent` for a
    kind outside the event table.
    """
    rulebook = load()
    with transaction.atomic():
        _lock_log()
        rows = [_row(event, rulebook, actor, now, None) for event in events]
        check(rows, rulebook, day_of(now))
        for row in rows:
            row.save(force_insert=True)
        _audit(rows, actor, now)
        cases = list(dict.fromkeys(event.case_id for event in events))
        _prepare(cases, now).write()
        recheck(cases, now=now)
    return [row.position for row in rows]


def append_to_batch(events: Sequence[NewEvent], *, batch: Batch, actor: str, now: datetime) -> None:
    """Put one chunk of an import into the log; it counts for nothing until the batch lands."""
    rulebook = load()
    rows = inserting([_row(event, rulebook, actor, now, batch) for event in events])
    with transaction.atomic():
        _lock_log()
        if Batch.objects.get(pk=batch.pk).state != Batch.State.OPEN:
            raise ValueError(f"批次{batch.pk}已不在进行中，不能再追加事件")
        rows.run()


def land(batch: Batch, *, now: datetime) -> None:
    """Make the whole batch count, by one event of its own. Landing twice changes nothing."""
    with transaction.atomic():
        _lock_log()
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        if current.state != Batch.State.LANDED:
            _land(current, now)
    batch.refresh_from_db()


def abandon(batch: Batch) -> None:
    """Give an open batch up: its events stay in the log and never count."""
    Batch.objects.filter(pk=batch.pk, state=Batch.State.OPEN).update(state=Batch.State.ABANDONED)
    batch.refresh_from_db()


def refresh(case_ids: Sequence[int], *, now: datetime) -> None:
    """Fold these cases again and write their rows, clocks and links; idempotent.

    Reading and computing go on while others write; only the writing holds the lock. A case that
    moved meanwhile is done again under the lock.
    """
    for chunk in _chunks(case_ids):
        ready = _prepare(chunk, now)
        with transaction.atomic():
            _lock_log()
            if ready.is_stale():
                ready = _prepare(chunk, now)
            ready.write()
            version.move()


def catch_up(*, now: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """Refresh every case that lags behind the log; returns how many there were.

    `progress(done, total)` is called after each chunk. Safe to stop anywhere and to run twice.
    """
    cursor, _made = Cursor.objects.get_or_create(name=FOLD_CURSOR)
    head = log.head()
    lagging = list(log.behind(cursor.position))
    for start in range(0, len(lagging), CHUNK):
        refresh(lagging[start : start + CHUNK], now=now)
        if progress:
            progress(min(start + CHUNK, len(lagging)), len(lagging))
    Cursor.objects.filter(name=FOLD_CURSOR, position__lt=head).update(position=head)
    return len(lagging)


@dataclass(frozen=True, slots=True)
class _Ready:
    """Some cases folded and computed, ready to be written."""

    folded: Sequence[Folded]
    cases: CaseRows
    clocks: Statement

    def is_stale(self) -> bool:
        ends = log.ends([entry.case_id for entry in self.folded])
        return any(ends.get(entry.case_id, 0) != entry.read_to for entry in self.folded)

    def write(self) -> None:
        self.cases.write()
        self.clocks.run()
        link_priors(self.folded)


def _prepare(case_ids: Sequence[int], now: datetime) -> _Ready:
    rulebook, choices, today = load(), Choices(), day_of(now)
    folded = fold_cases(case_ids)
    flags = {entry.case_id: flags_of(entry.events, rulebook, today) for entry in folded}
    return _Ready(
        folded,
        case_rows(folded, rulebook, choices, today, flags),
        clock_rows(folded, rulebook, choices, today),
    )


def _row(
    event: NewEvent, rulebook: Rulebook, actor: str, now: datetime, batch: Batch | None
) -> Event:
    return Event(
        stream=f"case:{event.case_id}",
        case_id=event.case_id,
        kind=rulebook.events.canonical(event.kind),
        occurred_on=event.occurred_on,
        occurred_at=event.occurred_at,
        recorded_at=now,
        payload=dict(event.payload),
        actor=actor,
        source=event.source,
        voids_id=event.voids,
        batch=batch,
    )


def _land(batch: Batch, now: datetime) -> None:
    count, digest = _digest(batch)
    detail = {"batch": batch.pk, "events": count, "digest": digest}
    landing = Event.objects.create(
        stream=f"batch:{batch.pk}",
        kind=LANDING,
        occurred_on=day_of(now),
        recorded_at=now,
        payload=detail,
        actor=batch.actor,
        source=batch.file_name,
    )
    audit.append(
        chain="",
        actor=batch.actor,
        action=LANDING,
        subject=batch.file_name[:200],
        detail=detail,
        now=now,
    )
    batch.state, batch.landed_at = Batch.State.LANDED, now
    batch.landed_position = landing.position
    batch.save(update_fields=["state", "landed_at", "landed_position"])


def _digest(batch: Batch) -> tuple[int, str]:
    """Return how many events a batch has, and a digest of where they stand and what they are."""
    total, digest = 0, hashlib.sha256()
    rows = Event.objects.filter(batch=batch).order_by("position")
    for position, case_id, kind, day in rows.values_list(
        "position", "case_id", "kind", "occurred_on"
    ).iterator(chunk_size=5000):
        total += 1
        digest.update(f"{position}|{case_id}|{kind}|{day}\n".encode())
    return total, digest.hexdigest()


def _audit(rows: Sequence[Event], actor: str, now: datetime) -> None:
    """Leave one row a case in its court's chain."""
    cases = Case.objects.select_related("court").in_bulk({row.case_id for row in rows})
    for pk, case in cases.items():
        kinds = [f"{row.position} {_audited(row.kind)}" for row in rows if row.case_id == pk]
        audit.append(
            chain=case.court.code,
            actor=actor,
            action="记录事件",
            subject=case.number,
            detail={"events": kinds},
            now=now,
        )


def _audited(kind: str) -> str:
    """Return how the audit names a kind: what belongs wholly to the inner record stays unnamed."""
    return INNER_MATTER if load().events[kind].inner == "whole" else kind


def _lock_log() -> None:
    """Let one writer append at a time, so that positions become visible in their order.

    SQLite's IMMEDIATE transactions do so already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])


def _chunks(case_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(case_ids), CHUNK):
        yield case_ids[start : start + CHUNK]
