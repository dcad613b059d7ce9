"""What happened in a case, in words: every event, those taken back shown as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shenguan.core.casefold import REGISTRATION_KINDS
from shenguan.programs.casebook.labels import LABELS, QUIET
from shenguan.rulebook import Rulebook, load
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.cases.models import Event

_MOST = 120
_NAMING = ("role", "name", "case", "verdict", "followed")
DOCUMENTS = frozenset({"文书登记", "签发"})


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the timeline shows it. `standing` False: taken back, by the event `undone_by`."""

    position: int
    on: date | None
    kind: str
    detail: str
    registration: bool
    recorded_at: datetime
    actor: str
    source: str
    standing: bool
    undone_by: int | None
    assumed: bool
    payload: Mapping[str, Any]


def timeline(file: CaseFile) -> list[Told]:
    """Return every landed event of a case by day, voided ones too."""
    undone = {event.voids_id: event.position for event in file.events if event.voids_id}
    book = load()
    told = [
        _told(event, book, event.position in file.standing, undone.get(event.position))
        for event in file.events
    ]
    return sorted(told, key=lambda t: (t.on or t.recorded_at.date(), t.position))


def _told(event: Event, book: Rulebook, standing: bool, undone_by: int | None) -> Told:
    return Told(
        position=event.position,
        on=event.occurred_on,
        kind=event.kind,
        detail=in_words(event.kind, event.payload, book),
        registration=event.kind in REGISTRATION_KINDS,
        recorded_at=event.recorded_at,
        actor=event.actor,
        source=event.source,
        standing=standing,
        undone_by=undone_by,
        assumed=bool(event.payload.get("assumed")),
        payload=event.payload,
    )


def in_words(kind: str, payload: Mapping[str, Any], book: Rulebook) -> str:
    """Return what an event carries as one phrase, fields by their official names."""
    return "；".join(
        f"{label(kind, key, book)}：{text}"
        for key, value in payload.items()
        if key not in QUIET and (text := _text(key, value))
    )


def label(kind: str, key: str, book: Rulebook) -> str:
    """Return the Chinese name of a payload field: of the kind's form, else of the case table."""
    form = book.forms.get(kind)
    for field in form.fields if form else ():
        if field.key == key:
            return field.label
    return LABELS.get(key) or book.intake.name_of(key)


def _text(key: str, value: Any) -> str:
    if value is None or value is False or value in ("", []):
        return ""  # what isn't so needs no words
    if value is True:
        return "是"
    if key == "amount":
        return f"{value / 100:,.2f}元"
    if isinstance(value, list):
        return _shortened("、".join(_items(value)))
    if isinstance(value, Mapping):
        return _shortened("、".join(f"{k} {v}" for k, v in value.items()))
    return _shortened(str(value))


def _items(values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            yield " ".join(str(value[k]) for k in _NAMING if value.get(k))
        else:
            yield str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}……"
