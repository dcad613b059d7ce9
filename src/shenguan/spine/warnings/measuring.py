"""The measures of a case as they stand: against defendants, on property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.core.casefold import LoggedEvent
from shenguan.core.measures import Measure, measures, terms_from
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import history
from shenguan.spine.timelimits.models import Clock
from shenguan.spine.warnings.night import Night, Registry

KIND = "measure"


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure with the name of its warning; `left` days until its last, None without one or ended."""

    name: str
    measure: Measure
    left: int | None


def measures_of(scope: Scope, case: Case, on: date) -> list[Standing]:
    """Return the measures of a case, those in force first, then by their last day."""
    night = Night(on, None, Registry(frozenset({case.court_id})))
    rules = [rule for rule in night.rules(case.court_id) if rule.kind == KIND]
    wanted = {rule.params[word] for rule in rules for word in ("begins", "renews", "lifts")
              if rule.params.get(word)}  # fmt: skip
    told = [event for event in history(scope, case.pk) if event.kind in wanted]
    if not told:
        return []
    events = [LoggedEvent(e.pk, e.kind, e.occurred_on, e.payload) for e in told]
    limit = Clock.objects.filter(case=case).values_list("governing_due", flat=True).first()
    found = [
        Standing(rule.name, one, _left(one, on))
        for rule in rules
        for one in measures(events, terms_from(rule.params), limit)
    ]
    return sorted(
        found, key=lambda s: (s.measure.ended_on is not None, s.measure.until or date.max)
    )


def _left(one: Measure, on: date) -> int | None:
    return None if one.until is None or one.ended_on is not None else (one.until - on).days
