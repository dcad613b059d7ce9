"""What a court has chosen on a day: its own setting, else that of the nearest court above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from shenguan.base.org.models import Court, CourtSetting

READ_ONLY = "只读接入模式"
"""Court setting, on unless switched off: the court's own system is where cases are entered."""


class Choices:
    """All settings as they stand, read once; ask for any court, key and day."""

    def __init__(self) -> None:
        self._dated: dict[tuple[int, str], list[tuple[date, Any]]] = defaultdict(list)
        rows = CourtSetting.objects.order_by("valid_from", "pk")
        for court_id, key, value, since in rows.values_list("court", "key", "value", "valid_from"):
            self._dated[court_id, key].append((since, value))
        self._above: dict[int, int | None] = {}
        if self._dated:
            self._above = dict(Court.objects.values_list("pk", "parent_id"))

    @property
    def empty(self) -> bool:
        """Tell whether no court has chosen anything."""
        return not self._dated

    def value(self, court_id: int, key: str, on: date, default: Any = None) -> Any:
        """Return the choice in force on a day; of two with one start the one set later."""
        for court in self._line(court_id) if self._dated else ():
            for since, value in reversed(self._dated.get((court, key), ())):
                if since <= on:
                    return value
        return default

    def over(self, court_id: int, key: str, until: date) -> Iterator[tuple[date, date | None, Any]]:
        """Yield the choices in force up to a day: (from, before which day it ended or None, value)."""
        line = list(self._line(court_id)) if self._dated else []
        starts = {since for court in line for since, _v in self._dated.get((court, key), ())}
        days = sorted(day for day in starts if day <= until)
        for since, ended in zip(days, [*days[1:], None], strict=False):
            yield since, ended, self.value(court_id, key, since)

    def _line(self, court_id: int | None) -> Iterator[int]:
        seen: set[int] = set()
        while court_id is not None and court_id not in seen:
            yield court_id
            seen.add(court_id)
            court_id = self._above.get(court_id)


def is_read_only(court_id: int, on: date, choices: Choices | None = None) -> bool:
    """Tell whether a court takes everything from its own system on a day."""
    return bool((choices or Choices()).value(court_id, READ_ONLY, on, default=True))


def setting(court: Court, key: str, on: date, default: Any = None) -> Any:
    """Return one choice of one court; for many, make `Choices` once."""
    return Choices().value(court.pk, key, on, default)
