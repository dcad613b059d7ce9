"""A paper on a page: the same blocks, every number leading to where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from shenguan.base.papers.model import (
    Block,
    Heading,
    Line,
    Paper,
    Paragraph,
    Picture,
    Span,
    Table,
)
from shenguan.programs.reports.editing import is_editable
from shenguan.programs.reports.models import SentenceEdit

_FIGURES = frozenset(
    {
        "value",
        "effect",
        "list_count",
        "selected",
        "quality",
        "plan_cause",
        "task_count",
        "warning_count",
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text; `place` is its number among the sourced texts of the paper, None for plain words."""

    text: str
    tone: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block ready to draw. `edit` says who changed it, `at` is its place where it can be edited."""

    kind: str
    pieces: list[Piece]
    style: str = ""
    at: int | None = None
    edit: SentenceEdit | None = None
    heads: list[list[Piece]] | None = None
    rows: list[list[list[Piece]]] | None = None
    svg: SafeString | None = None
    says: str = ""


class Drawing:
    """Numbers the sourced spans as they are drawn, in the order of `annex.spans_of`."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._place = 0

    def head(self) -> dict[str, Any]:
        """Return title, number and issued line; asked first, as they come first."""
        return {
            "title": [self._line(line) for line in self.paper.title],
            "number": self._line(self.paper.number),
            "issued": self._line(self.paper.issued),
        }

    def blocks(self, edits: Mapping[int, SentenceEdit]) -> Iterator[Drawn]:
        """Yield the blocks in order."""
        for at, block in enumerate(self.paper.blocks):
            yield self._block(block, at, edits.get(at))

    def _block(self, block: Block, at: int, edit: SentenceEdit | None) -> Drawn:
        match block:
            case Heading():
                return Drawn("heading", self._line(block.line), str(block.level + 1))
            case Paragraph():
                place = at if is_editable(block) else None
                return Drawn("paragraph", self._line(block.line), block.style, place, edit)
            case Table():
                caption = self._line(block.caption)
                heads = [self._line(column.heading) for column in block.columns]
                rows = [[self._line(cell) for cell in row] for row in block.rows]
                return Drawn("table", caption, heads=heads, rows=rows)
            case Picture():
                # drawn by base.papers.charts, which escapes every text it is given
                svg = mark_safe(block.svg)  # nosec
                return Drawn("picture", self._line(block.caption), svg=svg, says=block.says)
        return Drawn("break", [])

    def _line(self, line: Line) -> list[Piece]:
        return [self._piece(span) for span in line]

    def _piece(self, span: Span) -> Piece:
        if span.source is None:
            return Piece(span.text, span.tone)
        place, self._place = self._place, self._place + 1
        return Piece(span.text, span.tone, place if span.source["ask"] in _FIGURES else None)
