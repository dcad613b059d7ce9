"""The library's own examples must notice wrong definitions."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan import rulebook
from shenguan.core.indicator.checks.examples_pass import matches, outcome
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Indicator, Library
from shenguan.core.indicator.mutants import mutants

MOST_SURVIVORS = 0.07
"""Of dropped terms: a scope and a class that say the same can't be told apart."""


def atoms_of(indicator: Indicator, library: Library) -> Iterator[str]:
    for version in indicator.versions:
        for ref in version.refs:
            if ref.code in library.atoms:
                yield ref.code
            else:
                yield from atoms_of(library.indicators[ref.code], library)


def test_examples_kill_wrong_definitions():
    rules = rulebook.load()
    library = rules.library
    users: dict[str, list[Indicator]] = {}
    for indicator in library.indicators.values():
        for code in set(atoms_of(indicator, library)):
            users.setdefault(code, []).append(indicator)
    alive, count = [], 0
    for code, atom in library.atoms.items():
        for what, wrong in mutants(atom):
            count += 1
            changed = Library({**library.atoms, code: wrong}, library.indicators)
            if not any(_noticed(user, changed) for user in users.get(code, ())):
                alive.append(f"{code} {what}")
    assert [text for text in alive if "改为" in text or "月数" in text] == []
    assert len(alive) <= MOST_SURVIVORS * count, alive


def _noticed(indicator: Indicator, library: Library) -> bool:
    facts = rulebook.load().facts
    for example in indicator.examples:
        try:
            if not matches(outcome(indicator, example, library, facts), example.expect):
                return True
        except IndicatorError:
            return True
    return False
