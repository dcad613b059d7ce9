"""A paper as slides: sentences become points; points, tables and charts fill a slide before the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from unicodedata import east_asian_width

from shenguan.base.papers.model import (
    Block,
    Heading,
    Line,
    Paper,
    Paragraph,
    Picture,
    Span,
    Table,
    plain,
)

WIDTH_CM, ROOM_CM = 31.0, 14.5
"""What a slide holds below its title."""
POINT_SIZE, HEAD_SIZE, CAPTION_SIZE = 20, 20, 14
INDENT_CM, CAPTION_CM, GAP_CM, CHART_CM = 0.9, 0.9, 0.35, 7.2
"""`CHART_CM`: a chart is never lower; it takes what room is left."""
_CM = 2.54 / 72
_END = re.compile(r"(?<=。)")


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence, or the heading of those that follow."""

    line: Line
    head: bool = False


Part = Point | Table | Picture


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title over points, tables and charts in order."""

    title: Line
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """All slides; `mark` stands at the foot of each."""

    title: tuple[Line, ...]
    issued: Line
    slides: tuple[Slide, ...]
    mark: str = ""
    number: Line = ()


def deck_of(paper: Paper, *, skip: Sequence[str] = (), mark: str = "") -> Deck:
    """Return a paper as slides; sections whose heading holds a word of `skip` are left to the paper."""
    slides: list[Slide] = []
    for title, section in _sections(paper):
        if not any(word in plain(title) for word in skip):
            slides += _slides(title, list(_parts(section)))
    return Deck(paper.title, paper.issued, tuple(slides), mark or paper.mark, paper.number)


def _sections(paper: Paper) -> Iterator[tuple[Line, list[Block]]]:
    title: Line = ()
    section: list[Block] = []
    for block in paper.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if section:
                yield title, section
            title, section = block.line, []
        else:
            section.append(block)
    if section:
        yield title, section


def _parts(section: Sequence[Block]) -> Iterator[Part]:
    for block in section:
        match block:
            case Paragraph(style="note"):
                continue
            case Heading():
                yield Point(block.line, head=True)
            case Paragraph():
                yield from (Point(point) for point in _points(block.line))
            case Table() | Picture():
                yield block


def _points(line: Line) -> Iterator[Line]:
    """Cut a line behind each 。 that stands between its told spans."""
    current: list[Span] = []
    for span in line:
        pieces = [span.text] if span.source is not None else _END.split(span.text)
        for piece in pieces:
            if piece:
                current.append(replace(span, text=piece))
            if span.source is None and piece.endswith("。"):
                yield tuple(current)
                current = []
    if current:
        yield tuple(current)


def _slides(title: Line, parts: list[Part]) -> Iterator[Slide]:
    """Fill slides in order; a heading goes with what it heads, a table too long for a slide is cut."""
    held: list[Part] = []
    used, more = 0.0, False
    for at, part in enumerate(parts):
        pieces = list(_cut(part)) if isinstance(part, Table) else [part]
        for piece in pieces:
            need = height(piece) + _followed(parts, at)
            if held and used + need > ROOM_CM:
                yield Slide(_continued(title) if more else title, tuple(held))
                held, used, more = [], 0.0, True
            held.append(piece)
            used += height(piece)
    if held:
        yield Slide(_continued(title) if more else title, tuple(held))


def _followed(parts: Sequence[Part], at: int) -> float:
    """How much must follow on the same slide: a heading's first point, a chart's own table."""
    part, after = parts[at], parts[at + 1 : at + 2]
    if not after:
        return 0.0
    if isinstance(part, Point) and part.head:
        return min(height(after[0]), CHART_CM)
    if isinstance(part, Picture) and isinstance(after[0], Table) and not after[0].caption:
        return height(after[0])
    return 0.0


def _continued(title: Line) -> Line:
    return (*title, Span("（续）"))


def _cut(table: Table) -> Iterator[Table]:
    rows: list[tuple[Line, ...]] = []
    used = 0.0
    head = _caption_cm(table) + GAP_CM + row_cm(table, [c.heading for c in table.columns])
    for row in table.rows:
        need = row_cm(table, row)
        if rows and head + used + need > ROOM_CM:
            yield replace(table, rows=tuple(rows))
            rows, used = [], 0.0
        rows.append(row)
        used += need
    yield replace(table, rows=tuple(rows))


def height(part: Part) -> float:
    """Return about how many centimetres a part takes, a chart at the least."""
    match part:
        case Point():
            letters = (WIDTH_CM - INDENT_CM) / (POINT_SIZE * _CM) - 2  # 。，） don't begin a line
            lines = max(ceil(_width(part.line) / letters), 1)
            return lines * POINT_SIZE * _CM * 1.3 + GAP_CM
        case Table():
            heads = [column.heading for column in part.columns]
            rows = sum(row_cm(part, row) for row in (heads, *part.rows))
            return _caption_cm(part) + rows + GAP_CM
        case Picture():
            return CHART_CM + GAP_CM


def table_size(table: Table) -> int:
    """Return the letter size of a table: smaller for many columns."""
    return 14 if len(table.columns) <= 7 else 12


def row_cm(table: Table, row: Sequence[Line]) -> float:
    """Return how high a row of a table is, its longest cell broken into lines."""
    letter, total = table_size(table) * _CM, sum(column.width for column in table.columns)
    lines = 1
    for column, cell in zip(table.columns, row, strict=True):
        room = WIDTH_CM * column.width / total - 0.3
        lines = max(lines, ceil(_width(cell) * letter / room))
    return lines * letter * 1.3 + 0.3


def _caption_cm(table: Table) -> float:
    return CAPTION_CM if table.caption else 0.0


def _width(line: Line) -> float:
    """Return the width of a text in full letters."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.6 for letter in plain(line))
