"""What is shown of a judgment, beside the index: one file, only ever appended to.

A record is written and synced before the index that points to it is committed; what a crash leaves
behind the last committed record is never pointed to. Replaced records stay until a rebuild.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from shenguan.core.similar.model import Entry

_FIELD, _ITEM = "\x1f", "\x1e"
_CONTROL = str.maketrans({_FIELD: " ", _ITEM: " "})
_NAMES = tuple(each.name for each in fields(Entry))
_LISTS = frozenset(("causes", "statutes", "cites"))
_CODING = "utf-16-le"  # of Chinese two thirds of the bytes of UTF-8, and an eighth of the time
_LENGTH_BITS = 28  # one record may have 256 MB
_BUFFER = 1 << 20


def pack(entry: Entry) -> bytes:
    """An entry as bytes; control characters that would part its fields become blanks."""
    return _FIELD.join(_packed(getattr(entry, name)) for name in _NAMES).encode(_CODING, "replace")


def _packed(value: Any) -> str:
    if isinstance(value, str):
        return value.translate(_CONTROL) if _FIELD in value or _ITEM in value else value
    if isinstance(value, tuple):
        return _ITEM.join(_packed(each) for each in value)
    return value.isoformat() if isinstance(value, date) else ""


def unpack(held: bytes) -> Entry:
    """The entry of packed bytes."""
    found: dict[str, Any] = dict(zip(_NAMES, held.decode(_CODING).split(_FIELD), strict=True))
    for name in _LISTS:
        found[name] = tuple(found[name].split(_ITEM)) if found[name] else ()
    day = found["judged_on"]
    found["judged_on"] = date.fromisoformat(day) if day else None
    return Entry(**found)


class Records:
    """The file of records; a `place` is where one stands and how long it is, in one number."""

    def __init__(self, path: Path) -> None:
        path.touch(exist_ok=True)
        self._path = path
        self._reading = os.open(path, os.O_RDONLY)
        self._waiting: list[bytes] = []
        self._size = self._waiting_bytes = 0

    def begin(self) -> None:
        """Get ready to append behind whatever is there."""
        self._waiting.clear()
        self._waiting_bytes = 0
        self._size = self._path.stat().st_size

    def append(self, held: bytes) -> int:
        """Put a record behind the last one; return its place. Not safe before `sync`."""
        place = (self._size << _LENGTH_BITS) | len(held)
        self._waiting.append(held)
        self._size += len(held)
        self._waiting_bytes += len(held)
        if self._waiting_bytes > _BUFFER:
            self._write(sync=False)
        return place

    def sync(self) -> None:
        """Bring everything appended onto the disk."""
        self._write(sync=True)

    def _write(self, *, sync: bool) -> None:
        with self._path.open("ab", buffering=_BUFFER >> 4) as out:
            out.writelines(self._waiting)
            out.flush()
            if sync:
                os.fsync(out.fileno())
        self._waiting.clear()
        self._waiting_bytes = 0

    def read(self, places: Iterable[int]) -> list[Entry]:
        """The entries at these places."""
        return [unpack(os.pread(self._reading, p & _MASK, p >> _LENGTH_BITS)) for p in places]

    def __del__(self) -> None:
        os.close(self._reading)


_MASK = (1 << _LENGTH_BITS) - 1
