"""Slides as pptx, made from a paper: a slide or more a section, with the sources of its numbers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor as _Rgb
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from shenguan.base.papers import pdf
from shenguan.base.papers.deck import (
    CAPTION_CM,
    CAPTION_SIZE,
    CHART_CM,
    HEAD_SIZE,
    INDENT_CM,
    POINT_SIZE,
    ROOM_CM,
    WIDTH_CM,
    Deck,
    Point,
    Slide,
    height,
    row_cm,
    table_size,
)
from shenguan.base.papers.look import RED, TONES
from shenguan.base.papers.model import Column, Line, Picture, Span, Table, plain
from shenguan.base.papers.word import SOURCES_NAMESPACE


def _color(code: str) -> Any:
    return _Rgb(*bytes.fromhex(code))  # type: ignore[no-untyped-call]


PAGE_CM, HEIGHT_CM, TOP_CM = 33.87, 19.05, 3.0
MARGIN_CM = (PAGE_CM - WIDTH_CM) / 2
TEXT_FONT = "微软雅黑"
MARK = "_sg"
_BORDER = "B8C2CE"
_PIXELS_PER_INCH = 220
_DARK, _SOFT = _color("12263F"), _color("56606E")


@dataclass(frozen=True, slots=True)
class _Sized:
    size: float
    bold: bool = False
    color: Any = _DARK


def write_pptx(deck: Deck, target: Path) -> None:
    """Write a deck; each sourced text is one run that names its source in a part of the file."""
    show = Presentation()
    show.slide_width, show.slide_height = Cm(PAGE_CM), Cm(HEIGHT_CM)
    writer = _Writer(show)
    writer.cover(deck)
    for number, slide in enumerate(deck.slides, 2):
        writer.slide(slide, number, deck.mark)
    _keep(show, writer.sources)
    show.save(str(target))


def _keep(show: Any, sources: Sequence[dict[str, Any]]) -> None:
    text = escape(json.dumps(sources, ensure_ascii=False, separators=(",", ":")))
    blob = f'<?xml version="1.0" encoding="UTF-8"?><sources xmlns="{SOURCES_NAMESPACE}">{text}</sources>'
    name, package = PackURI("/customXml/item8.xml"), show.part.package
    part = Part(name, "application/xml", package, blob.encode("utf-8"))
    show.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


class _Writer:
    def __init__(self, show: Any) -> None:
        self.show = show
        self.sources: list[dict[str, Any]] = []

    def cover(self, deck: Deck) -> None:
        page = self._page()
        if deck.mark:
            mark = self._box(page, 0.8, 1.0)
            self._line(mark, (Span(deck.mark),), _Sized(14, color=_SOFT), first=True)
        box = self._box(page, 6.0, 5.5, anchor=MSO_ANCHOR.MIDDLE)
        for at, line in enumerate(deck.title):
            self._line(box, line, _Sized(40, bold=True), align=PP_ALIGN.CENTER, first=at == 0)
        low = self._box(page, 13.0, 2.5)
        lines = [line for line in (deck.number, deck.issued) if line]
        for at, line in enumerate(lines):
            self._line(low, line, _Sized(20, color=_SOFT), align=PP_ALIGN.CENTER, first=at == 0)
        self._rule(page, 12.2)

    def slide(self, slide: Slide, number: int, mark: str) -> None:
        page = self._page()
        box = self._box(page, 0.8, 1.6, anchor=MSO_ANCHOR.MIDDLE)
        self._line(box, slide.title, _Sized(28, bold=True), first=True)
        self._rule(page, 2.5)
        self._parts(page, slide)
        foot = self._box(page, HEIGHT_CM - 1.1, 0.8)
        self._line(foot, (Span(mark),) if mark else (), _Sized(11, color=_SOFT), first=True)
        self._page_number(page, number)

    def _parts(self, page: Any, slide: Slide) -> None:
        """Put the parts one under another; charts share the room that is left."""
        charts = sum(isinstance(part, Picture) for part in slide.parts)
        spare = max(ROOM_CM - sum(height(part) for part in slide.parts), 0.0) / max(charts, 1)
        top = TOP_CM
        for points, group in groupby(slide.parts, key=lambda part: isinstance(part, Point)):
            held = list(group)
            if points:
                self._points(page, held, top)
            for part in held:
                if isinstance(part, Table):
                    self._table(page, part, top)
                if isinstance(part, Picture):
                    self._picture(page, part, top, CHART_CM + spare)
                    top += spare
                top += height(part)

    def _points(self, page: Any, points: Sequence[Any], top: float) -> None:
        """Put sentences that follow one another in one box, so that none runs into the next."""
        frame = self._box(page, top, sum(height(point) for point in points))
        frame.margin_top = frame.margin_bottom = 0
        for at, point in enumerate(points):
            size = _Sized(HEAD_SIZE, bold=True) if point.head else _Sized(POINT_SIZE)
            self._line(frame, point.line, size, first=at == 0)
            if not point.head:
                _bullet(frame.paragraphs[-1])

    def _page(self) -> Any:
        return self.show.slides.add_slide(self.show.slide_layouts[6])

    def _box(self, page: Any, top: float, height: float, anchor: Any = MSO_ANCHOR.TOP) -> Any:
        shape = page.shapes.add_textbox(Cm(MARGIN_CM), Cm(top), Cm(WIDTH_CM), Cm(height))
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, anchor
        return frame

    def _rule(self, page: Any, top: float) -> None:
        bar = page.shapes.add_shape(1, Cm(MARGIN_CM), Cm(top), Cm(WIDTH_CM), Cm(0.08))
        bar.fill.solid()
        bar.fill.fore_color.rgb = _color(RED)
        bar.line.fill.background()

    def _page_number(self, page: Any, number: int) -> None:
        """The page number is a field of the slide, not a figure."""
        shape = page.shapes.add_textbox(Cm(PAGE_CM - 4), Cm(HEIGHT_CM - 1.1), Cm(2.6), Cm(0.8))
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = paragraph._p.makeelement(
            qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"}
        )
        paragraph._p.append(field)
        properties = field.makeelement(qn("a:rPr"), {"lang": "zh-CN", "sz": "1100"})
        text = field.makeelement(qn("a:t"), {})
        text.text = str(number)
        field.extend([properties, text])

    def _line(
        self, frame: Any, line: Line, sized: _Sized, *, align: Any = None, first: bool = False
    ) -> None:
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        paragraph.space_after = Pt(sized.size * 0.4)
        if align is not None:
            paragraph.alignment = align
        self._runs(paragraph, line, sized)

    def _runs(self, paragraph: Any, line: Line, sized: _Sized) -> None:
        for span in line:
            run = paragraph.add_run()
            run.text = span.text
            font = run.font
            font.size, font.bold, font.name = (
                Pt(sized.size),
                sized.bold or bool(span.tone),
                TEXT_FONT,
            )
            font.color.rgb = _color(TONES[span.tone]) if span.tone else sized.color
            properties = run._r.get_or_add_rPr()
            east = properties.makeelement(qn("a:ea"), {"typeface": TEXT_FONT})
            properties.append(east)
            properties.set("lang", "zh-CN")
            if span.source is not None:
                self.sources.append({"text": span.text, "source": dict(span.source)})
                properties.set("bmk", f"{MARK}{len(self.sources)}")

    def _table(self, page: Any, table: Table, top: float) -> None:
        if table.caption:
            box = self._box(page, top, CAPTION_CM)
            box.margin_top = 0
            caption = (replace(table.caption[0], text=_bare(table.caption[0])), *table.caption[1:])
            self._line(box, caption, _Sized(CAPTION_SIZE, bold=True), first=True)
            top += CAPTION_CM
        heads = [column.heading for column in table.columns]
        heights = [row_cm(table, row) for row in (heads, *table.rows)]
        shape = page.shapes.add_table(
            len(heights), len(table.columns), Cm(MARGIN_CM), Cm(top), Cm(WIDTH_CM), Cm(sum(heights))
        )
        made = shape.table
        total = sum(column.width for column in table.columns)
        for at, column in enumerate(table.columns):
            made.columns[at].width = Cm(WIDTH_CM * column.width / total)
        for row_at, row in enumerate((heads, *table.rows)):
            made.rows[row_at].height = Cm(heights[row_at])
            for at, cell in enumerate(row):
                self._cell(
                    made.cell(row_at, at),
                    cell,
                    table.columns[at],
                    table_size(table),
                    head=row_at == 0,
                )

    def _cell(self, cell: Any, line: Line, column: Column, size: float, *, head: bool) -> None:
        cell.margin_left = cell.margin_right = Cm(0.12)
        cell.margin_top = cell.margin_bottom = Cm(0.05)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.fill.solid()
        cell.fill.fore_color.rgb = _color("E3E9F1") if head else _color("FFFFFF")
        _rule_off(cell)
        paragraph = cell.text_frame.paragraphs[0]
        if head or column.align == "center":
            paragraph.alignment = PP_ALIGN.CENTER
        self._runs(paragraph, line, _Sized(size, bold=head))

    def _picture(self, page: Any, picture: Picture, top: float, room: float) -> None:
        data = io.BytesIO(pdf.png(picture.svg, ppi=_PIXELS_PER_INCH))
        tall = min(room, WIDTH_CM * picture.height / picture.width)
        wide = tall * picture.width / picture.height
        left = Cm((PAGE_CM - wide) / 2)
        shape = page.shapes.add_picture(data, left, Cm(top), Cm(wide), Cm(tall))
        shape._element.nvPicPr.cNvPr.set("descr", f"{plain(picture.caption)}：{picture.says}")


def _bullet(paragraph: Any) -> None:
    """Hang the sentence on a bullet, so that its further lines stand under its first letter."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Cm(INDENT_CM)))
    properties.set("indent", str(-Cm(INDENT_CM)))
    sign = properties.makeelement(qn("a:buChar"), {"char": "•"})
    properties.append(sign)


def _bare(span: Span) -> str:
    return span.text.removeprefix("表：") if span.source is None else span.text


def _rule_off(cell: Any) -> None:
    """Draw thin lines around a cell; the order of the elements is the schema's."""
    properties = cell._tc.get_or_add_tcPr()
    for at, side in enumerate(("a:lnL", "a:lnR", "a:lnT", "a:lnB")):
        edge = properties.makeelement(qn(side), {"w": "9525"})
        fill = edge.makeelement(qn("a:solidFill"), {})
        fill.append(fill.makeelement(qn("a:srgbClr"), {"val": _BORDER}))
        edge.append(fill)
        properties.insert(at, edge)


@dataclass(frozen=True, slots=True)
class Told:
    """A text as it stands on a slide, as it was written, and where it came from."""

    printed: str
    written: str
    source: dict[str, Any]


def read_sources(path: Path) -> tuple[list[Told], list[str]]:
    """Return the sourced texts of a pptx in order, and texts with digits that carry no source."""
    show = Presentation(str(path))
    kept = _kept(show)
    told: list[Told] = []
    loose: list[str] = []
    for run in _all_runs(show):
        properties, text = run.find(qn("a:rPr")), run.findtext(qn("a:t")) or ""
        mark = properties.get("bmk", "") if properties is not None else ""
        if mark.startswith(MARK):
            found = kept[int(mark.removeprefix(MARK)) - 1]
            told.append(Told(text, found["text"], found["source"]))
        elif any(letter.isdecimal() for letter in text):
            loose.append(text)
    return told, loose


def _kept(show: Any) -> list[dict[str, Any]]:
    for relation in show.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML:
            root = etree.fromstring(relation.target_part.blob)
            found: list[dict[str, Any]] = json.loads(root.text or "[]")
            return found
    return []


def _all_runs(show: Any) -> Iterator[Any]:
    for slide in show.slides:
        yield from slide._element.iter(qn("a:r"))
