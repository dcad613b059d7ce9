"""Words of a text: what is indexed and asked, with the places of a word in its text."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import rjieba

_FIRST, _LAST = "\u4e00", "\u9fff"


def cut(text: str) -> list[str]:
    """All words of `text` in order, punctuation included: `"".join(cut(text)) == text`."""
    return list(rjieba.cut(text)) if text else []


def content(words: Iterable[str], stop: Collection[str] = frozenset()) -> list[str]:
    """Keep the Chinese words: no numbers, no Latin letters, no punctuation, no stop word."""
    return [word for word in words if _FIRST <= word[0] <= _LAST and word not in stop]


def content_words(text: str, stop: Collection[str] = frozenset()) -> list[str]:
    """Content words of a text, in order, with repetitions."""
    return content(cut(text), stop)


def places(text: str, wanted: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """Where the words of `wanted` stand in `text` as words: half-open places, in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    at = 0
    for word in cut(text):
        if word in wanted:
            found.setdefault(word, []).append((at, at + len(word)))
        at += len(word)
    return found
