"""Papers as PDF by typst, with embedded Chinese fonts, and charts as PNG for docx and pages."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from shenguan.base.papers.fonts import fonts
from shenguan.base.papers.look import (
    BODY_FONT,
    FALLBACKS,
    HEADING_FONT,
    NUMBER_FONT,
    RED,
    SECOND_FONT,
    TITLE_FONT,
    TONES,
    Look,
)
from shenguan.base.papers.model import (
    ROOM_CM,
    SHORT_TABLE,
    Block,
    Break,
    Heading,
    Line,
    Paper,
    Paragraph,
    Picture,
    Table,
    plain,
)

TEMPLATE = Path(__file__).with_name("paper.typ")
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 16cm)"""


def write_pdf(paper: Paper, target: Path, look: Look) -> None:
    """Write a paper as PDF; raises `FontsMissingError` where no Chinese font can be embedded."""
    inputs = {"paper": json.dumps(_paper(paper, look), ensure_ascii=False)}
    typst.compile(
        TEMPLATE, output=target, format="pdf", font_paths=fonts(), sys_inputs=inputs, timestamp=0
    )


def pages(paper: Paper, look: Look) -> int:
    """Return how many pages a paper fills."""
    inputs = {"paper": json.dumps(_paper(paper, look), ensure_ascii=False)}
    made = typst.compile(TEMPLATE, format="svg", font_paths=fonts(), sys_inputs=inputs)
    return len(made) if isinstance(made, list) else 1


def png(svg: str, *, ppi: int) -> bytes:
    """Return a chart as PNG, drawn with the product's fonts."""
    made = typst.compile(
        _PICTURE, format="png", ppi=ppi, font_paths=fonts(), sys_inputs={"svg": svg}
    )
    assert isinstance(made, bytes)
    return made


def _paper(paper: Paper, look: Look) -> dict[str, Any]:
    names = {
        "title": TITLE_FONT,
        "body": BODY_FONT,
        "heading": HEADING_FONT,
        "second": SECOND_FONT,
    }
    return {
        "title": [_line(title) for title in paper.title],
        "plain_title": "".join(plain(title) for title in paper.title),
        "masthead": paper.masthead,
        "number": _line(paper.number),
        "issued": _line(paper.issued),
        "mark": paper.mark,
        "sign": [_line(signed) for signed in paper.sign],
        "blocks": [_block(block) for block in paper.blocks],
        "look": asdict(look),
        "fonts": {key: [NUMBER_FONT, name, *FALLBACKS[name]] for key, name in names.items()},
        "tones": TONES,
        "red": RED,
    }


def _line(spans: Line) -> list[dict[str, Any]]:
    return [{"text": span.text, "bold": span.bold, "tone": span.tone} for span in spans]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "line": _line(block.line)}
        case Paragraph():
            return {"kind": "paragraph", "style": block.style, "line": _line(block.line)}
        case Picture():
            return {
                "kind": "picture",
                "svg": block.svg,
                "caption": _line(block.caption),
                "says": block.says,
            }
        case Table():
            return {
                "kind": "table",
                "caption": _line(block.caption),
                "columns": [
                    {"heading": _line(c.heading), "width": c.width, "align": c.align}
                    for c in block.columns
                ],
                "short": len(block.rows) <= SHORT_TABLE,
                "row_cm": ROOM_CM if block.roomy else 0,
                "rows": [[_line(cell) for cell in row] for row in block.rows],
            }
        case Break():
            return {"kind": "break"}
