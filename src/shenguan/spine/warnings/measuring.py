"""The measures of a case as they stand: against defendants, on property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shenguan.core.measures import Measure, measures, terms_from
from shenguan.rulebook import load
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.cases.log import as_logged
from shenguan.spine.timelimits.models import Clock
from shenguan.spine.warnings.night import chosen

KIND = "measure"


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure with the name of its warning; `left` days until its last, None without one or ended."""

    name: str
    measure: Measure
    left: int | None


def measures_in(file: CaseFile) -> list[Standing]:
    """Return the measures of a case, those in force first, then by their last day."""
    court, on = file.case.court_id, file.on
    kinds = (rule for rule in load().warnings if rule.kind == KIND)
    rules = chosen(kinds, court, on, file.choices)
    wanted = {rule.params[word] for rule in rules for word in ("begins", "renews", "lifts")
              if rule.params.get(word)}  # fmt: skip
    told = [event for event in file.history if event.kind in wanted]
    if not told:
        return []
    events = [as_logged(event) for event in told]
    limit = Clock.objects.filter(case=file.case).values_list("governing_due", flat=True).first()
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
