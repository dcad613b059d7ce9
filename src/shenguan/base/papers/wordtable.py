"""Tables in WordprocessingML, built as elements: thousands of rows stay quick."""

from __future__ import annotations

from shenguan.base.papers.look import BODY_FONT, HEADING_FONT, Look
from shenguan.base.papers.model import ROOM_CM, SHORT_TABLE, Align, Line, Table
from shenguan.base.papers.wordxml import (
    CM,
    Element,
    Marks,
    Shape,
    element,
    keep_next,
    paragraph,
    runs,
)

_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(found: Table, look: Look, marks: Marks) -> Element:
    """Return a full-width table; rows never break across pages, the heading row repeats."""
    total = sum(column.width for column in found.columns)
    widths = [round(look.text_cm * CM * column.width / total) for column in found.columns]
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    heading = _row(
        [column.heading for column in found.columns],
        widths,
        ["center"] * len(widths),
        look,
        marks,
        heading=True,
    )
    aligns = [column.align for column in found.columns]
    room = ROOM_CM if found.roomy else 0
    rows = [_row(list(row), widths, aligns, look, marks, room=room) for row in found.rows]
    if len(rows) <= SHORT_TABLE:
        for row in (heading, *rows[:-1]):
            keep_next(row)
    return element("tbl", _properties(sum(widths)), grid, heading, *rows)


def _properties(width: int) -> Element:
    borders = (element(side, val="single", sz=4, space=0, color="595959") for side in _BORDERS)
    margins = (element(side, w=57, type="dxa") for side in ("left", "right"))
    return element(
        "tblPr",
        element("tblW", w=width, type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *borders),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
    )


def _row(
    lines: list[Line],
    widths: list[int],
    aligns: list[Align] | list[str],
    look: Look,
    marks: Marks,
    *,
    heading: bool = False,
    room: float = 0,
) -> Element:
    properties = element("trPr", element("cantSplit"))
    if room:
        properties.append(element("trHeight", val=round(room * CM), hRule="atLeast"))
    if heading:
        properties.append(element("tblHeader"))
    cells = (
        _cell(line, width, align, look, marks, heading=heading)
        for line, width, align in zip(lines, widths, aligns, strict=True)
    )
    return element("tr", properties, *cells)


def _cell(
    line: Line, width: int, align: str, look: Look, marks: Marks, *, heading: bool
) -> Element:
    font = HEADING_FONT if heading else BODY_FONT
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if heading:
        properties.append(element("shd", val="clear", color="auto", fill="EEF1F5"))
    properties.append(element("vAlign", val="center"))
    content = runs(line, marks, look.table, font)
    return element("tc", properties, paragraph(content, Shape(align, before=1, after=1)))
