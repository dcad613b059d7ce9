"""What is indexed of a judgment, what is asked, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One judgment as the index keeps it; `words` are the content words of `facts`, blank-separated.

    `causes` are names of the cause tree where known, `statutes` are `法律:条`, `authority` is a level of
    the authority order (guiding opinion of 2020, art 4). `cites`: keys (court and number) of the
    decisions below it that it reviews.
    """

    id: str
    words: str
    number: str = ""
    court: str = ""
    level: str = ""
    case_class: str = ""
    instance: str = ""
    causes: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()
    disposition: str = ""
    judged_on: date | None = None
    authority: str = ""
    title: str = ""
    facts: str = ""
    reasoning: str = ""
    ruling: str = ""
    cites: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Court and number, by which others cite it; numbers alone repeat across courts."""
        return cite_key(self.court, self.number)


def cite_key(court: str, number: str) -> str:
    """The key of a decision; empty where one part is missing."""
    return f"{court} {number}" if court and number else ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrow the candidates; an empty value narrows nothing. Dates are inclusive.

    `keywords`: Chinese words; each must stand in the facts, the reasoning or the ruling (art 5).
    """

    causes: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()
    courts: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    case_classes: tuple[str, ...] = ()
    instances: tuple[str, ...] = ()
    dispositions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The pending case: content words of its facts; cause and statutes as far as known.

    `text` is what the words were cut from, `without` the ids never to be returned (the case itself).
    """

    words: tuple[str, ...]
    text: str = ""
    causes: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A judgment the index proposes, with its plain BM25 score."""

    entry: Entry
    bm25: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its fused score and the features the score is made of."""

    entry: Entry
    score: float
    features: Mapping[str, float]
