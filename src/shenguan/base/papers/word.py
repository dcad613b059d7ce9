"""Papers as docx, in the look of official papers."""

from __future__ import annotations

import io
import json
from functools import singledispatchmethod
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from shenguan.base.papers import pdf
from shenguan.base.papers.look import (
    BODY_FONT,
    HEADING_FONT,
    NUMBER_FONT,
    RED,
    SECOND_FONT,
    SUBSTITUTES,
    TITLE_FONT,
    Look,
)
from shenguan.base.papers.model import (
    Block,
    Break,
    Heading,
    Line,
    Paper,
    Paragraph,
    Picture,
    Table,
    line,
)
from shenguan.base.papers.wordtable import table
from shenguan.base.papers.wordxml import (
    Element,
    Marks,
    Shape,
    element,
    field,
    keep_next,
    paragraph,
    runs,
)

SOURCES_NAMESPACE = "urn:shenguan:sources"
_PIXELS_PER_INCH = 220


def write_docx(paper: Paper, target: Path, look: Look) -> None:
    """Write a paper; the sources of its spans go with it as a custom XML part."""
    document = docx.Document()
    page(document, look)
    writer = Writer(document, look)
    writer.paper(paper)
    finish(document, writer)
    document.save(str(target))


def finish(document: Document, writer: Writer) -> None:
    """Put the sources and the names of substitute fonts into a written document."""
    _keep_sources(document, writer.marks)
    name_substitutes(document)


def page(document: Document, look: Look) -> None:
    """Set A4, margins and the base font of a document."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    top, right, bottom, left = look.margins
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    section.left_margin, section.right_margin = Cm(left), Cm(right)
    section.footer_distance = Cm(min(bottom - 0.7, 2.5))
    style = document.styles["Normal"]
    style.font.name, style.font.size = NUMBER_FONT, Pt(look.body)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)


def name_substitutes(document: Document) -> None:
    """Name the fonts to use where those of official papers aren't installed."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/>'
        f'<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            text = part.blob.decode("utf-8").replace("</w:fonts>", entries + "</w:fonts>")
            part._blob = text.encode("utf-8")


def _keep_sources(document: Document, marks: Marks) -> None:
    if not marks.sources:
        return
    text = escape(json.dumps(marks.sources, ensure_ascii=False, separators=(",", ":")))
    blob = f'<?xml version="1.0" encoding="UTF-8"?><sources xmlns="{SOURCES_NAMESPACE}">{text}</sources>'
    name = PackURI("/customXml/item8.xml")
    part = Part(name, "application/xml", blob.encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


class Writer:
    """Appends blocks to the body of a document."""

    def __init__(self, document: Document, look: Look) -> None:
        self.document, self.look, self.marks = document, look, Marks()
        self.end = document.element.body[-1]  # the section's properties stay last

    def paper(self, paper: Paper) -> None:
        """Write a whole paper: head, blocks, signature, foot."""
        self._head(paper)
        for block in paper.blocks:
            self.add(block)
        if paper.sign:
            self._sign(paper)
        self._foot(paper)

    def _sign(self, paper: Paper) -> None:
        """A signature never stands alone on a page: the last paragraph goes with it."""
        if paper.blocks and isinstance(paper.blocks[-1], Paragraph):
            keep_next(self.end.getprevious())
        for at, signed in enumerate(paper.sign, 1):
            shape = Shape("right", self.look.leading, keep=at < len(paper.sign))
            self._line(signed, BODY_FONT, self.look.body, shape)

    def put(self, made: Element) -> None:
        """Append an element before the end."""
        self.end.addprevious(made)

    def _line(self, spans: Line, font: str, size: float, shape: Shape, color: str = "") -> None:
        self.put(paragraph(runs(spans, self.marks, size, font, color=color), shape))

    def _head(self, paper: Paper) -> None:
        look = self.look
        if paper.mark:
            self._line(line(paper.mark), HEADING_FONT, look.body, Shape("left", after=6))
        if paper.masthead:
            self._line(line(paper.masthead), TITLE_FONT, 32, Shape("center", after=10), RED)
        if paper.masthead:
            self._imprint(paper)
        for at, title in enumerate(paper.title):
            before = 18 if paper.masthead and at == 0 else 0
            after = look.title * 0.6 if at == len(paper.title) - 1 else 2
            self._line(title, TITLE_FONT, look.title, Shape("center", before=before, after=after))
        if not paper.masthead:
            self._imprint(paper)

    def _imprint(self, paper: Paper) -> None:
        """文号 and who issued it when: above the rule of a red head, else under the title."""
        size = min(self.look.body, 14)
        if paper.number:
            self._line(paper.number, BODY_FONT, size, Shape("center", after=4))
        if paper.masthead or paper.issued:
            shape = Shape("center", after=4, rule=RED if paper.masthead else "")
            self._line(paper.issued, BODY_FONT, size, shape)

    def _foot(self, paper: Paper) -> None:
        footer = self.document.sections[0].footer
        end = f" —　{paper.mark}" if paper.mark else " —"
        content = [
            *runs(line("— "), self.marks, 12, BODY_FONT),
            *field("PAGE", 12, BODY_FONT),
            *runs(line(end), self.marks, 12, BODY_FONT),
        ]
        last = footer.paragraphs[0]._p
        last.addprevious(paragraph(content, Shape("center")))
        last.getparent().remove(last)

    @singledispatchmethod
    def add(self, block: Block) -> None:
        """Append a block."""
        raise TypeError(f"不认识的段落类型：{block!r}")

    @add.register
    def _(self, block: Heading) -> None:
        font = HEADING_FONT if block.level == 1 else SECOND_FONT
        look = self.look
        first = 2 * look.heading if look.first_line else 0
        shape = Shape(leading=look.leading, first=first, before=look.body * 0.35, keep=True)
        self._line(block.line, font, look.heading, shape)

    @add.register
    def _(self, block: Paragraph) -> None:
        look, style = self.look, block.style
        if style == "title":
            self._line(block.line, TITLE_FONT, look.title, Shape("center", after=look.title * 0.5))
            return
        size = look.note if style == "note" else look.body
        leading = look.leading if size == look.body else None
        first = 2 * size if look.first_line and style in {"body", "note"} else 0
        indent = 2 * size if style == "item" else 0
        shape = Shape(leading=leading, first=first, indent=indent, after=2)
        self._line(block.line, BODY_FONT, size, shape)

    @add.register
    def _(self, block: Table) -> None:
        if block.caption:
            self._caption(block.caption)
        self.put(table(block, self.look, self.marks))
        self.put(paragraph((), Shape(leading=6)))

    @add.register
    def _(self, block: Picture) -> None:
        if block.caption:
            self._caption(block.caption)
        picture = io.BytesIO(pdf.png(block.svg, ppi=_PIXELS_PER_INCH))
        made = self.document.add_paragraph()
        shape = made.add_run().add_picture(picture, width=Cm(self.look.chart_cm))
        shape._inline.docPr.set("descr", block.says)
        holder = paragraph(list(made._p.r_lst), Shape("center", after=4, keep=True))
        made._p.getparent().remove(made._p)
        self.put(holder)

    @add.register
    def _(self, _block: Break) -> None:
        self.put(element("p", element("r", element("br", type="page"))))

    def _caption(self, caption: Line) -> None:
        size = max(self.look.table + 1, self.look.note)
        self._line(caption, HEADING_FONT, size, Shape("center", before=6, after=3, keep=True))
