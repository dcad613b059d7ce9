"""Words of a text: what is indexed and asked, with the places of a word in its text."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from itertools import filterfalse

import numpy as np
import rjieba

_FIRST, _COUNT, _BLANK = np.uint16(0x4E00), np.uint16(0x5200), np.uint16(0x20)
"""The Chinese characters U+4E00 to U+9FFF."""


def cut(text: str) -> list[str]:
    """All words of `text` in order, punctuation included: `"".join(cut(text)) == text`."""
    found: list[str] = rjieba.cut(text) if text else []
    return found


def content_words(text: str, stop: frozenset[str] = frozenset()) -> list[str]:
    """The Chinese words of a text, in order, with repetitions.

    No numbers, Latin letters or punctuation: they are taken out first, so that they cost no cutting.
    """
    return list(filterfalse(_with_blank(stop).__contains__, cut(_han(text))))


def _han(text: str) -> str:
    """The Chinese characters of a text, one blank where others were: three times as fast as `re`."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    han = units - _FIRST < _COUNT  # below the first it wraps around to above the last
    kept = han.copy()
    kept[1:] |= han[:-1]
    return np.where(han, units, _BLANK)[kept].astype("<u2").tobytes().decode("utf-16-le")


@lru_cache(maxsize=8)
def _with_blank(stop: frozenset[str]) -> frozenset[str]:
    return stop | {" "}


def places(text: str, wanted: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """Where the words of `wanted` stand in `text` as words: half-open places, in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    at = 0
    for word in cut(text):
        if word in wanted:
            found.setdefault(word, []).append((at, at + len(word)))
        at += len(word)
    return found
