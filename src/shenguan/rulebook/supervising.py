"""Runs the examples of the supervision rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shenguan.core.supervision.examples import supervised, threshold
from shenguan.core.supervision.reading import opinion_fault
from shenguan.rulebook.loaders.obligations import PART, worked
from shenguan.rulebook.loaders.supervision import KINDS, MEASURES, OPINIONS, READING

if TYPE_CHECKING:
    from shenguan.rulebook import Rulebook

Example = Mapping[str, Any]


def mistake(book: Rulebook, part: str, entry: str, example: Example) -> str:
    """Run one example; return what is wrong with it, "" where nothing is."""
    found = _RUN[part](book, entry, example)
    expected = example["expect"]
    return "" if found == expected else f"{entry}（{example['say']}）：应为{expected}，得到{found}"


def _criterion(part: str) -> Any:
    def run(book: Rulebook, entry: str, example: Example) -> str:
        rule = getattr(book.supervision, part)[entry]
        return str(rule.criterion.hit(supervised(example), threshold(example)))

    return run


def _opinion(book: Rulebook, entry: str, example: Example) -> str:
    rule = book.supervision.opinions[entry]
    return opinion_fault(
        onward=rule.onward,
        limit=rule.once_at_most,
        remarks=example["remarks"],
        earlier=example.get("earlier", 0),
    )


def _measure(book: Rulebook, entry: str, example: Example) -> bool:
    return example["post"] in book.supervision.measures[entry].posts


def _obligation(book: Rulebook, entry: str, example: Example) -> dict[str, Any]:
    rule = book.supervision.obligations[entry]
    return worked(rule, example["start"], example["day"], book.calendar)


_RUN = {
    KINDS: _criterion("criteria"),
    READING: _criterion("reading"),
    OPINIONS: _opinion,
    MEASURES: _measure,
    PART: _obligation,
}
