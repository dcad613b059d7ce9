"""A report as files: Word in the court's own template, PDF, slides, tables; the annex apart."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shenguan.base.org.models import Court
from shenguan.base.papers import wordtemplate
from shenguan.base.papers.deck import deck_of
from shenguan.base.papers.look import SHEET, Look
from shenguan.base.papers.model import Paper, Table, plain
from shenguan.base.papers.pdf import write_pdf
from shenguan.base.papers.sheets import Sheet, write_xlsx
from shenguan.base.papers.slides import write_pptx
from shenguan.base.papers.stored import paper_from_json, sheets_from_json
from shenguan.base.papers.word import write_docx
from shenguan.programs.reports.editing import final
from shenguan.programs.reports.kinds import KINDS, WEEKLY
from shenguan.programs.reports.models import Report, WordTemplate

NOT_ON_SLIDES = ("口径", "数据质量")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a report: its button, the end of its file name, whether it lists cases."""

    name: str
    suffix: str
    write: Callable[[Report, Path], None]
    lists_cases: bool = False


def forms_of(report: Report) -> dict[str, Form]:
    """Return the forms a report comes in."""
    found = {"docx": FORMS["docx"], "pdf": FORMS["pdf"]}
    if KINDS[report.kind].slides:
        found |= {"pptx": FORMS["pptx"], "tables": FORMS["tables"]}
    if report.kind == WEEKLY:
        return found | {"lists": FORMS["lists"]}
    return found | {
        "annex": FORMS["annex"],
        "annex_pdf": FORMS["annex_pdf"],
        "lists": FORMS["lists"],
    }


def file_of(report: Report, form: str) -> tuple[str, bytes]:
    """Return name and content of a form: of a published report the file as it was sent out."""
    found = FORMS[form]
    name = f"{report.title}{found.suffix}".replace("/", "、")
    kept = report.files.filter(form=form).first()
    if kept:
        return kept.name, bytes(kept.data)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"paper{Path(found.suffix).suffix}"
        found.write(report, target)
        return name, target.read_bytes()


def template_of(report: Report) -> WordTemplate | None:
    """Return the court's template in force for the kind, else for all kinds; None: our own look."""
    if report.template_id or report.kind == WEEKLY:
        return report.template
    return template_for(report.court, report.kind)


def template_for(court: Court, kind: str) -> WordTemplate | None:
    """Return a court's template in force for a kind, else for all kinds; None: our own look."""
    held = WordTemplate.objects.filter(court=court, retired_at=None)
    return held.filter(kind=kind).first() or held.filter(kind="").first()


def write_word(
    paper: Paper, target: Path, look: Look, court: Court, template: WordTemplate | None
) -> None:
    """Write a paper as docx in a court's template, in our own look without one."""
    if template is None:
        write_docx(paper, target, look)
        return
    issuer = f"{court.name}审判管理办公室"
    wordtemplate.write(bytes(template.data), paper, target, look, issuer=issuer)


def _docx(report: Report, target: Path) -> None:
    look = KINDS[report.kind].look
    write_word(final(report), target, look, report.court, template_of(report))


def _pdf(report: Report, target: Path) -> None:
    write_pdf(final(report), target, KINDS[report.kind].look)


def _pptx(report: Report, target: Path) -> None:
    circulation = report.options.get("circulation") or "内部使用"
    write_pptx(deck_of(final(report), skip=NOT_ON_SLIDES, mark=circulation), target)


def _tables(report: Report, target: Path) -> None:
    write_xlsx(table_sheets(final(report)), target, mark=report.title)


def table_sheets(paper: Paper) -> list[Sheet]:
    """Return the tables of a paper, a sheet each, as printed."""
    made = []
    for number, block in enumerate((b for b in paper.blocks if isinstance(b, Table)), 1):
        name = plain(block.caption).removeprefix("表：") or f"表{number}"
        columns = tuple((plain(column.heading), column.width * 9) for column in block.columns)
        made.append(Sheet(name, columns, [[plain(cell) for cell in row] for row in block.rows]))
    return made


def _annex(report: Report, target: Path) -> None:
    write_docx(paper_from_json(report.annex or {}), target, SHEET)


def _annex_pdf(report: Report, target: Path) -> None:
    write_pdf(paper_from_json(report.annex or {}), target, SHEET)


def _lists(report: Report, target: Path) -> None:
    mark = f"{report.options.get('circulation') or '内部使用'}　注意保管"
    write_xlsx(sheets_from_json(report.sheets or []), target, mark=mark)


FORMS: Mapping[str, Form] = {
    "docx": Form("Word", ".docx", _docx),
    "pdf": Form("PDF", ".pdf", _pdf),
    "pptx": Form("幻灯片", ".pptx", _pptx),
    "tables": Form("表格", "-表格.xlsx", _tables),
    "annex": Form("附件 Word", "-附件.docx", _annex, lists_cases=True),
    "annex_pdf": Form("附件 PDF", "-附件.pdf", _annex_pdf, lists_cases=True),
    "lists": Form("附件清单", "-附件.xlsx", _lists, lists_cases=True),
}
