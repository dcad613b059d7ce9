"""Reading a written docx back: which texts carry a source, which digits don't."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from shenguan.base.papers.word import SOURCES_NAMESPACE
from shenguan.base.papers.wordxml import FIRST_ID, MARK

_DIGITS = re.compile(r"[0-9０-９]")
_INTERESTING = (qn("w:t"), qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


@dataclass(frozen=True, slots=True)
class Sourced:
    """A text as it stands in the paper now, as it was written, and where it came from."""

    printed: str
    written: str
    source: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """`sourced` in the order of the paper; `loose`: paragraphs with digits that carry no source."""

    sourced: tuple[Sourced, ...]
    loose: tuple[str, ...]


def read_sources(path: Path) -> Reading:
    """Read a docx; a document without sources has every digit loose."""
    document = docx.Document(str(path))
    sources = _sources(document.part.package.iter_parts())
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    sourced: list[Sourced] = []
    loose: list[str] = []
    for part in parts:
        for paragraph in part.iter(qn("w:p")):
            marked, rest = _split(paragraph)
            sourced += [_sourced(number, text, sources) for number, text in marked]
            loose += [rest] if _DIGITS.search(rest) else []
    return Reading(tuple(sourced), tuple(loose))


def _sources(parts: Iterator[Any]) -> list[dict[str, Any]]:
    for part in parts:
        if part.partname.startswith("/customXml/") and SOURCES_NAMESPACE.encode() in part.blob:
            root = etree.fromstring(part.blob)
            if root.tag == f"{{{SOURCES_NAMESPACE}}}sources":
                found: list[dict[str, Any]] = json.loads(root.text or "[]")
                return found
    return []


def _split(paragraph: Any) -> tuple[list[tuple[int, str]], str]:
    """Return the marked texts with their numbers, and the text outside every mark."""
    marked: dict[int, str] = {}
    rest: list[str] = []
    current = 0
    for node in paragraph.iter(*_INTERESTING):
        if node.tag == qn("w:bookmarkStart") and node.get(qn("w:name"), "").startswith(MARK):
            current = int(node.get(qn("w:name")).removeprefix(MARK))
            marked[current] = ""
        elif node.tag == qn("w:bookmarkEnd") and node.get(qn("w:id")) == str(FIRST_ID + current):
            current = 0
        elif node.tag == qn("w:t"):
            if current:
                marked[current] += node.text or ""
            else:
                rest.append(node.text or "")
    return list(marked.items()), "".join(rest)


def _sourced(number: int, text: str, sources: list[dict[str, Any]]) -> Sourced:
    if number > len(sources):
        return Sourced(text, "", {})
    found = sources[number - 1]
    return Sourced(text, found["text"], found["source"])
