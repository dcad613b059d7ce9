"""Why a judgment was found: words, elements, statutes and causes it shares, with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log

from shenguan.core.similar.elements import Element
from shenguan.core.similar.model import Entry, Question, Span
from shenguan.core.similar.words import places

MOST_WORDS = 12
_SATURATION = 1.2


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word both texts have; `share`: its part of the word score of all shared words, 0–1."""

    word: str
    share: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SharedElement:
    """An element both texts have, with its places in the found facts."""

    name: str
    group: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that is shared; places are half-open offsets in the `facts` of the found judgment."""

    words: tuple[SharedWord, ...]
    elements: tuple[SharedElement, ...]
    causes: tuple[str, ...]
    statutes: tuple[str, ...]


def reasons(
    question: Question,
    entry: Entry,
    *,
    elements: Sequence[Element],
    frequencies: Mapping[str, int],
    size: int,
    statutes: Collection[str] = (),
) -> Reasons:
    """Explain one hit. `frequencies`: in how many of the `size` judgments a word stands."""
    return Reasons(
        words=_words(question, entry, frequencies, size),
        elements=_elements(question, entry, elements),
        causes=tuple(each for each in entry.causes if each in question.causes),
        statutes=tuple(s for s in entry.statutes if s in statutes or s in question.statutes),
    )


def _words(
    question: Question, entry: Entry, frequencies: Mapping[str, int], size: int
) -> tuple[SharedWord, ...]:
    counts = Counter(entry.words.split())
    weights = {
        word: _rarity(frequencies.get(word, 0), size) * counts[word] / (counts[word] + _SATURATION)
        for word in set(question.words)
        if word in counts
    }
    whole = sum(weights.values()) or 1.0
    best = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
    stand = places(entry.facts, frozenset(best))
    return tuple(SharedWord(w, weights[w] / whole, tuple(stand.get(w, ()))) for w in best)


def _rarity(frequency: int, size: int) -> float:
    return log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _elements(
    question: Question, entry: Entry, elements: Sequence[Element]
) -> tuple[SharedElement, ...]:
    asked = [each for each in elements if each.stands_in(question.text)]
    found = ((each, each.places(entry.facts)) for each in asked)
    return tuple(SharedElement(e.name, e.group, tuple(spans)) for e, spans in found if spans)
