"""The file of one case, which the caller has found through a scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from shenguan.core.casefold import LoggedEvent, live
from shenguan.programs.similar.duty import Standing, standing
from shenguan.programs.similar.shelf import rules
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case


def standing_of(case: Case, today: date) -> Standing:
    """Where a case stands, which the caller has found through a scope."""
    (entry,) = log.read([case.pk])
    return standing_in(case, entry.events, today)


def standing_in(case: Case, logged: Iterable[LoggedEvent], today: date) -> Standing:
    """Where a case stands by its landed events."""
    events = sorted(live(logged), key=lambda e: (e.occurred_on or date.min, e.position))
    kinds = load().events
    known = [each for each in events if kinds.known(each.kind)]
    tags = [name for name, state in dict(case.tags).items() if state == "确认"]
    return standing(known, tags, rules().duty, today)
