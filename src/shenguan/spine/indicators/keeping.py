"""Answers kept in the home folder: reckoned by one process, read by all of them, also after a restart.

An answer is kept under the state it was reckoned in: facts, numbers entered, rulebook and program. A state never
changes, so an answer never ages; a new state begins with an empty folder, and the folders of old ones go.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from django.core.cache.backends.filebased import FileBasedCache

import shenguan
from shenguan.rulebook import Rulebook
from shenguan.spine.facts import archive
from shenguan.spine.indicators import entered

T = TypeVar("T")
MOST_STATES, MOST_ANSWERS = 3, 4000
_READ = (".py", ".yaml", ".csv")


def state_of(home: Path, rulebook: Rulebook) -> str:
    """Return a digest of everything besides the question and the scope that an answer depends on."""
    found = archive.manifest(home)
    facts = found and (found.position, found.generation, found.built_at)
    return _digest(facts, entered.state(), _installed(rulebook))


def kept(home: Path, state: str, key: object, make: Callable[[], T]) -> T:
    """Return the answer kept under a key whose `repr` says it all; what is missing or damaged is made and kept."""
    answers = _answers(home / "cache" / "figures", state)
    name = _digest(key)
    with suppress(Exception):  # a file cut short fails in whatever way its bytes lead to
        found: tuple[T] | None = answers.get(name)
        if found is not None:
            return found[0]
    made = make()
    with suppress(OSError):  # a full disk costs time, never a page
        answers.set(name, (made,))
    return made


@lru_cache(maxsize=4)
def _answers(folder: Path, state: str) -> FileBasedCache:
    """Open the answers of a state, letting go of those of all but the last states."""
    with suppress(OSError):
        old = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for one in old[MOST_STATES - 1 :]:
            if one.name != state:
                shutil.rmtree(one, ignore_errors=True)
    options = {"MAX_ENTRIES": MOST_ANSWERS}
    return FileBasedCache(str(folder / state), {"TIMEOUT": None, "OPTIONS": options})


@lru_cache(maxsize=8)
def _installed(rulebook: Rulebook) -> str:
    """Return a digest of program and rulebook as they lie on the disk: an upgrade begins anew."""
    places = [Path(shenguan.__file__).parent, *filter(None, [rulebook.overlay])]
    return _digest(shenguan.__version__, [sorted(_files(place)) for place in places])


def _files(place: Path) -> Iterator[tuple[str, int, int]]:
    for folder, _, names in os.walk(place):
        for name in names:
            if name.endswith(_READ):
                told = os.stat(os.path.join(folder, name))
                yield os.path.join(folder, name), told.st_size, told.st_mtime_ns


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:32]
