"""Small pieces of WordprocessingML: runs, paragraphs, cells, hidden bookmarks around sourced spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from shenguan.base.papers.look import NUMBER_FONT, TONES
from shenguan.base.papers.model import Line, Source, Span

MARK = "_sg"
"""Bookmarks of sourced spans; Word hides names that start with an underscore."""
FIRST_ID = 10_000
"""Ids of our bookmarks stand above those a court's template may hold."""
CM = 567
"""Twips in a centimetre."""
Element = Any


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return `<w:tag w:attribute=…>` with children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


class Marks:
    """Numbers the sourced spans of a paper and keeps their sources in order."""

    def __init__(self) -> None:
        self.sources: list[dict[str, Any]] = []

    def around(self, text: str, source: Source, run: Element) -> list[Element]:
        """Return the run between the two ends of a hidden bookmark."""
        self.sources.append({"text": text, "source": dict(source)})
        number = len(self.sources)
        start = element("bookmarkStart", id=FIRST_ID + number, name=f"{MARK}{number}")
        return [start, run, element("bookmarkEnd", id=FIRST_ID + number)]


def run(span: Span, size: float, font: str, *, bold: bool = False, color: str = "") -> Element:
    """Return a run: Chinese in `font`, digits and Latin letters in the number font."""
    color = TONES.get(span.tone, color)
    properties = element(
        "rPr",
        element("rFonts", ascii=NUMBER_FONT, hAnsi=NUMBER_FONT, eastAsia=font, hint="eastAsia"),
        *([element("b")] if bold or span.bold or span.tone else []),
        *([element("color", val=color)] if color else []),
        element("sz", val=round(size * 2)),
        element("szCs", val=round(size * 2)),
        element("lang", val="zh-CN", eastAsia="zh-CN"),
    )
    text = element("t")
    text.text = span.text
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", properties, text)


def runs(
    spans: Line, marks: Marks, size: float, font: str, *, bold: bool = False, color: str = ""
) -> Iterable[Element]:
    """Return the runs of a line, sourced ones inside their bookmarks."""
    for span in spans:
        made = run(span, size, font, bold=bold, color=color)
        if span.source is None:
            yield made
        else:
            yield from marks.around(span.text, span.source, made)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands; all lengths in points, `leading` exact or none."""

    align: str = "both"
    leading: float | None = None
    indent: float = 0
    first: float = 0
    before: float = 0
    after: float = 0
    keep: bool = False
    rule: str = ""
    """Colour of a rule under it."""


def paragraph(content: Iterable[Element], shape: Shape) -> Element:
    """Return a paragraph of runs."""
    spacing = element("spacing", before=round(shape.before * 20), after=round(shape.after * 20))
    if shape.leading:
        spacing.set(qn("w:line"), str(round(shape.leading * 20)))
        spacing.set(qn("w:lineRule"), "exact")
    properties = element(
        "pPr",
        *([element("keepNext")] if shape.keep else []),
        *([_rule(shape.rule)] if shape.rule else []),
        spacing,
        *_indents(shape.indent, shape.first),
        element("jc", val=shape.align),
    )
    return element("p", properties, *content)


def keep_next(holder: Element) -> None:
    """Let the paragraphs in an element stand on the same page as what follows."""
    for properties in holder.iter(qn("w:pPr")):
        if properties.find(qn("w:keepNext")) is None:
            properties.insert(0, element("keepNext"))


def _indents(indent: float, first: float) -> list[Element]:
    if not indent and not first:
        return []
    return [element("ind", left=round(indent * 20), firstLine=round(first * 20))]


def _rule(color: str) -> Element:
    return element("pBdr", element("bottom", val="single", sz=18, space=4, color=color))


def field(code: str, size: float, font: str) -> list[Element]:
    """Return a field such as PAGE without a stored result."""
    parts = [element("fldChar", fldCharType="begin"), element("instrText")]
    parts[1].text = f" {code} "
    parts.append(element("fldChar", fldCharType="end"))
    made = []
    for part in parts:
        holder = run(Span(""), size, font)
        holder.remove(holder[-1])
        holder.append(part)
        made.append(holder)
    return made
