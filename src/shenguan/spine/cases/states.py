"""Folding cases and writing what the fold says into their rows.

Everything written here is derived: throw it away, fold again, and the same stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.base.org.choices import Choices
from shenguan.base.org.models import Court
from shenguan.base.org.services import Directory
from shenguan.core.casefold import CaseState, LoggedEvent, fold
from shenguan.rulebook import Rulebook
from shenguan.spine.cases import log
from shenguan.spine.cases.bulk import update_rows
from shenguan.spine.cases.identities import number_key, year_of
from shenguan.spine.cases.models import Case, Mark, Party, Seat
from shenguan.spine.cases.tagging import Marking, Tagger

_PLAIN = (
    *("case_type", "instance", "procedure", "against", "cause_code", "cause_version", "filed_on"),
    *("clock_start_on", "closed_on", "legal_end_on", "disposition", "amount", "foreign_related"),
    *("detained", "confidentiality", "last_event_on"),
)
_COLUMNS = (
    *_PLAIN,
    *("visible", "number", "number_key", "year", "case_class", "cause", "undertaker"),
    *("undertaker_name", "division", "team", "prior_number", "prior_key", "prior_court_name"),
    *("fields", "tags", "panel", "extras", "last_position", "flags"),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """One case with its court, its number, the events that count and the state they make."""

    case_id: int
    court: Court
    number: str
    number_key: str
    events: tuple[LoggedEvent, ...]
    state: CaseState
    read_to: int


def fold_cases(case_ids: Sequence[int]) -> list[Folded]:
    """Read the logs of these cases and fold them."""
    identities = {
        pk: (court_id, number, key)
        for pk, court_id, number, key in Case.objects.filter(pk__in=case_ids).values_list(
            "pk", "court_id", "number", "number_key"
        )
    }
    courts = Court.objects.in_bulk({court_id for court_id, _number, _key in identities.values()})
    return [
        _folded(entry, courts[court_id], number, key)
        for entry in log.read(list(identities))
        for court_id, number, key in [identities[entry.case_id]]
    ]


def save_states(
    folded: Sequence[Folded],
    rulebook: Rulebook,
    choices: Choices,
    today: date,
    flags: Mapping[int, Sequence[str]],
) -> None:
    """Write the rows of these cases, their parties, panels and marks; `flags` come from the gates."""
    directory = Directory(rulebook.codes)
    tagger = Tagger(rulebook, choices, today)
    markings = {e.case_id: tagger.marking(e.court.pk, e.state) for e in folded}
    update_rows(
        Case,
        _COLUMNS,
        [
            (
                entry.case_id,
                (
                    *_row(entry, markings[entry.case_id], directory, rulebook),
                    [*entry.state.flags, *flags.get(entry.case_id, ())],
                ),
            )
            for entry in folded
        ],
    )
    _replace_parties(folded)
    _replace_seats(folded, directory)
    _replace_marks(markings)


def _folded(entry: log.CaseLog, court: Court, number: str, key: str) -> Folded:
    state = fold(entry.events)
    renamed = state.number or _original_number(entry.events) or number
    if renamed != number:
        number, key = renamed, number_key(renamed)
    return Folded(entry.case_id, court, number, key, entry.events, state, entry.read_to)


def _original_number(events: Iterable[LoggedEvent]) -> str | None:
    """Return the number before every change, for a case whose changes have all been voided."""
    return next((e.payload.get("old") for e in events if e.kind == "案号变更"), None)


def _row(
    entry: Folded, marking: Marking, directory: Directory, rulebook: Rulebook
) -> tuple[Any, ...]:
    state, court = entry.state, entry.court
    case_type = rulebook.codes.case_type(state.case_type)
    return (
        *(getattr(state, name) for name in _PLAIN),
        state.visible,
        entry.number,
        entry.number_key,
        year_of(entry.number_key) or (state.filed_on.year if state.filed_on else None),
        case_type.case_class if case_type else "",
        state.cause,
        _pk(directory.person(court, state.undertaker)),
        state.undertaker,
        _pk(directory.unit(court, state.division)),
        _pk(directory.unit(court, state.team)),
        state.prior_number,
        number_key(state.prior_number) if state.prior_number else "",
        state.prior_court,
        marking.fields,
        marking.tags,
        list(state.panel),
        dict(state.extras),
        entry.read_to,
    )


def _pk(row: Any) -> int | None:
    return None if row is None else row.pk


def _replace_parties(folded: Sequence[Folded]) -> None:
    Party.objects.filter(case_id__in=[entry.case_id for entry in folded]).delete()
    Party.objects.bulk_create(
        [
            Party(
                case_id=entry.case_id,
                seq=seq,
                role=(party.get("role") or "")[:20],
                name=(party.get("name") or "")[:200],
                agents=party.get("agents") or [],
            )
            for entry in folded
            for seq, party in enumerate(entry.state.parties, 1)
        ],
        batch_size=2000,
    )


def _replace_seats(folded: Sequence[Folded], directory: Directory) -> None:
    Seat.objects.filter(case_id__in=[entry.case_id for entry in folded]).delete()
    Seat.objects.bulk_create(
        [
            Seat(case_id=entry.case_id, person=person, role=(member.get("role") or "")[:20])
            for entry in folded
            for member in entry.state.panel
            if (person := directory.person(entry.court, member.get("name") or ""))
        ]
    )


def _replace_marks(markings: Mapping[int, Marking]) -> None:
    Mark.objects.filter(case_id__in=list(markings)).delete()
    Mark.objects.bulk_create(
        [
            Mark(case_id=case_id, dimension=dimension, name=name, state=state)
            for case_id, marking in markings.items()
            for dimension, name, state in marking.rows
        ]
    )
