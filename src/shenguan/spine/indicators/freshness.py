"""Figures for first pages: as they stand, and reckoned once for each state of the facts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from shenguan.base.ops import home as homes
from shenguan.base.org.scope import Scope
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.facts import archive
from shenguan.spine.indicators import entered, services
from shenguan.spine.indicators.opening import archive_state
from shenguan.spine.indicators.scoping import filters_of
from shenguan.spine.indicators.services import Question, Values

MOST_REMEMBERED = 1024
MOST_AT_FIRST = 100_000
"""Events that a first page makes facts of by itself; more is the nightly job's work."""


def as_they_stand(home: Path, *, now: datetime) -> int:
    """Leave facts and cube as the last run left them; return how many events they don't know yet.

    A first page opens at once whatever has just been recorded: it says up to where its figures go, and the nightly
    job brings them further. A home without facts whose log is short is given them, so that a
    first sign-in sees figures.
    """
    manifest = archive.manifest(home)
    behind = log.head() - (manifest.position if manifest else 0)
    if manifest is None and 0 < behind <= MOST_AT_FIRST:
        services.catch_up(home, now=now)
        return 0
    return behind


_remembered: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
T = TypeVar("T")
_lock = Lock()


def remembered(scope: Scope, question: Question) -> Values:
    """Return the figures of a question, reckoned once for each state of the facts, day and scope.

    A state of the facts never changes, so the answer holds until the next event is taken in; first pages ask
    the same few questions over and over. Whoever sees the same, as all who see a whole court, shares it.
    """
    shown = remember(("filters", scope), lambda: repr(filters_of(scope)))
    return remember(("values", shown, asked(question)), lambda: services.values(scope, question))


def asked(question: Question) -> tuple[Any, ...]:
    """Return a question as a key."""
    where = tuple(sorted(question.where.items()))
    return (question.period, question.codes, question.by, question.regime, question.compare, where)


def remember(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives, made once for each key in this state of facts and rulebook."""
    home = homes.current()
    whole = (home, archive_state(home), entered.state(), id(load().library), *key)
    with _lock:
        if whole in _remembered:
            _remembered.move_to_end(whole)
            return _remembered[whole]  # type: ignore[no-any-return]
    made = make()
    with _lock:
        _remembered[whole] = made
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return made
