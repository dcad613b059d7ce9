"""Reading the search box: each word by itself becomes a plain condition, never a language.

No character of the question has a meaning of its own: brackets, colons, stars and quotes are folded away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shenguan.core.casenumber import CaseNumberError, parse
from shenguan.programs.casebook.finding.words import folded, is_han

MOST_WORDS = 8
MOST_LETTERS = 100
_PIECES = re.compile(
    r"(?P<year>(?:19|20)\d{2}(?!\d))?(?:年)?"
    r"(?P<court>[\u4e00-\u9fff]\d{2,4}(?=[\u4e00-\u9fff])|最高法)?"
    r"(?P<type>[\u4e00-\u9fff]{1,6}?)?(?:字)?(?:第)?"
    r"(?P<serial>\d{1,9})?(?:号)?(?P<suffix>之[一二三四五六七八九十]+)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """Pieces of a 案号; a piece not given is empty. `serial` may be the beginning of one."""

    year: str = ""
    court: str = ""
    type_code: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as text, and as pieces of a number where it can be read so."""

    text: str
    number: Number | None = None

    @property
    def latin(self) -> bool:
        """Tell whether it may be pinyin."""
        return self.text.isascii() and self.text.isalpha()

    @property
    def too_short(self) -> bool:
        """Tell whether it is a single Latin letter, which says nothing."""
        return self.latin and len(self.text) < 2


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the one number meant (`key`), else words that must all be found."""

    key: str = ""
    words: tuple[Word, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Tell whether nothing is left to look for."""
        return not self.key and not self.words


def read(text: str) -> Question:
    """Read the search box; anything can be read, what has no meaning falls away."""
    text = text[:MOST_LETTERS]
    try:
        return Question(key=parse(text).text)
    except CaseNumberError:
        pass
    parts = [folded(part) for part in text.split()]
    words = tuple(_word(part) for part in parts if part)
    return Question(words=tuple(word for word in words if not word.too_short)[:MOST_WORDS])


def _word(text: str) -> Word:
    return Word(text, _number(text) if any(letter.isdigit() for letter in text) else None)


def _number(text: str) -> Number | None:
    """Read pieces of a number: 2024民初, 示0102民初12, 12号, 2024."""
    found = _PIECES.fullmatch(text)
    if found is None or (not is_han(text) and not text.isdigit()):
        return None
    year, court = found["year"] or "", found["court"] or ""
    serial = (found["serial"] or "").lstrip("0")
    number = Number(year, court, found["type"] or "", serial)
    return number if any((year, court, serial)) else None
