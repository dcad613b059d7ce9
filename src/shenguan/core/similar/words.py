"""Words of a text: what is indexed and asked, with the places of a word in its text."""

from __future__ import annotations

import re
from collections.abc import Collection

import rjieba

_OTHER = re.compile("[^\u4e00-\u9fff]+")


def cut(text: str) -> list[str]:
    """All words of `text` in order, punctuation included: `"".join(cut(text)) == text`."""
    return list(rjieba.cut(text)) if text else []


def content_words(text: str, stop: frozenset[str] = frozenset()) -> list[str]:
    """The Chinese words of a text, in order, with repetitions.

    No numbers, Latin letters or punctuation: they are taken out first, so that they cost no cutting.
    """
    words = cut(_OTHER.sub(" ", text))
    return [word for word in words if word != " " and word not in stop]


def places(text: str, wanted: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """Where the words of `wanted` stand in `text` as words: half-open places, in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    at = 0
    for word in cut(text):
        if word in wanted:
            found.setdefault(word, []).append((at, at + len(word)))
        at += len(word)
    return found
