"""Writing what the fold says into the rows of cases.

Everything written here is derived: throw it away, fold again, and the same stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from shenguan.base.ops.bulk import Statement, inserting, updating
from shenguan.base.org.choices import Choices
from shenguan.base.org.services import Directory
from shenguan.core.casefold import CaseState
from shenguan.core.causes import (
    ADMINISTRATIVE,
    CIVIL,
    CIVIL_VERSIONS,
    CRIMINAL,
    Causes,
)
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.identities import number_key
from shenguan.spine.cases.models import Case, Mark, Party, Seat
from shenguan.spine.cases.states import Folded
from shenguan.spine.cases.tagging import Marking, Tagger

_AS_FOLDED = (
    *("case_type", "instance", "procedure", "against", "cause", "filed_on", "clock_start_on"),
    *("closed_on", "legal_end_on", "disposition", "amount", "foreign_related", "detained"),
    *("confidentiality", "last_event_on", "visible", "prior_number"),
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
    _learn(directory, folded)
    tagger = Tagger(rulebook, choices, today)
    markings = {e.case_id: tagger.marking(e.court.pk, e.state) for e in folded}
    rows = []
    for entry in folded:
        row = _row(entry, markings[entry.case_id], directory, rulebook)
        row["flags"] = [*entry.state.flags, *entry.flags, *flags.get(entry.case_id, ())]
        rows.append((entry.case_id, row))
    return CaseRows(
        case_ids=tuple(entry.case_id for entry in folded),
        cases=updating(Case, rows),
        satellites=(_parties(folded), _seats(folded, directory), _marks(markings)),
    )


def _learn(directory: Directory, folded: Sequence[Folded]) -> None:
    """Fetch the units and people these cases name: a court may have many more."""
    states = [entry.state for entry in folded]
    units = {name for state in states for name in (state.division, state.team)}
    people = {state.undertaker for state in states}
    people |= {member.get("name") or "" for state in states for member in state.panel}
    directory.learn({entry.court.pk for entry in folded}, units, people)


def _row(
    entry: Folded, marking: Marking, directory: Directory, rulebook: Rulebook
) -> dict[str, Any]:
    state, court, identity = entry.state, entry.court, entry.identity
    case_type = rulebook.codes.case_type(state.case_type)
    case_class = case_type.case_class if case_type else ""
    cause_code, cause_version = _cause(state, case_class, rulebook.causes)
    return {
        **{name: getattr(state, name) for name in _AS_FOLDED},
        "number": identity.number,
        "number_key": identity.number_key,
        "number_kind": identity.number_kind,
        "year": identity.year or (state.filed_on.year if state.filed_on else None),
        "case_class": case_class,
        "cause_code": cause_code,
        "cause_version": cause_version,
        "undertaker": _pk(directory.person(court, state.undertaker)),
        "undertaker_name": state.undertaker,
        "division": _pk(directory.unit(court, state.division)),
        "team": _pk(directory.unit(court, state.team)),
        "prior_key": number_key(state.prior_number) if state.prior_number else "",
        "prior_court_name": state.prior_court,
        "fields": marking.fields,
        "tags": marking.tags,
        "panel": list(state.panel),
        "extras": dict(state.extras),
        "last_position": entry.read_to,
    }


def _cause(state: CaseState, case_class: str, causes: Causes) -> tuple[str, str]:
    """Return code and version of the cause: as stated, else by name in the tree of the filing day.

    Of several charges the first stands for the case.
    """
    if state.cause_code or not state.cause or case_class not in {CIVIL, CRIMINAL, ADMINISTRATIVE}:
        return state.cause_code, state.cause_version
    day = state.filed_on
    if day is not None:  # one day of each version stands for all of its days: fewer to remember
        day = next((since for since, _ in CIVIL_VERSIONS if day >= since), date.min)
    return _looked_up(causes, state.cause, case_class, day)


@lru_cache(maxsize=4096)
def _looked_up(
    causes: Causes, name: str, case_class: str, filed_on: date | None
) -> tuple[str, str]:
    charges = causes.charges(name) if case_class == CRIMINAL else ()
    named = charges[0] if charges else causes.lookup(name, case_class, filed_on)
    return named.code or "", named.version or ""


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
                key=party.get("key") or "",
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
