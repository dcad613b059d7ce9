"""Keeping the table of hearings up to the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from shenguan.core.casefold import live
from shenguan.programs.hearings.diary import KINDS, sittings
from shenguan.programs.hearings.models import Hearing
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Batch, Case, Cursor, Event

CURSOR = "hearings"
CHUNK = 500
AT_ONCE = 500
"""Cases a page brings up to date by itself; more wait for the nightly run."""
_MOVING = (*KINDS, "作废")


def catch_up(limit: int | None = None) -> int:
    """Make the hearings of cases with news again; returns how many cases still wait. Idempotent."""
    if lag() <= 0:
        return 0  # most pages: nobody's writing is kept waiting
    with transaction.atomic():
        head = log.head()
        cursor, _made = Cursor.objects.select_for_update().get_or_create(name=CURSOR)
        if cursor.position >= head:
            return 0
        waiting = _with_news(cursor.position)
        if limit is not None and len(waiting) > limit:
            return len(waiting)
        for start in range(0, len(waiting), CHUNK):
            _make(waiting[start : start + CHUNK])
        cursor.position = head
        cursor.save(update_fields=["position"])
    return 0


def at_night(_on: date, _now: datetime) -> None:
    """Bring the calendar up to the log, however far behind it is."""
    catch_up()


def lag() -> int:
    """Return how far the calendar is behind the log, in events; 0 where it is up to date."""
    cursor = Cursor.objects.filter(name=CURSOR).first()
    return log.head() - (cursor.position if cursor else 0)


def _with_news(position: int) -> list[int]:
    """Return the cases with news behind a place in the log that may move a hearing."""
    events = Event.objects.filter(kind__in=_MOVING, case__isnull=False).order_by()
    landed = Batch.objects.filter(landed_position__gt=position).values_list("pk", flat=True)
    found = set(events.filter(batch=None, position__gt=position).values_list("case", flat=True))
    found.update(events.filter(batch__in=list(landed)).values_list("case", flat=True))
    return sorted(pk for pk in found if pk is not None)


def _make(case_ids: Sequence[int]) -> None:
    courts = dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "court_id"))
    rows = [
        Hearing(
            case_id=entry.case_id,
            court_id=courts[entry.case_id],
            position=one.position,
            on=one.on,
            starts=one.starts,
            ends=one.ends,
            room=one.room,
            state=one.state,
        )
        for entry in log.read(case_ids)
        for one in sittings(live(entry.events))
    ]
    Hearing.objects.filter(case__in=case_ids).delete()
    Hearing.objects.bulk_create(rows, batch_size=500)
