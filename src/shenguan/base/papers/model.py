"""A paper as a value: lines of spans in blocks, written once and printed as docx, PDF and pages.

A span may carry its `source`: a plain mapping that says how its text is found again. Writers keep the
sources with the text, so that every number in a printed paper can be asked where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Source = Mapping[str, Any]
"""How a text is found again: JSON values only."""
Tone = Literal["", "weak", "strong"]
Align = Literal["left", "center", "right"]
Style = Literal["body", "note", "item", "plain", "title"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. `tone` colours it, always beside a word or symbol that says the same."""

    text: str
    source: Source | None = None
    bold: bool = False
    tone: Tone = ""


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """Return a line of texts and spans."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts if part != "")


def plain(spans: Line) -> str:
    """Return the text of a line."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 in 黑体 (一、), level 2 in 楷体 (（一）)."""

    line: Line
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `note` small, `item` indented, `plain` unindented, `title` the head of one sheet."""

    line: Line
    style: Style = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is its share of the text width."""

    heading: Line
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above; the heading row repeats on every page. `roomy`: to be filled in by hand."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: Line = ()
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, `width` and `height` in its own units; `says` is its text for who can't see it."""

    svg: str
    width: int
    height: int
    caption: Line = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


ROOM_CM = 0.9
"""Height of a row to be filled in by hand."""
SHORT_TABLE = 13
"""A table of so few rows stays on one page, with the chart above it."""
Block = Heading | Paragraph | Table | Picture | Break


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper: `title` by lines, `masthead` the red head of a 通报, `mark` who may have it."""

    title: tuple[Line, ...]
    blocks: tuple[Block, ...]
    masthead: str = ""
    number: Line = ()
    issued: Line = ()
    mark: str = ""
    sign: tuple[Line, ...] = field(default=())
