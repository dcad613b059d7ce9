"""From what the log says of a case to the record its data is checked by."""

from __future__ import annotations

from functools import cache

from shenguan.core.quality import CaseRecord, Problem, Tables, inspect
from shenguan.programs.intake import flags
from shenguan.programs.intake.identity import CourtFinder, Identity
from shenguan.programs.intake.known import Known
from shenguan.rulebook import Rulebook


def record_of(
    identity: Identity, known: Known, courts: CourtFinder, elsewhere: list[str]
) -> CaseRecord:
    """Return the record of a case; `elsewhere` names other courts that hold the same number."""
    state, parts = known.state, identity.number.parts
    lines = state.flags
    code = (parts.court_code if parts else None) or ""
    # Between a code and a court that the table both doesn't hold, nothing can be said to disagree.
    untold = not identity.court.in_table and courts.codes.court(code) is None
    number_court = "" if untold or courts.same_court(code, identity.court) else code
    days = [(e.kind, e.occurred_on) for e in known.events if e.occurred_on]
    return CaseRecord(
        number=identity.number.key,
        number_kind=identity.number.kind,
        number_year=parts.year if parts else None,
        number_court=number_court,
        court=identity.court.name,
        court_code=identity.court.key,
        court_in_table=identity.court.in_table,
        court_stated=not flags.court_missing(lines),
        case_type=state.case_type,
        stated_type=flags.stated_type(lines) or state.case_type,
        instance=state.instance,
        procedure=state.procedure,
        cause=state.cause,
        filed_on=state.filed_on,
        clock_start_on=state.clock_start_on,
        recorded_due_on=state.recorded_due,
        closed_on=state.closed_on,
        legal_end_on=state.legal_end_on,
        disposition=state.disposition or _loose_disposition(known),
        amount=state.amount,
        undertaker=state.undertaker,
        prior_number=state.prior_number,
        hearings=tuple(day for kind, day in days if kind == "开庭"),
        events=tuple(days),
        unreadable=tuple(flags.unreadable(lines)),
        same_number=(*flags.twins(lines), *elsewhere),
    )


def _loose_disposition(known: Known) -> str:
    """A disposition without a day of closing is kept among the extras."""
    if known.state.closed_on:
        return ""
    return str(dict(known.state.extras or {}).get("结案方式", ""))


@cache
def tables(rulebook: Rulebook) -> Tables:
    """Return what the checks look up, from the code and cause tables."""
    types = rulebook.codes.case_types.values()
    return Tables(
        instances={kind.code: kind.instance for kind in types},
        classes={kind.code: kind.case_class for kind in types},
        causes=rulebook.causes,
    )


__all__ = ["Problem", "inspect", "record_of", "tables"]
