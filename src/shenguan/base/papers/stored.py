"""Papers as JSON, so that a paper can be kept, edited and written again exactly as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shenguan.base.papers.model import (
    Block,
    Break,
    Column,
    Heading,
    Line,
    Paper,
    Paragraph,
    Picture,
    Span,
    Table,
)
from shenguan.base.papers.sheets import Cell, Sheet

Json = Mapping[str, Any]


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """Return a paper as JSON values."""
    return {
        "title": [line_to_json(one) for one in paper.title],
        "blocks": [_block_to_json(block) for block in paper.blocks],
        "masthead": paper.masthead,
        "number": line_to_json(paper.number),
        "issued": line_to_json(paper.issued),
        "mark": paper.mark,
        "sign": [line_to_json(one) for one in paper.sign],
    }


def paper_from_json(data: Json) -> Paper:
    """Return the paper that was kept."""
    return Paper(
        title=_lines(data["title"]),
        blocks=tuple(_block_from_json(block) for block in data["blocks"]),
        masthead=data["masthead"],
        number=line_from_json(data["number"]),
        issued=line_from_json(data["issued"]),
        mark=data["mark"],
        sign=_lines(data["sign"]),
    )


def line_to_json(line: Line) -> list[dict[str, Any]]:
    """Return a line; what is empty is left out."""
    found = []
    for span in line:
        kept: dict[str, Any] = {"text": span.text}
        if span.source is not None:
            kept["source"] = dict(span.source)
        if span.bold:
            kept["bold"] = True
        if span.tone:
            kept["tone"] = span.tone
        found.append(kept)
    return found


def line_from_json(data: Sequence[Json]) -> Line:
    """Return the line that was kept."""
    return tuple(
        Span(one["text"], one.get("source"), one.get("bold", False), one.get("tone", ""))
        for one in data
    )


def _lines(data: Sequence[Sequence[Json]]) -> tuple[Line, ...]:
    return tuple(line_from_json(one) for one in data)


def _block_to_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "line": line_to_json(block.line), "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "line": line_to_json(block.line), "style": block.style}
        case Picture():
            return {
                "kind": "picture",
                "svg": block.svg,
                "width": block.width,
                "height": block.height,
                "caption": line_to_json(block.caption),
                "says": block.says,
            }
        case Table():
            return {
                "kind": "table",
                "caption": line_to_json(block.caption),
                "columns": [[line_to_json(c.heading), c.width, c.align] for c in block.columns],
                "rows": [[line_to_json(cell) for cell in row] for row in block.rows],
                "roomy": block.roomy,
            }
        case Break():
            return {"kind": "break"}


def _block_from_json(data: Json) -> Block:
    match data["kind"]:
        case "heading":
            return Heading(line_from_json(data["line"]), data["level"])
        case "paragraph":
            return Paragraph(line_from_json(data["line"]), data["style"])
        case "picture":
            caption = line_from_json(data["caption"])
            return Picture(data["svg"], data["width"], data["height"], caption, data["says"])
        case "table":
            columns = tuple(Column(line_from_json(h), w, a) for h, w, a in data["columns"])
            rows = tuple(_lines(row) for row in data["rows"])
            caption = line_from_json(data["caption"])
            return Table(columns, rows, caption, roomy=data.get("roomy", False))
    return Break()


def sheets_to_json(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """Return sheets as JSON values; a day is kept as {"day": iso}."""
    return [
        {
            "name": sheet.name,
            "columns": [list(column) for column in sheet.columns],
            "rows": [[_cell_to_json(cell) for cell in row] for row in sheet.rows],
            "note": sheet.note,
        }
        for sheet in sheets
    ]


def sheets_from_json(data: Sequence[Json]) -> list[Sheet]:
    """Return the sheets that were kept."""
    return [
        Sheet(
            one["name"],
            tuple((name, width) for name, width in one["columns"]),
            [[_cell_from_json(cell) for cell in row] for row in one["rows"]],
            one["note"],
        )
        for one in data
    ]


def _cell_to_json(cell: Cell) -> Any:
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _cell_from_json(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["day"])
    found: Cell = cell
    return found
