"""Elements of the facts: named circumstances that stand in a text by one of their terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Element:
    """A circumstance with the words that tell it."""

    name: str
    group: str
    terms: tuple[str, ...]

    def stands_in(self, text: str) -> bool:
        """Whether one of the terms stands in `text`."""
        return any(term in text for term in self.terms)

    def places(self, text: str) -> list[Span]:
        """Half-open places of its terms in `text`, in order."""
        found = (each.span() for term in self.terms for each in re.finditer(re.escape(term), text))
        return sorted(found)


def found_in(text: str, elements: Sequence[Element]) -> list[Element]:
    """The elements that stand in a text, in the order of the list."""
    return [each for each in elements if each.stands_in(text)]


def share(asked: Collection[Element], text: str) -> float:
    """How many of the asked elements stand in a text, 0–1; 0 where none is asked."""
    return sum(each.stands_in(text) for each in asked) / len(asked) if asked else 0.0
