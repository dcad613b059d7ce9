"""Checks of the library: one small file a rule. Each yields faults in Chinese, with code and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shenguan.core.indicator.checks import (
    atoms_credit,
    atoms_given,
    examples_pass,
    examples_two,
    guards_known,
    kinds_shape,
    kinds_terms,
    lines_known,
    names_once,
    references_order,
    refs_known,
    say_complete,
    say_plain,
    statistics_plain,
    versions_apart,
    words_closed,
)
from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library

Rule = Callable[[Library, Facts], Iterator[str]]
RULES: dict[str, Rule] = {
    module.__name__.rpartition(".")[2]: module.check
    for module in (
        words_closed,
        names_once,
        refs_known,
        kinds_shape,
        kinds_terms,
        atoms_credit,
        atoms_given,
        versions_apart,
        say_complete,
        say_plain,
        guards_known,
        lines_known,
        references_order,
        statistics_plain,
        examples_two,
        examples_pass,
    )
}


def faults(library: Library, facts: Facts) -> Iterator[str]:
    """Yield every fault. Rules that compute need sound references, so they wait for the others."""
    found = [
        fault
        for name, rule in RULES.items()
        if name != "examples_pass"
        for fault in rule(library, facts)
    ]
    yield from found or RULES["examples_pass"](library, facts)
