"""Slides as pptx, made from a paper: a slide or more a section, with the sources of its numbers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from shenguan.base.papers.deck import Deck, Slide
from shenguan.base.papers.look import RED, TONES
from shenguan.base.papers.model import Column, Line, Picture, Span, Table, plain
from shenguan.base.papers.word import SOURCES_NAMESPACE


def _color(code: str) -> Any:
    return _Rgb(*bytes.fromhex(code))  # type: ignore[no-untyped-call]


WIDTH_CM, HEIGHT_CM, MARGIN_CM, TOP_CM = 33.87, 19.05, 1.4, 3.0
TEXT_FONT = "微软雅黑"
MARK = "_sg"
_ROW_CM = 0.95
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
    show.slide_width, show.slide_height = Cm(WIDTH_CM), Cm(HEIGHT_CM)
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
        box = self._box(page, 6.0, 5.5, anchor=MSO_ANCHOR.MIDDLE)
        for at, line in enumerate(deck.title):
            self._line(box, line, _Sized(40, bold=True), align=PP_ALIGN.CENTER, first=at == 0)
        low = self._box(page, 13.0, 2.5)
        self._line(low, deck.issued, _Sized(20, color=_SOFT), align=PP_ALIGN.CENTER, first=True)
        self._rule(page, 12.2)

    def slide(self, slide: Slide, number: int, mark: str) -> None:
        page = self._page()
        box = self._box(page, 0.8, 1.6, anchor=MSO_ANCHOR.MIDDLE)
        self._line(box, slide.title, _Sized(28, bold=True), first=True)
        self._rule(page, 2.5)
        if slide.lines:
            text = self._box(page, TOP_CM, 14.5)
            for at, line in enumerate(slide.lines):
                self._line(text, (Span("• "), *line), _Sized(20), first=at == 0)
        if slide.table:
            self._table(page, slide.table)
        if slide.picture:
            self._picture(page, slide.picture)
        foot = self._box(page, HEIGHT_CM - 1.1, 0.8)
        self._line(foot, (Span(mark),) if mark else (), _Sized(11, color=_SOFT), first=True)
        self._page_number(page, number)

    def _page(self) -> Any:
        return self.show.slides.add_slide(self.show.slide_layouts[6])

    def _box(self, page: Any, top: float, height: float, anchor: Any = MSO_ANCHOR.TOP) -> Any:
        shape = page.shapes.add_textbox(
            Cm(MARGIN_CM), Cm(top), Cm(WIDTH_CM - 2 * MARGIN_CM), Cm(height)
        )
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, anchor
        return frame

    def _rule(self, page: Any, top: float) -> None:
        bar = page.shapes.add_shape(
            1, Cm(MARGIN_CM), Cm(top), Cm(WIDTH_CM - 2 * MARGIN_CM), Cm(0.08)
        )
        bar.fill.solid()
        bar.fill.fore_color.rgb = _color(RED)
        bar.line.fill.background()

    def _page_number(self, page: Any, number: int) -> None:
        """The page number is a field of the slide, not a figure."""
        shape = page.shapes.add_textbox(Cm(WIDTH_CM - 4), Cm(HEIGHT_CM - 1.1), Cm(2.6), Cm(0.8))
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

    def _table(self, page: Any, table: Table) -> None:
        size = 14 if len(table.columns) <= 8 else 11
        top = TOP_CM
        if table.caption:
            box = self._box(page, top, 0.9)
            self._line(box, table.caption, _Sized(14, bold=True), first=True)
            top += 1.0
        width = WIDTH_CM - 2 * MARGIN_CM
        shape = page.shapes.add_table(
            len(table.rows) + 1, len(table.columns), Cm(MARGIN_CM), Cm(top), Cm(width),
            Cm(_ROW_CM * (len(table.rows) + 1)),
        )  # fmt: skip
        made = shape.table
        total = sum(column.width for column in table.columns)
        for at, column in enumerate(table.columns):
            made.columns[at].width = Cm(width * column.width / total)
        heads = [column.heading for column in table.columns]
        for row_at, row in enumerate((heads, *table.rows)):
            for at, cell in enumerate(row):
                self._cell(made.cell(row_at, at), cell, table.columns[at], size, head=row_at == 0)

    def _cell(self, cell: Any, line: Line, column: Column, size: float, *, head: bool) -> None:
        cell.margin_left = cell.margin_right = Cm(0.12)
        cell.margin_top = cell.margin_bottom = Cm(0.06)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.fill.solid()
        cell.fill.fore_color.rgb = _color("E3E9F1") if head else _color("FFFFFF")
        paragraph = cell.text_frame.paragraphs[0]
        if head or column.align == "center":
            paragraph.alignment = PP_ALIGN.CENTER
        self._runs(paragraph, line, _Sized(size, bold=head))

    def _picture(self, page: Any, picture: Picture) -> None:
        data = io.BytesIO(pdf.png(picture.svg, ppi=_PIXELS_PER_INCH))
        height = min(14.3, (WIDTH_CM - 2 * MARGIN_CM) * picture.height / picture.width)
        width = height * picture.width / picture.height
        shape = page.shapes.add_picture(
            data, Cm((WIDTH_CM - width) / 2), Cm(TOP_CM), Cm(width), Cm(height)
        )
        shape._element.nvPicPr.cNvPr.set("descr", f"{plain(picture.caption)}：{picture.says}")


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
