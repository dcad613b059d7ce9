"""Linking a case to the case below, by the number that the later one states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shenguan.base.ops.bulk import updating
from shenguan.spine.cases.identities import number_key
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.states import Folded


def link_priors(folded: Sequence[Folded]) -> None:
    """Link these cases downwards, and cases that were waiting for one of them upwards."""
    stating = [entry for entry in folded if entry.state.prior_number]
    if stating:
        _link(stating)
    silent = [entry.case_id for entry in folded if not entry.state.prior_number]
    Case.objects.filter(pk__in=silent, prior__isnull=False).update(prior=None)
    keys = {entry.number_key for entry in folded}
    waiting = Case.objects.filter(prior=None, prior_key__in=keys).exclude(prior_key="")
    rows = list(waiting.order_by().values_list("pk", "number_key", "prior_key", "prior_court_name"))
    if rows:
        _write(rows)


def _link(entries: Iterable[Folded]) -> None:
    _write(
        [
            (e.case_id, e.number_key, number_key(e.state.prior_number), e.state.prior_court)
            for e in entries
        ]
    )


def _write(rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Write links of (case, its number, number below, court below as printed)."""
    rows = list(rows)
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    below = Case.objects.filter(number_key__in={key for _pk, _own, key, _court in rows})
    for pk, key, court in below.order_by().values_list("pk", "number_key", "court__name"):
        found[key].append((pk, court))
    updating(
        Case,
        [(pk, {"prior": _choose(found[key], court, pk)}) for pk, _own, key, court in rows],
    ).run()


def _choose(candidates: Sequence[tuple[int, str]], court: str, itself: int) -> int | None:
    """Return the one case meant; where several share a number the court's name must decide."""
    others = [(pk, name) for pk, name in candidates if pk != itself]
    if len(others) > 1 and court:
        others = [(pk, name) for pk, name in others if name.endswith(court) or court.endswith(name)]
    return others[0][0] if len(others) == 1 else None
