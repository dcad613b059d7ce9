"""Opens the files in which judgments arrive (html, docx, txt, json, jsonl.xz …) as plain text."""

import io
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import lxml.html
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

SUFFIXES = (".html", ".htm", ".docx", ".txt", ".json", ".jsonl", ".json.xz", ".jsonl.xz", ".txt.xz")
_BLOCKS = frozenset(
    (
        *("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section"),
        *("article", "dd", "dt", "pre", "center", "blockquote"),
    )
)
_UNSEEN = frozenset(("script", "style", "head", "title", "noscript", "template"))
_ENCODINGS = ("utf-8-sig", "gb18030")


class UnreadableFileError(ValueError):
    """A file that can't be opened as text; the message names the file and the reason (Chinese)."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}：{reason}")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file: its id (in a table of lines the line's own) and its text."""

    id: str
    text: str | None
    error: str | None = None


def documents(path: Path) -> Iterator[Document]:
    """Every document of a file, one after the other.

    Raises UnreadableFileError for a missing file, an unknown kind or a broken container; a faulty
    line of a jsonl is a Document without text and with the reason, the rest goes on.
    """
    name = path.name.lower()
    kind = name.removesuffix(".xz").rpartition(".")[2]
    stem = path.name.split(".")[0] if name.endswith(".xz") else path.stem
    data = _bytes(path)
    if kind in ("jsonl", "json"):
        yield from _records(path, decode(path, data), lines=kind == "jsonl")
    elif kind in ("html", "htm"):
        yield Document(stem, html_text(decode_html(path, data)))
    elif kind == "docx":
        yield Document(stem, docx_text(path, data))
    elif kind == "txt":
        yield Document(stem, decode(path, data))
    else:
        raise UnreadableFileError(path, f"不支持的文件类型，可读：{'、'.join(SUFFIXES)}")


def _bytes(path: Path) -> bytes:
    try:
        if path.name.lower().endswith(".xz"):
            with lzma.open(path) as packed:
                return packed.read()
        return path.read_bytes()
    except (OSError, EOFError, lzma.LZMAError) as error:
        reason = "文件不存在" if isinstance(error, FileNotFoundError) else f"无法打开（{error}）"
        raise UnreadableFileError(path, reason) from error


def decode(path: Path, data: bytes) -> str:
    """UTF-8 (with or without mark) or GB18030; UTF-16 where its mark says so."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(path, "既不是 UTF-8 也不是 GB18030 编码")


def decode_html(path: Path, data: bytes) -> str:
    """Like `decode`: pages that declare gb2312 hold GB18030, pages that declare nothing UTF-8."""
    return decode(path, data)


def html_text(page: str) -> str:
    """The visible text, one line a block; offsets of a reading refer to this text."""
    body = page.split("?>", 1)[1] if page.lstrip().startswith("<?xml") and "?>" in page else page
    if not body.strip():
        return ""
    try:
        root = lxml.html.document_fromstring(body)
    except (LxmlError, ValueError):
        return page
    pieces: list[str] = []
    _collect(root, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(root: Any, pieces: list[str]) -> None:
    """Depth first without recursion: pages nest deeper than Python's stack."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        block = node.tag in _BLOCKS
        if leaving:
            pieces.extend(("\n" if block else "", _one_line(node.tail)))
            continue
        stack.append((node, True))
        if not isinstance(node.tag, str) or node.tag in _UNSEEN:
            continue
        pieces.extend(("\n" if block else "", _one_line(node.text)))
        stack.extend((child, False) for child in reversed(node))


def _one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")


def docx_text(path: Path, data: bytes) -> str:
    """Paragraphs and table rows in their order, one a line."""
    try:
        body = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise UnreadableFileError(path, "不是完好的 docx 文件") from error
    except Exception as error:  # zipfile and lxml raise their own kinds on damaged packages
        raise UnreadableFileError(path, f"docx 内容损坏（{type(error).__name__}）") from error
    return "\n".join(_docx_lines(body))


def _docx_lines(body: Any) -> Iterator[str]:
    for block in body.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield " ".join(cell.text for cell in row.cells)


def _records(path: Path, text: str, *, lines: bool) -> Iterator[Document]:
    if not lines:
        whole = _parsed(text)
        if whole is None:
            raise UnreadableFileError(path, "不是完好的 JSON")
        rows = whole if isinstance(whole, list) else [whole]
        yield from (_document(row, f"第{n}条") for n, row in enumerate(rows, 1))
        return
    for n, line in enumerate(io.StringIO(text), 1):
        if line.strip():
            yield _document(_parsed(line), f"第{n}行")


def records_of(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a jsonl(.xz), all their fields; lines that are none are left out."""
    for line in io.StringIO(decode(path, _bytes(path))):
        row = _parsed(line)
        if isinstance(row, dict):
            yield row


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None


def _document(row: Any, place: str) -> Document:
    if isinstance(row, str):
        return Document(place, row)
    if not isinstance(row, dict):
        return Document(place, None, f"{place}：不是 JSON 对象")
    name = str(row.get("id", place))
    text = row.get("text")
    if not isinstance(text, str):
        return Document(name, None, f"{place}：缺少文字字段 text")
    return Document(name, text)
