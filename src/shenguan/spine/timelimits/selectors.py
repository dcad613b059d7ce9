"""Reading clocks within a scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from shenguan.base.org.choices import Choices
from shenguan.base.org.scope import Scope
from shenguan.core.timelimit import Due, Step
from shenguan.rulebook import load
from shenguan.spine.cases.selectors import case_ids as shown
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.cases.states import fold_cases
from shenguan.spine.timelimits.histories import due_for
from shenguan.spine.timelimits.models import Clock
from shenguan.spine.timelimits.reconciling import Difference, difference, differing

CHUNK = 2000


def clocks(scope: Scope) -> QuerySet[Clock]:
    """Return the clocks of the cases that the scope shows."""
    return Clock.objects.filter(case__in=visible_cases(scope))


def dues_as_of(scope: Scope, case_ids: Iterable[int], on: date) -> dict[int, Due]:
    """Compute the clocks of these cases from what had happened by a day, steps on demand."""
    rulebook, choices = load(), Choices()
    ids = list(case_ids)
    return {
        entry.case_id: due_for(entry, rulebook, choices, on)
        for start in range(0, len(ids), CHUNK)
        for entry in fold_cases(shown(scope, ids[start : start + CHUNK]))
    }


def due_of(scope: Scope, case_id: int, on: date) -> Due | None:
    """Compute one clock as of a day; None for a case that the scope doesn't show."""
    return dues_as_of(scope, [case_id], on).get(case_id)


def steps(scope: Scope, case_id: int, on: date) -> tuple[Step, ...]:
    """Return how our due date comes about, step by step with the articles."""
    due = due_of(scope, case_id, on)
    return due.steps if due else ()


def reconciliation(scope: Scope) -> list[Difference]:
    """Return every case whose recorded due date isn't ours, with both derivations, by number.

    Our steps with the articles are one call of `steps` away.
    """
    rulebook = load()
    rows = differing(clocks(scope)).select_related("case__court").order_by("case__number")
    return [difference(clock, rulebook.timelimits, rulebook.calendar) for clock in rows]
