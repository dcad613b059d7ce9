"""Reckoning at night what the morning opens: the figures of first pages, the sheet, stage times, leaders' papers.

Answers are kept for all processes (`spine.indicators.keeping`), once for everyone who sees the same; a page that
finds none reckons its own. So nothing here has to be complete: leaders come first, and time is limited.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from shenguan.base.accounts.access import Access, access_of
from shenguan.base.accounts.models import Account
from shenguan.base.inbox import heartbeat
from shenguan.base.ui.progress import Progress
from shenguan.core.indicator.period import Period
from shenguan.programs.desk import meeting, onepage
from shenguan.programs.desk.views_papers import MEETING, ONE_PAGE, units_of
from shenguan.programs.healthcheck import sheet
from shenguan.programs.load import tables
from shenguan.programs.load.sight import sight_of
from shenguan.programs.stages import selectors as stages
from shenguan.spine.cases import log
from shenguan.spine.indicators.freshness import shown_to
from shenguan.web.homes import homes_of
from shenguan.web.menu import sees_figures

_ALL = -1_000_000
JOB, LONGEST = "晨间预备", timedelta(minutes=30)
Opening = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Warmed:
    """How many groups of people who see the same were prepared, of how many."""

    done: int
    of: int


def warm(
    *, on: date, now: datetime, progress: Progress | None = None, longest: timedelta = LONGEST
) -> Warmed:
    """Open for each group of people what they open on a day; stop between two groups once it takes too long."""
    run = heartbeat.begin(JOB, on=on, now=now, missed=0)
    end = time.monotonic() + longest.total_seconds()
    people, done = viewers(on), 0
    for who in people:
        if time.monotonic() > end:
            break
        for opening in openings(who, on):
            opening()
        done += 1
        if progress:
            progress(done, len(people))
    detail = {"已备": done, "应备": len(people)}
    spent = timedelta(seconds=time.monotonic() - end) + longest
    heartbeat.finish(run, position=log.head(), detail=detail, now=now + spent)
    return Warmed(done, len(people))


def viewers(on: date) -> list[Access]:
    """Return one of each group of people who open the same pages and see the same in them, the widest first."""
    accounts = Account.objects.filter(user__is_active=True).select_related("person__court", "user")
    found: dict[tuple[object, ...], Access] = {}
    for account in accounts.order_by("person__court__order", "person__court__code", "pk"):
        who = access_of(account, on)
        if sees_figures(who):
            papers = (bool(ONE_PAGE & {*who.posts}), bool(MEETING & {*who.posts}))
            pages = (*homes_of(who), *papers, account.person.court_id)
            found.setdefault((repr(shown_to(who.scope)), *pages), who)
    return sorted(found.values(), key=_narrowness)


def _narrowness(who: Access) -> tuple[int, int]:
    courts = who.scope.for_figures().court_ids
    return (_ALL if courts is None else -len(courts)), -len(who.scope.unit_ids)


def openings(who: Access, on: date) -> Iterator[Opening]:
    """Yield what one person's pages ask for on a day."""
    scope = who.scope
    for offers in homes_of(who).values():
        for offer in offers:
            yield partial(offer, scope, who, on)
    yield partial(sheet.sheet, scope, sheet.month_to(on), where={})
    yield partial(stages.stage_times, scope, Period.parse(str(on.year)))
    yield partial(stages.in_transit, scope, on)
    if sight := sight_of(who):
        yield partial(tables.past_of, sight, on)
    if ONE_PAGE & {*who.posts}:
        yield partial(onepage.one_page, who, on)
    if MEETING & {*who.posts}:
        for unit in units_of(who):
            yield partial(meeting.meeting, scope, unit, on)
