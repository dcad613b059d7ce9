"""What stands beside our figures, within a scope."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from shenguan.base.ops import home as homes
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.period import Period
from shenguan.programs.official.candidates import LINEAR, Candidate
from shenguan.programs.official.compare import (
    Compared,
    Turning,
    compared,
    counter_of,
    differing,
    listed,
)
from shenguan.programs.official.models import OfficialValue, Snapshot
from shenguan.programs.official.services import fingerprint, parts
from shenguan.rulebook import load
from shenguan.spine.indicators.opening import opened
from shenguan.spine.indicators.services import Question, values
from shenguan.spine.indicators.values import ValueRow


def courts(scope: Scope) -> QuerySet[Court]:
    """Return the courts whose figures a scope sees as a whole: an official value is of a whole court."""
    rows = Court.objects.order_by("order", "code")
    if scope.court_ids is None:
        return rows
    return rows.filter(pk__in=scope.court_ids | scope.figure_court_ids)


def official_values(scope: Scope, period: Period | None = None) -> QuerySet[OfficialValue]:
    """Return the official values of the courts of a scope."""
    rows = OfficialValue.objects.filter(court__in=courts(scope)).select_related("court")
    return rows.filter(period_start=period.start, period_end=period.end) if period else rows


def comparisons(scope: Scope, period: Period | None = None) -> list[Compared]:
    """Return every official value beside ours."""
    rules = load()
    facts = opened(homes.current(), rules).facts
    rows = (compared(scope, v, facts, rules.library) for v in official_values(scope, period))
    return [row for row in rows if row is not None]


@dataclass(frozen=True, slots=True)
class Drift:
    """A published value beside the live one, with the cases by which they differ."""

    snapshot: Snapshot
    live: ValueRow | None
    same_definition: bool
    turning: list[Turning]

    @property
    def changed(self) -> bool:
        """Whether the live value isn't the published one."""
        if self.live is None:
            return True
        pair = (self.snapshot.numerator, self.snapshot.denominator)
        return pair != (self.live.figure.numerator, self.live.figure.denominator)


def snapshots(scope: Scope) -> QuerySet[Snapshot]:
    """Return the published values of the courts of a scope, newest first."""
    return Snapshot.objects.filter(court__in=courts(scope)).select_related("court")


def drift(scope: Scope, snapshot: Snapshot) -> Drift:
    """Return how the live figure stands beside a published one, under the same regime."""
    rules = load()
    period = Period(snapshot.period_start, snapshot.period_end)
    if snapshot.code not in rules.library.indicators:
        return Drift(snapshot, None, same_definition=False, turning=[])
    question = Question(
        period, (snapshot.code,), regime=snapshot.regime, where={"court": (snapshot.court_id,)}
    )
    rows = values(scope, question).rows
    if not rows:
        return Drift(snapshot, None, same_definition=False, turning=[])
    live = rows[0]
    same = fingerprint(live.indicator, live.version, rules.library) == snapshot.definition
    turning = []
    if live.indicator.kind in LINEAR and not rules.library.needs(live.version):
        facts = opened(homes.current(), rules).facts
        counter = counter_of(scope, facts, snapshot.court_id, period)
        for part, term in parts(live.version):
            now = counter.cases(Candidate(live.version, own=True), term)
            gaps = differing(now, dict(snapshot.cases.get(part, ())))
            if gaps:
                turning.append(
                    listed(scope, {"numerator": "分子", "denominator": "分母"}[part], gaps)
                )
    return Drift(snapshot, live, same, turning)
