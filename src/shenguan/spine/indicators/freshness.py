"""Figures for first pages: as they stand, and reckoned once for each state of the facts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from django.db import connection

from shenguan.base.ops import home as homes
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters
from shenguan.rulebook import load
from shenguan.spine.cases import log, version
from shenguan.spine.facts import archive
from shenguan.spine.indicators import services
from shenguan.spine.indicators.keeping import kept, state_of
from shenguan.spine.indicators.packing import Packed, packed, unpacked
from shenguan.spine.indicators.scoping import filters_of
from shenguan.spine.indicators.services import Question, Values

MOST_REMEMBERED, MOST_CURRENT = 1024, 512
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


T = TypeVar("T")


class _Making:
    """Whoever makes an answer: the other threads that want it wait instead of making it too."""

    def __init__(self) -> None:
        self.lock = Lock()


class _Memory:
    """The last answers of this process, each made once, however many threads ask for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._making: WeakValueDictionary[tuple[Any, ...], _Making] = WeakValueDictionary()
        self._lock = Lock()

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return what `make` gave or gives."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]  # type: ignore[no-any-return]
            making = self._making.setdefault(key, _Making())
        with making.lock:
            with self._lock:
                if key in self._answers:
                    return self._answers[key]  # type: ignore[no-any-return]
            made = make()
            with self._lock:
                self._answers[key] = made
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        self._answers.clear()


_of_facts, _of_registry = _Memory(MOST_REMEMBERED), _Memory(MOST_CURRENT)


def forget() -> None:
    """Forget what this process remembers; what is kept in the home folder stays."""
    _of_facts.clear()
    _of_registry.clear()


def remembered(scope: Scope, question: Question) -> Values:
    """Return the figures of a question, reckoned once for each state of the facts, day and scope.

    A state of the facts never changes, so the answer holds until the next event is taken in; first pages ask
    the same few questions over and over. Whoever sees the same, as all who see a whole court, shares it.
    """
    state = _state()
    filters = _shown(state, scope)
    key = ("values", repr(filters), asked(question))

    def ask() -> Packed:
        return packed(services.values(scope, question, filters=filters), load().library)

    return _of_facts.once((*state, key), lambda: unpacked(kept(*state, key, ask), load().library))


def shown_to(scope: Scope, *, figures_only: bool = True) -> Filters:
    """Return what a scope counts in this state of the facts: to ask with, and its `repr` to remember by."""
    return _shown(_state(), scope, figures_only)


def _shown(state: tuple[Path, str], scope: Scope, figures_only: bool = True) -> Filters:
    whole = (*state, "filters", scope, figures_only)
    return _of_facts.once(whole, lambda: filters_of(scope, figures_only=figures_only))


def asked(question: Question) -> tuple[Any, ...]:
    """Return a question as a key."""
    where = tuple(sorted(question.where.items()))
    return (question.period, question.codes, question.by, question.regime, question.compare, where)


def remember(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives, made once for each key in this state of facts and rulebook, for all processes.

    The key's `repr` has to say everything: names, numbers, days and tuples of them; for a scope `shown_to`, and
    `make` has to ask with those filters: what is kept for one person is read by all who see the same.
    """
    state, name = _state(), repr(key)
    return _of_facts.once((*state, name), lambda: kept(*state, name, make))


def current(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives of the registry's rows as they are now, made once until one of them changes.

    Whoever gets it must leave it as it is. A day that counts, and the scope, belong into the key. Within a
    transaction nothing is remembered: what it has written may yet be taken back.
    """
    if connection.in_atomic_block:
        return make()
    return _of_registry.once((homes.current(), load(), version.current(), *key), make)


def _state() -> tuple[Path, str]:
    home = homes.current()
    return home, state_of(home, load())
