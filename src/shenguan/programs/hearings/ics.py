"""Hearings as a calendar file (RFC 5545). Party names never leave in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from shenguan.programs.hearings.models import Hearing

_UTC8 = "+0800"
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    f"TZOFFSETFROM:{_UTC8}",
    f"TZOFFSETTO:{_UTC8}",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
USUAL = timedelta(hours=1)
"""Length drawn for a hearing whose end isn't known; the entry says so."""


def calendar_file(rows: Iterable[Hearing], now: datetime) -> str:
    """Return the file; a hearing without a time is a whole-day entry."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shenguan//hearings//ZH", *_ZONE]
    for row in rows:
        lines.extend(_event(row, stamp))
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(row: Hearing, stamp: str) -> Iterator[str]:
    case = row.case
    unsure = [] if row.starts else ["开庭时刻未登记"]
    if row.starts and not row.ends:
        unsure.append("结束时刻未登记，暂按一小时显示")
    yield "BEGIN:VEVENT"
    yield f"UID:hearing-{row.position}@shenguan"
    yield f"DTSTAMP:{stamp}"
    yield from _times(row)
    yield f"SUMMARY:{_text(f'开庭 {case.number}')}"
    yield f"LOCATION:{_text(' '.join(filter(None, (row.court.name, row.room))))}"
    about = [case.cause, f"承办人 {case.undertaker_name}", row.state, *unsure]
    yield f"DESCRIPTION:{_text('；'.join(filter(None, about)))}"
    if row.state == Hearing.State.ADJOURNED:
        yield "STATUS:CANCELLED"
    yield "END:VEVENT"


def _times(row: Hearing) -> Iterator[str]:
    if row.starts is None:
        yield f"DTSTART;VALUE=DATE:{row.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{row.on + timedelta(days=1):%Y%m%d}"
        return
    begin = datetime.combine(row.on, row.starts)
    end = datetime.combine(row.on, row.ends) if row.ends else begin + USUAL
    for name, at in (("DTSTART", begin), ("DTEND", end)):
        yield f"{name};TZID=Asia/Shanghai:{at:%Y%m%dT%H%M%S}"


def _text(text: str) -> str:
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Cut a line to 75 octets, never through a character."""
    part, size = "", 0
    for char in line:
        wide = len(char.encode())
        if size + wide > 74:
            yield part
            part, size = " ", 1
        part, size = part + char, size + wide
    yield part
