"""Flags of a case: one line of text each, made here and read back here.

They travel in the event log as text (`栏目：说明（原文“…”）`), so that a check can be run again from the log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from shenguan.programs.intake.rows import Row

LONGEST = 120
FLAG = re.compile(r"^(?P<field>[^：]{1,200})：(?P<reason>.+)（原文“(?P<text>.*)”）$", re.DOTALL)
TWINS = "同一案号出现多次而内容不一"
TYPE_DIFFERS = "与案号的类型代字不符"
NO_COURT_STATED = "未填法院"


def flag(field: str, text: str, reason: str) -> str:
    """Return one flag; a long original is shortened (the row keeps it in full among its extras)."""
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return f"{field.replace('：', '')}：{reason}（原文“{shown}”）"


def parse(line: str) -> tuple[str, str, str] | None:
    """Return `(field, original, reason)` of a flag made by `flag`, None for any other."""
    match = FLAG.match(line)
    return (match["field"], match["text"], match["reason"]) if match else None


def flags_of(row: Row) -> tuple[str, ...]:
    """Return the flags of a row: of its identity, its unreadable cells, its twins."""
    flags = [flag(field, text, reason) for field, text, reason in row.identity.flags]
    flags += [flag(bad.field, bad.text, bad.reason) for bad in row.bad]
    if row.twins:
        flags.append(flag("案号", "、".join([row.place, *row.twins]), TWINS))
    return tuple(flags)


def unreadable(lines: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return the unreadable cells that flags speak of, as `(field, original, reason)`."""
    parts = [parsed for line in lines if (parsed := parse(line))]
    return [p for p in parts if p[0] not in ("案号", "法院") and p[2] != TYPE_DIFFERS]


def twins(lines: Iterable[str]) -> list[str]:
    """Return the places of rows of one number that contradict each other."""
    parts = [parsed for line in lines if (parsed := parse(line)) and parsed[2] == TWINS]
    return [place for _, text, _ in parts for place in text.split("、")]


def stated_type(lines: Iterable[str]) -> str:
    """Return what the type column says where it contradicts the number, else ""."""
    parts = [parsed for line in lines if (parsed := parse(line)) and parsed[2] == TYPE_DIFFERS]
    return parts[0][1] if parts else ""


def court_missing(lines: Iterable[str]) -> bool:
    """Say whether the source left the court out."""
    return any(line.startswith(f"法院：{NO_COURT_STATED}") for line in lines)
