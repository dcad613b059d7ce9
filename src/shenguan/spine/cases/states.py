"""Folding cases and writing what the fold says into their rows.

Everything written here is derived: throw it away, fold again, and the same stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shenguan.base.org.choices import Choices
from shenguan.base.org.models import Court
from shenguan.base.org.services import Directory
from shenguan.core.casefold import CaseState, LoggedEvent, fold
from shenguan.rulebook import Rulebook
from shenguan.spine.cases import log
from shenguan.spine.cases.bulk import insert_new, update_rows
from shenguan.spine.cases.identities import Identity, Key, number_key
from shenguan.spine.cases.models import Case, Mark, Party, Seat
from shenguan.spine.cases.tagging import Marking, Tagger

_PLAIN = (
    *("case_type", "instance", "procedure", "against", "cause_code", "cause_version", "filed_on"),
    *("clock_start_on", "closed_on", "legal_end_on", "disposition", "amount", "foreign_related"),
    *("detained", "confidentiality", "last_event_on"),
)
_COLUMNS = (
    *_PLAIN,
    *(
        "visible",
        "number",
        "number_key",
        "number_kind",
        "year",
        "case_class",
        "cause",
        "undertaker",
    ),
    *("undertaker_name", "division", "team", "prior_number", "prior_key", "prior_court_name"),
    *("fields", "tags", "panel", "extras", "last_position", "flags"),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """One case with its court, its identity, the events that count and the state they make."""

    case_id: int
    court: Court
    identity: Identity
    events: tuple[LoggedEvent, ...]
    state: CaseState
    read_to: int
    flags: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """Return the number as printed."""
        return self.identity.number

    @property
    def number_key(self) -> str:
        """Return the normalised number."""
        return self.identity.number_key


def fold_cases(case_ids: Sequence[int]) -> list[Folded]:
    """Read the logs of these cases and fold them."""
    rows = Case.objects.filter(pk__in=case_ids).order_by("pk")
    known = {
        pk: Identity(court_id, number, key, kind)
        for pk, court_id, number, key, kind in rows.values_list(
            "pk", "court_id", "number", "number_key", "number_kind"
        )
    }
    courts = Court.objects.in_bulk({identity.court_id for identity in known.values()})
    folded = []
    for entry in log.read(list(known)):
        identity = known[entry.case_id]
        court = courts[identity.court_id]
        folded.append(
            Folded(entry.case_id, court, identity, entry.events, fold(entry.events), entry.read_to)
        )
    return _renumbered(folded)


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
                    [*entry.state.flags, *entry.flags, *flags.get(entry.case_id, ())],
                ),
            )
            for entry in folded
        ],
    )
    _replace_parties(folded)
    _replace_seats(folded, directory)
    _replace_marks(markings)


def _renumbered(folded: list[Folded]) -> list[Folded]:
    """Give cases whose number has changed their new identity, unless another case has it."""
    wanted = {
        entry.case_id: Identity.of(entry.court, number)
        for entry in folded
        if (number := _number(entry)) != entry.number
    }
    if not wanted:
        return folded
    holders = Case.objects.filter(number_key__in={i.number_key for i in wanted.values()})
    taken = {
        Key(court, key): pk for pk, court, key in holders.values_list("pk", "court", "number_key")
    }
    return [
        _renumber(entry, wanted[entry.case_id], taken) if entry.case_id in wanted else entry
        for entry in folded
    ]


def _renumber(entry: Folded, identity: Identity, taken: dict[Key, int]) -> Folded:
    if taken.setdefault(identity.key, entry.case_id) != entry.case_id:
        return replace(entry, flags=("变更后案号与他案重复",))
    return replace(entry, identity=identity)


def _number(entry: Folded) -> str:
    """Return the number that stands: the last change, or the first one's old where all are void."""
    if entry.state.number:
        return entry.state.number
    changes = (e.payload.get("old") for e in entry.events if e.kind == "案号变更")
    return next(changes, None) or entry.number


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
        entry.identity.number_kind,
        entry.identity.year or (state.filed_on.year if state.filed_on else None),
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
    insert_new(
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
        ]
    )


def _replace_seats(folded: Sequence[Folded], directory: Directory) -> None:
    Seat.objects.filter(case_id__in=[entry.case_id for entry in folded]).delete()
    insert_new(
        [
            Seat(case_id=entry.case_id, person=person, role=(member.get("role") or "")[:20])
            for entry in folded
            for member in entry.state.panel
            if (person := directory.person(entry.court, member.get("name") or ""))
        ]
    )


def _replace_marks(markings: Mapping[int, Marking]) -> None:
    Mark.objects.filter(case_id__in=list(markings)).delete()
    insert_new(
        [
            Mark(case_id=case_id, dimension=dimension, name=name, state=state)
            for case_id, marking in markings.items()
            for dimension, name, state in marking.rows
        ]
    )
