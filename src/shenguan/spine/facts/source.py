"""Reading the logs of many cases at once, the same on SQLite and PostgreSQL.

The rows come straight from the driver: through the ORM a case's log costs more than everything that
is made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from shenguan.core.caselog import LoggedEvent
from shenguan.spine.cases.models import Batch

_QUERY = (
    "SELECT case_id, position, kind, occurred_on, payload, voids_id, occurred_at FROM cases_event "
    "WHERE case_id IN ({ids}){counting} ORDER BY case_id, position"
)
_SHORT = 96
_REMEMBERED = 20_000
_UNTIED = "batch_id IS NULL"


class LogReader:
    """Reads what counts now, or what counted at `known_at`."""

    def __init__(self, known_at: datetime | None = None) -> None:
        self._counting, self._parameters = _counting(known_at)
        self._payloads: dict[str, Any] = {}
        self._days: dict[str, date] = {}

    def read(self, case_ids: Sequence[int]) -> Iterator[tuple[int, list[LoggedEvent]]]:
        """Yield (case, its events in log order) by case; a case without events isn't met."""
        if not case_ids:
            return
        ids = ",".join(map(str, map(int, case_ids)))
        with connection.cursor() as cursor:
            cursor.execute(_QUERY.format(ids=ids, counting=self._counting), self._parameters)
            rows = cursor.fetchall()
        payload, day, moment = self._payload, self._day, _moment
        current, events = -1, list[LoggedEvent]()
        for case_id, position, kind, on, text, voids, at in rows:
            if case_id != current:
                if events:
                    yield current, events
                current, events = case_id, []
            events.append(
                LoggedEvent(
                    position,
                    kind,
                    day(on) if on is not None else None,
                    payload(text),
                    voids,
                    moment(at) if at is not None else None,
                )
            )
        if events:
            yield current, events

    def _payload(self, text: Any) -> Any:
        """Parse a payload; short ones recur and are parsed once (nobody writes into them)."""
        if not isinstance(text, str):
            return text
        if len(text) > _SHORT:
            return json.loads(text)
        found = self._payloads.get(text)
        if found is None:
            found = self._remember(self._payloads, text, json.loads)
        return found

    def _day(self, value: Any) -> date:
        if not isinstance(value, str):
            return value  # type: ignore[no-any-return]
        found = self._days.get(value)
        if found is None:
            found = self._remember(self._days, value, date.fromisoformat)
        return found

    @staticmethod
    def _remember(memory: dict[str, Any], key: str, make: Callable[[str], Any]) -> Any:
        if len(memory) > _REMEMBERED:
            memory.clear()
        memory[key] = made = make(key)
        return made


def _moment(value: Any) -> datetime:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)  # type: ignore[no-any-return]


def _counting(known_at: datetime | None) -> tuple[str, list[Any]]:
    """Return the SQL that leaves out what doesn't count: open and abandoned batches, later knowledge."""
    if known_at is None:
        pending = Batch.objects.exclude(state=Batch.State.LANDED).values_list("pk", flat=True)
        listed = ",".join(map(str, pending))
        return (f" AND ({_UNTIED} OR batch_id NOT IN ({listed}))" if listed else ""), []
    landed = Batch.objects.filter(state=Batch.State.LANDED, landed_at__lte=known_at)
    listed = ",".join(map(str, landed.values_list("pk", flat=True))) or "0"
    moment = connection.ops.adapt_datetimefield_value(known_at)
    return f" AND (({_UNTIED} AND recorded_at <= %s) OR batch_id IN ({listed}))", [moment]
