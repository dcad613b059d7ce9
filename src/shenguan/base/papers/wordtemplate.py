"""A court's own Word template: its frame, our text. What it may hold is a closed list of placeholders.

A template is a plain .docx with `{{ 正文 }}` alone in a paragraph and any of the other placeholders
anywhere, also in header and footer. Statements, macros and outside links are refused: a template is data.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from shenguan.base.papers.look import Look
from shenguan.base.papers.model import Line, Paper, Span
from shenguan.base.papers.word import Writer, finish
from shenguan.base.papers.wordxml import Element, element

BODY = "正文"
PLACEHOLDERS: Mapping[str, str] = {
    "标题": "报告标题，可以是两行",
    "文号": "文号，未取号时为空",
    "发文机关": "印发机关，如某某人民法院审判管理办公室",
    "印发日期": "印发机关和日期一行",
    BODY: "报告全文（须单独成段）",
    "落款": "落款单位和日期",
    "分送范围": "分送、密级提示，没有时为空",
}
MOST_BYTES, MOST_UNPACKED = 5 * 1024 * 1024, 60 * 1024 * 1024
_OPEN, _CLOSE = "\ue000", "\ue001"
_SENTINEL = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]+){_CLOSE}")
_SHOWN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{[%#].*?[%#]\}|\{%|\{#", re.DOTALL)
_LINK = "/hyperlink"


class TemplateError(ValueError):
    """A template that can't be used; the message says what is wrong and where (Chinese)."""


def check(data: bytes) -> None:
    """Raise `TemplateError` for anything but a plain docx with known placeholders."""
    _check_package(data)
    document = docx.Document(io.BytesIO(data))
    found: list[str] = []
    for text in _texts(document):
        found += _placeholders(text)
        if BODY in [name.strip() for name in _SHOWN.findall(text)] and _SHOWN.sub("", text).strip():
            raise TemplateError(f"占位符 {{{{ {BODY} }}}} 须单独成段，现与“{_near(text)}”在同一段")
    if BODY not in found:
        raise TemplateError(f"模板中没有占位符 {{{{ {BODY} }}}}，报告全文无处填写")
    if found.count(BODY) > 1:
        raise TemplateError(f"占位符 {{{{ {BODY} }}}} 只能出现一次")


def _check_package(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise TemplateError("模板文件超过5MB")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise TemplateError("不是 Word 文档（.docx）；旧的 .doc 请在 Word 中另存为 .docx") from None
    names = package.namelist()
    if "word/document.xml" not in names:
        raise TemplateError("不是 Word 文档（.docx）：文件中没有正文")
    if any("vbaProject" in name for name in names):
        raise TemplateError("模板中有宏，请另存为不带宏的 .docx")
    if sum(info.file_size for info in package.infolist()) > MOST_UNPACKED:
        raise TemplateError("模板展开后超过60MB")
    for name in (name for name in names if name.endswith(".rels")):
        for relation in re.findall(rb"<Relationship[^>]*>", package.read(name)):
            if b'TargetMode="External"' in relation and _LINK.encode() not in relation:
                raise TemplateError("模板引用了外部文件（链接的图片或模板），请改为嵌入")


def _placeholders(text: str) -> list[str]:
    """Return the placeholders of a paragraph; raises `TemplateError` for what isn't one."""
    statement = _STATEMENT.search(text)
    if statement:
        raise TemplateError(f"模板只能用占位符，不能用语句“{statement.group()}”")
    rest = _SHOWN.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise TemplateError(f"有一处“{{{{”“}}}}”不成对，附近文字：“{_near(text)}”")
    names = [name.strip() for name in _SHOWN.findall(text)]
    for name in names:
        if name not in PLACEHOLDERS:
            known = "、".join(PLACEHOLDERS)
            raise TemplateError(f"不认识的占位符“{name}”（“{_near(text)}”），可用：{known}")
    return names


def _near(text: str) -> str:
    short = text.strip()
    return f"{short[:30]}…" if len(short) > 30 else short


def _parts(document: Document) -> Iterator[Element]:
    yield document.element.body
    for section in document.sections:
        for name in ("header", "footer", "first_page_header", "first_page_footer"):
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                yield part._element


def _texts(document: Document) -> Iterator[str]:
    for part in _parts(document):
        for paragraph in part.iter(qn("w:p")):
            yield "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def write(template: bytes, paper: Paper, target: Path, look: Look, *, issuer: str = "") -> None:
    """Write a paper into a court's template; raises `TemplateError` where the template can't be used."""
    check(template)
    framed = DocxTemplate(io.BytesIO(template))
    sentinels = {name: f"{_OPEN}{name}{_CLOSE}" for name in PLACEHOLDERS}
    framed.render(sentinels, jinja_env=SandboxedEnvironment(), autoescape=True)
    filled = io.BytesIO()
    framed.save(filled)
    document = docx.Document(io.BytesIO(filled.getvalue()))
    writer = Writer(document, _fitting(document, look))
    for part in list(_parts(document)):
        _Filling(writer, _values(paper, issuer)).fill(part, paper)
    finish(document, writer)
    document.save(str(target))


def _values(paper: Paper, issuer: str) -> dict[str, tuple[Line, ...]]:
    return {
        "标题": paper.title,
        "文号": (paper.number,),
        "发文机关": ((Span(issuer),),) if issuer else ((),),
        "印发日期": (paper.issued,),
        "落款": paper.sign,
        "分送范围": ((Span(paper.mark),),) if paper.mark else ((),),
    }


def _fitting(document: Document, look: Look) -> Look:
    """The look with the template's own margins, so that tables fit its text."""
    section = document.sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    if any(side is None for side in sides):
        return look
    top, right, bottom, left = (round(side.cm, 2) for side in sides if side is not None)
    fitting = replace(look, margins=(top, right, bottom, left))
    return replace(fitting, chart_cm=min(look.chart_cm, fitting.text_cm))


@dataclass(frozen=True, slots=True)
class _Filling:
    writer: Writer
    values: Mapping[str, tuple[Line, ...]]

    def fill(self, part: Element, paper: Paper) -> None:
        """Put values where the sentinels stand, keeping the template's own letters."""
        for paragraph in list(part.iter(qn("w:p"))):
            text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
            if f"{_OPEN}{BODY}{_CLOSE}" in text:
                self._body(paragraph, paper)
            elif _OPEN in text:
                for run in list(paragraph.iter(qn("w:r"))):
                    self._run(run)

    def _body(self, paragraph: Element, paper: Paper) -> None:
        self.writer.end = paragraph
        for block in paper.blocks:
            self.writer.add(block)
        paragraph.getparent().remove(paragraph)

    def _run(self, run: Element) -> None:
        text = "".join(node.text or "" for node in run.iter(qn("w:t")))
        if _OPEN not in text:
            return
        for piece, is_name in _pieces(text):
            made = self._lines(run, self.values[piece]) if is_name else [_like(run, piece)]
            for one in made:
                run.addprevious(one)
        run.getparent().remove(run)

    def _lines(self, run: Element, lines: tuple[Line, ...]) -> Iterator[Element]:
        for at, line in enumerate(lines):
            if at:
                yield _broken(run)
            for span in line:
                made = _like(run, span.text)
                if span.source is None:
                    yield made
                else:
                    yield from self.writer.marks.around(span.text, span.source, made)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in _SENTINEL.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match.group(1), True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def _like(run: Element, text: str) -> Element:
    """Return a run with the same properties and another text."""
    made = element("r")
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        made.append(deepcopy(properties))
    holder = element("t")
    holder.text = text
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(holder)
    return made


def _broken(run: Element) -> Element:
    made = _like(run, "")
    made.replace(made[-1], element("br"))
    return made


def sample() -> bytes:
    """Return a template to begin with: every placeholder once, in the look of a red-headed paper."""
    document = docx.Document()
    centred = ("{{ 分送范围 }}", "{{ 发文机关 }}文件", "{{ 文号 }}", "{{ 标题 }}")
    for text in (*centred, "{{ 正文 }}", "{{ 落款 }}"):
        paragraph = document.add_paragraph(text)
        if text in centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.sections[0].footer.paragraphs[0].text = "{{ 印发日期 }}"
    kept: Any = io.BytesIO()
    document.save(kept)
    data: bytes = kept.getvalue()
    return data
