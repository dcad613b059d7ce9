"""Folding cases: from the log to what is true of each of them now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shenguan.base.org.models import Court
from shenguan.core.casefold import CaseState, LoggedEvent, fold
from shenguan.spine.cases import log
from shenguan.spine.cases.identities import Identity, Key
from shenguan.spine.cases.models import Case


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
