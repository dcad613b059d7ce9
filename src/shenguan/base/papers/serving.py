"""Answers that hand out a file: lists as xlsx, papers as docx or PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from shenguan.base.papers.look import Look
from shenguan.base.papers.model import Paper
from shenguan.base.papers.pdf import write_pdf
from shenguan.base.papers.sheets import Sheet, write_xlsx
from shenguan.base.papers.word import write_docx

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def xlsx_answer(sheets: Sequence[Sheet], name: str, *, mark: str = "") -> HttpResponse:
    """Return the sheets as a download called `name`.xlsx; `mark` says who may have it."""
    return _answer(lambda target: write_xlsx(sheets, target, mark=mark), name, "xlsx")


def paper_answer(paper: Paper, look: Look, name: str, layout: str) -> HttpResponse:
    """Return a paper as a download, `layout` docx or pdf."""
    write = write_pdf if layout == "pdf" else write_docx
    return _answer(lambda target: write(paper, target, look), name, layout)


def attachment(name: str, data: bytes) -> HttpResponse:
    """Return a file as a download and nothing else: a browser never opens it in place."""
    answer = HttpResponse(data, content_type="application/octet-stream")
    header = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = header or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _answer(write: Callable[[Path], None], name: str, layout: str) -> HttpResponse:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"made.{layout}"
        write(target)
        answer = HttpResponse(target.read_bytes(), content_type=TYPES[layout])
    called = quote(f"{name}.{layout}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{called}"
    return answer
