"""Figures for first pages: as they stand, and reckoned once for each state of the facts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from shenguan.base.ops import home as homes
from shenguan.base.org.scope import Scope
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.facts import archive
from shenguan.spine.indicators import services
from shenguan.spine.indicators.keeping import kept, state_of
from shenguan.spine.indicators.packing import Packed, packed, unpacked
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
_making: WeakValueDictionary[tuple[Any, ...], _Making] = WeakValueDictionary()
T = TypeVar("T")
_lock = Lock()


class _Making:
    """Whoever makes an answer: the other threads that want it wait instead of making it too."""

    def __init__(self) -> None:
        self.lock = Lock()


def remembered(scope: Scope, question: Question) -> Values:
    """Return the figures of a question, reckoned once for each state of the facts, day and scope.

    A state of the facts never changes, so the answer holds until the next event is taken in; first pages ask
    the same few questions over and over. Whoever sees the same, as all who see a whole court, shares it.
    """
    state = _state()
    key = ("values", shown_to(scope), asked(question))

    def ask() -> Packed:
        return packed(services.values(scope, question), load().library)

    return _once((*state, key), lambda: unpacked(kept(*state, key, ask), load().library))


def shown_to(scope: Scope, *, figures_only: bool = True) -> str:
    """Return what a scope counts in this state of the facts, as a key."""
    whole = (*_state(), "filters", scope, figures_only)
    return _once(whole, lambda: repr(filters_of(scope, figures_only=figures_only)))


def asked(question: Question) -> tuple[Any, ...]:
    """Return a question as a key."""
    where = tuple(sorted(question.where.items()))
    return (question.period, question.codes, question.by, question.regime, question.compare, where)


def remember(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives, made once for each key in this state of facts and rulebook, for all processes.

    The key's `repr` has to say everything: names, numbers, days and tuples of them, `shown_to` for a scope.
    """
    state = _state()
    return _once((*state, key), lambda: kept(*state, key, make))


def _state() -> tuple[Path, str]:
    home = homes.current()
    return home, state_of(home, load())


def _once(whole: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives, made once in this process, however many threads ask for it."""
    with _lock:
        if whole in _remembered:
            _remembered.move_to_end(whole)
            return _remembered[whole]  # type: ignore[no-any-return]
        making = _making.setdefault(whole, _Making())
    with making.lock:
        with _lock:
            if whole in _remembered:
                return _remembered[whole]  # type: ignore[no-any-return]
        made = make()
        with _lock:
            _remembered[whole] = made
            while len(_remembered) > MOST_REMEMBERED:
                _remembered.popitem(last=False)
    return made
