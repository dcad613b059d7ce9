"""A paper as slides: sentences become points, long tables and long texts go over several slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shenguan.base.papers.model import (
    Heading,
    Line,
    Paper,
    Paragraph,
    Picture,
    Span,
    Table,
    plain,
)

MOST_LETTERS = 330
MOST_POINTS = 7
MOST_ROWS = 13
_END = re.compile(r"(?<=[。；])")


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title over points, a table or a picture."""

    title: Line
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """All slides; `mark` stands at the foot of each."""

    title: tuple[Line, ...]
    issued: Line
    slides: tuple[Slide, ...]
    mark: str = ""


def deck_of(paper: Paper, *, skip: Sequence[str] = (), mark: str = "") -> Deck:
    """Return a paper as slides; sections whose heading holds a word of `skip` are left to the paper."""
    slides: list[Slide] = []
    for title, section in _sections(paper):
        if not any(word in plain(title) for word in skip):
            slides += _slides(title, section)
    return Deck(paper.title, paper.issued, tuple(slides), mark or paper.mark)


def _sections(paper: Paper) -> Iterator[tuple[Line, list[object]]]:
    title: Line = ()
    section: list[object] = []
    for block in paper.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if section:
                yield title, section
            title, section = block.line, []
        else:
            section.append(block)
    if section:
        yield title, section


def _slides(title: Line, section: Sequence[object]) -> Iterator[Slide]:
    points: list[Line] = []
    for block in section:
        match block:
            case Paragraph(style="note"):
                continue
            case Heading() | Paragraph():
                points += list(_points(block.line))
            case Table():
                yield from _texts(title, points)
                points = []
                yield from _tables(title, block)
            case Picture():
                yield from _texts(title, points)
                points = []
                yield Slide(title, picture=block)
    yield from _texts(title, points)


def _points(line: Line) -> Iterator[Line]:
    """Cut a line behind each 。 and ； that stands between its told spans."""
    current: list[Span] = []
    for span in line:
        pieces = [span.text] if span.source is not None else _END.split(span.text)
        for piece in pieces:
            if piece:
                current.append(replace(span, text=piece))
            if span.source is None and piece.endswith(("。", "；")):
                yield tuple(current)
                current = []
    if current:
        yield tuple(current)


def _texts(title: Line, points: Sequence[Line]) -> Iterator[Slide]:
    held: list[Line] = []
    letters = 0
    for point in points:
        size = len(plain(point))
        if held and (letters + size > MOST_LETTERS or len(held) == MOST_POINTS):
            yield Slide(title, tuple(held))
            held, letters = [], 0
        held.append(point)
        letters += size
    if held:
        yield Slide(title, tuple(held))


def _tables(title: Line, table: Table) -> Iterator[Slide]:
    for start in range(0, max(len(table.rows), 1), MOST_ROWS):
        part = table.rows[start : start + MOST_ROWS]
        yield Slide(title, table=Table(table.columns, part, table.caption))
