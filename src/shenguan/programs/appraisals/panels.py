"""What the program shows on the page of a case."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.programs.appraisals import selectors, services
from shenguan.programs.appraisals.models import Appraisal
from shenguan.rulebook import load
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel 司法技术: the case's appraisals, and opening one."""
    book, case = load().appeals, file.case
    held = selectors.appraisals(file.scope).filter(case=case) if file.may_hold(Appraisal) else ()
    found = [(one, book.name("matters", one.matter)) for one in held]
    may_open = services.may_write(file.acts, file.scope, case)
    if not found and not may_open:
        return None
    context = {
        "case": case, "found": found, "may_open": may_open,
        "matters": book.lists["matters"].values(),
    }  # fmt: skip
    return Panel("司法技术", "appraisals/panel.html", context)
