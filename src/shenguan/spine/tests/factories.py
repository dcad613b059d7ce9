"""Invented cases, told by their events through the one door."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Court
from shenguan.base.org.tests.factories import make_court
from shenguan.spine import pipeline
from shenguan.spine.cases.identities import Identity, identify
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.pipeline import NewEvent

NOW = datetime(2026, 6, 1, 9, tzinfo=COURT_ZONE)
FILED = date(2026, 1, 15)
Row = tuple[Any, ...]


def make_case(number: str = "（2026）示0101民初1号", court: Court | None = None) -> Case:
    """Make an identity alone: no event, not visible."""
    identity = Identity.of(court or make_court(), number)
    return identify([identity])[identity.key]


def tell(case: Case, *rows: Row, now: datetime = NOW) -> Case:
    """Record rows of (kind, day[, payload]) on a case as a person would; return it afresh."""
    pipeline.record([_event(case, row) for row in rows], actor="张示范", now=now)
    return Case.objects.select_related("clock").get(pk=case.pk)


def filed_case(
    number: str = "（2026）示0101民初1号",
    court: Court | None = None,
    *,
    filed_on: date = FILED,
    **attributes: Any,
) -> Case:
    """Make a registered, filed case of the ordinary civil kind but for `attributes`."""
    payload = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", **attributes}
    return tell(make_case(number, court), ("登记", filed_on, payload), ("立案", filed_on))


def open_batch() -> Batch:
    """Open an import."""
    return Batch.objects.create(kind="案件表", file_name="甲.xlsx", actor="导入", started_at=NOW)


def put(batch: Batch, case: Case, *rows: Row) -> None:
    """Append rows of (kind, day[, payload]) to an import as one chunk."""
    events = [_event(case, row) for row in rows]
    pipeline.append_to_batch(events, batch=batch, actor="导入", now=NOW)


def _event(case: Case, row: Row) -> NewEvent:
    kind, day, *rest = row
    return NewEvent(case.pk, kind, day, *rest)
