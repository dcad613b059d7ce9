"""One pass over a case's live events: first and last days, counts, and the few payloads that matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from shenguan.core.caselog import LoggedEvent

SERVICES = ("送达", "电子送达", "公告送达")
_PAYLOADS = frozenset(
    {
        *("立案", "开庭", "宣判", "报结", "结案", "执行完毕", "终结本次执行", "文书上网", "信访"),
        *("司法建议", "诉前调解结束", "司法确认", *SERVICES),
    }
)


class Scan:
    """Days by kind of event; events without a day count as having happened."""

    __slots__ = ("count", "first", "last", "told")

    def __init__(self, events: Sequence[LoggedEvent]) -> None:
        self.first: dict[str, date] = {}
        self.last: dict[str, date] = {}
        self.count: dict[str, int] = {}
        self.told: dict[str, list[LoggedEvent]] = {}
        first, last, count = self.first, self.last, self.count
        for event in events:
            kind, day = event[1], event[2]
            count[kind] = count.get(kind, 0) + 1
            if day is not None:
                if kind not in first:
                    first[kind] = last[kind] = day
                elif day < first[kind]:
                    first[kind] = day
                elif day > last[kind]:
                    last[kind] = day
            if kind in _PAYLOADS:
                self.told.setdefault(kind, []).append(event)

    def happened(self, kind: str) -> bool:
        """Tell whether an event of the kind is on record."""
        return kind in self.count

    def flag(self, kind: str, key: str) -> bool:
        """Tell whether any event of the kind says yes to `key`."""
        told = self.told.get(kind)
        return bool(told) and any(event.payload.get(key) is True for event in told or ())

    def said(self, kinds: Sequence[str], key: str) -> Any:
        """Return what the last event of the kinds that speaks of `key` says, else None."""
        spoken = [e for kind in kinds for e in self.told.get(kind, ()) if e.payload.get(key)]
        return max(spoken, key=lambda e: e.position).payload[key] if spoken else None

    def payloads(self, kind: str) -> Iterator[Any]:
        """Yield the payloads of one kind."""
        return (event.payload for event in self.told.get(kind, ()))
