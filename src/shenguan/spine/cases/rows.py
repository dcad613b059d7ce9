"""Writing what the fold says into the rows of cases.

Everything written here is derived: throw it away, fold again, and the same stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.base.org.choices import Choices
from shenguan.base.org.services import Directory
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.bulk import Statement, inserting, updating
from shenguan.spine.cases.identities import number_key
from shenguan.spine.cases.models import Case, Mark, Party, Seat
from shenguan.spine.cases.states import Folded
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
class CaseRows:
    """Everything ready to be written of some cases."""

    case_ids: tuple[int, ...]
    cases: Statement
    satellites: tuple[Statement, ...]

    def write(self) -> None:
        """Write the rows of these cases, their parties, seats and marks in place of the old ones."""
        self.cases.run()
        for model in (Party, Seat, Mark):
            model._default_manager.filter(case_id__in=self.case_ids).delete()
        for statement in self.satellites:
            statement.run()


def case_rows(
    folded: Sequence[Folded],
    rulebook: Rulebook,
    choices: Choices,
    today: date,
    flags: Mapping[int, Sequence[str]],
) -> CaseRows:
    """Make the rows of these cases ready; `flags` come from the gates."""
    directory = Directory(rulebook.codes)
    tagger = Tagger(rulebook, choices, today)
    markings = {e.case_id: tagger.marking(e.court.pk, e.state) for e in folded}
    rows = [
        (
            entry.case_id,
            (
                *_row(entry, markings[entry.case_id], directory, rulebook),
                [*entry.state.flags, *entry.flags, *flags.get(entry.case_id, ())],
            ),
        )
        for entry in folded
    ]
    return CaseRows(
        case_ids=tuple(entry.case_id for entry in folded),
        cases=updating(Case, _COLUMNS, rows),
        satellites=(_parties(folded), _seats(folded, directory), _marks(markings)),
    )


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


def _parties(folded: Sequence[Folded]) -> Statement:
    return inserting(
        [
            Party(
                case_id=entry.case_id,
                seq=seq,
                role=party.get("role") or "",
                name=party.get("name") or "",
                agents=party.get("agents") or [],
            )
            for entry in folded
            for seq, party in enumerate(entry.state.parties, 1)
        ]
    )


def _seats(folded: Sequence[Folded], directory: Directory) -> Statement:
    return inserting(
        [
            Seat(case_id=entry.case_id, person=person, role=member.get("role") or "")
            for entry in folded
            for member in entry.state.panel
            if (person := directory.person(entry.court, member.get("name") or ""))
        ]
    )


def _marks(markings: Mapping[int, Marking]) -> Statement:
    return inserting(
        [
            Mark(case_id=case_id, dimension=dimension, name=name, state=state)
            for case_id, marking in markings.items()
            for dimension, name, state in marking.rows
        ]
    )
