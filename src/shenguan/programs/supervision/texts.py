"""Texts of document versions and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from shenguan.base.papers import reading

NO_TEXT = "该格式不能读出文字，不能比对；请附 docx、html 或者 txt"
SAME, CHANGED, ADDED, REMOVED, FOLDED = "same", "changed", "added", "removed", "folded"
_AROUND = 2
"""Unchanged paragraphs shown on each side of a change."""

Piece = tuple[str, str]
"""(same | added | removed, text)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of a comparison: its kind and its pieces; `folded` stands for hidden ones."""

    kind: str
    pieces: tuple[Piece, ...]


def text_of(name: str, data: bytes) -> tuple[str, str]:
    """Return (text, "") of a document, or ("", why it has none)."""
    path, suffix = Path(name), Path(name).suffix.lower()
    try:
        if suffix == ".docx":
            return reading.docx_text(path, data), ""
        if suffix in {".html", ".htm"}:
            return reading.html_text(reading.decode_html(path, data)), ""
        if suffix == ".txt":
            return reading.decode(path, data), ""
    except reading.UnreadableFileError as error:
        return "", str(error)[:120]
    return "", NO_TEXT


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def compare(before: str, after: str) -> list[Row]:
    """Return the paragraphs of `after` against `before`, changed ones piece by piece."""
    old, new = paragraphs(before), paragraphs(after)
    rows: list[Row] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            rows += [Row(SAME, ((SAME, text),)) for text in new[j1:j2]]
        else:
            rows += _replaced(old[i1:i2], new[j1:j2])
    return list(_folded(rows))


def counts(rows: list[Row]) -> dict[str, int]:
    """Return how many paragraphs were changed, added and removed."""
    return {kind: sum(row.kind == kind for row in rows) for kind in (CHANGED, ADDED, REMOVED)}


def _replaced(old: list[str], new: list[str]) -> Iterator[Row]:
    """Pair paragraphs one by one; what is left over was added or removed whole."""
    for before, after in zip(old, new, strict=False):
        yield Row(CHANGED, tuple(_pieces(before, after)))
    for text in old[len(new) :]:
        yield Row(REMOVED, ((REMOVED, text),))
    for text in new[len(old) :]:
        yield Row(ADDED, ((ADDED, text),))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield SAME, after[j1:j2]
            continue
        if i2 > i1:
            yield REMOVED, before[i1:i2]
        if j2 > j1:
            yield ADDED, after[j1:j2]


def _folded(rows: list[Row]) -> Iterator[Row]:
    """Hide long stretches without a change."""
    changed = [at for at, row in enumerate(rows) if row.kind != SAME]
    shown = {near for at in changed for near in range(at - _AROUND, at + _AROUND + 1)}
    hidden = 0
    for at, row in enumerate(rows):
        if at in shown:
            if hidden:
                yield Row(FOLDED, ((FOLDED, str(hidden)),))
            hidden = 0
            yield row
        else:
            hidden += 1
    if hidden:
        yield Row(FOLDED, ((FOLDED, str(hidden)),))
