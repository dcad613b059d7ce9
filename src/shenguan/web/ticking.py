"""The nightly run: composition of everything that has a clock.

A program that has clocks of its own (approvals waiting, replies, project tasks) adds a source: a function
that brings its watches up to a day by `base.inbox.posting.post`. Sources run before the sending.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings

from shenguan.base.inbox import corrections
from shenguan.base.inbox.directing import escalate
from shenguan.programs.appeals import finding as appeals
from shenguan.programs.appraisals import clocks as appraisals
from shenguan.programs.assignment.handing import settle as end_handover_notices
from shenguan.programs.attention.intervals import check_intervals
from shenguan.programs.casebook.finding.keeping import at_night as search_index
from shenguan.programs.casereview import clocks as casereview
from shenguan.programs.desk import instructions
from shenguan.programs.hearings.services import at_night as hearings
from shenguan.programs.meetings import clocks as meetings
from shenguan.programs.reports.following import follow as follow_papers
from shenguan.programs.similar.own import index_own
from shenguan.programs.similar.proposals import propose
from shenguan.programs.similar.push import push_night
from shenguan.programs.supervision import clocks as supervision
from shenguan.programs.supervision import finding as four_kinds
from shenguan.programs.timechanges import clocks as approvals
from shenguan.spine.indicators import services as indicators
from shenguan.spine.pipeline import catch_up
from shenguan.spine.warnings import services as warnings
from shenguan.spine.warnings.services import Ticked

Source = Callable[[date, datetime], object]
SOURCES: list[Source] = [
    escalate,
    corrections.run,
    check_intervals,
    instructions.tick,
    search_index,
    index_own,
    push_night,
    propose,
    follow_papers,
    end_handover_notices,
    hearings,
    four_kinds.run,
    supervision.run,
    approvals.run,
    appeals.run,
    appraisals.run,
    meetings.run,
    casereview.run,
]


def run_night(*, on: date, now: datetime) -> Ticked:
    """Bring registry, facts and figures up to the log, then every clock up to the day; idempotent."""
    catch_up(now=now)
    indicators.catch_up(settings.HOME, now=now)
    for source in SOURCES:
        source(on, now)
    return warnings.tick(on=on, now=now)
