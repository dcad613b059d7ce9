"""Cutting names into what the index keeps: pairs of characters, pinyin initials, whole pinyin.

A text is kept as its overlapping pairs in order; a phrase of pairs is any piece of the text, so that a part of
a name finds it without a dictionary of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pypinyin import lazy_pinyin

BREAK = "\x1f"
"""Stands between two names, so that no phrase runs from one into the next."""

_KEPT = re.compile(r"[^0-9a-z\u3400-\u9fff\uf900-\ufaff]+")
_BETWEEN = r"[^0-9a-z\u3400-\u9fff\uf900-\ufaff]{0,4}"
_NARROW = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LONGEST = 120
LONGEST_TEXT = 200_000
# Readings that these characters have as family names; the common reading is kept beside it.
FAMILY_NAMES = {
    **{"单": "shan", "曾": "zeng", "仇": "qiu", "区": "ou", "解": "xie", "查": "zha", "朴": "piao"},
    **{
        "任": "ren",
        "盖": "ge",
        "缪": "miao",
        "翟": "zhai",
        "乐": "yue",
        "员": "yun",
        "种": "chong",
    },
    **{"秘": "bi", "尉": "yu", "洗": "xian", "冼": "xian", "覃": "qin", "谌": "chen", "召": "shao"},
    **{"纪": "ji", "燕": "yan", "宁": "ning", "华": "hua", "应": "ying", "葛": "ge", "重": "chong"},
}


def folded(text: str, longest: int = LONGEST) -> str:
    """Return the text without width, case, blanks and punctuation."""
    return _KEPT.sub("", unicodedata.normalize("NFKC", text).lower())[:longest]


def pattern(word: str) -> re.Pattern[str]:
    """Return what finds a folded word in a text as printed, once `narrow` has levelled its width."""
    return re.compile(_BETWEEN.join(map(re.escape, word)), re.IGNORECASE)


def narrow(text: str) -> str:
    """Return the text with narrow digits and Latin letters, every character in its place."""
    return text.translate(_NARROW)


def is_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return _HAN.search(text) is not None


def pairs(text: str) -> list[str]:
    """Return the overlapping pairs of a folded text; a single character stands for itself."""
    return [text[at : at + 2] for at in range(len(text) - 1)] or [text]


def kept(names: Iterable[str], *, longest: int = LONGEST) -> str:
    """Return what the index keeps of some names or texts: their pairs, each apart."""
    texts = (folded(name, longest) for name in names)
    return f" {BREAK} ".join(" ".join(pairs(text)) for text in texts if text)


def characters(names: Iterable[str]) -> str:
    """Return every character of some names once, for questions of one character."""
    return " ".join(dict.fromkeys("".join(map(folded, names))))


def initials(names: Iterable[str]) -> str:
    """Return what the index keeps of the pinyin initials of some names."""
    spelt = ("".join(part[:1] for part in reading) for reading in _readings(names))
    return f" {BREAK} ".join(" ".join(pairs(letters)) for letters in spelt if letters)


def spelling(names: Iterable[str]) -> str:
    """Return what the index keeps of the whole pinyin of some names."""
    spelt = ("".join(reading) for reading in _readings(names))
    return f" {BREAK} ".join(" ".join(pairs(letters)) for letters in spelt if letters)


def _readings(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the syllables of each name; twice where its family name has a reading of its own."""
    for name in names:
        text = folded(name)
        if not is_han(text):
            continue
        usual = tuple(_syllable(letter) for letter in text)
        yield usual
        special = FAMILY_NAMES.get(text[0])
        if special and special != usual[0] and len(text) <= 4:
            yield (special, *usual[1:])


@lru_cache(maxsize=1 << 14)
def _syllable(letter: str) -> str:
    if not is_han(letter):
        return letter
    return str(lazy_pinyin(letter)[0]).replace("ü", "v") if lazy_pinyin(letter) else letter
