"""What the program shows on the page of a case."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.programs.appeals import selectors
from shenguan.programs.appeals.models import Consultation, Feedback
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel 发改反馈: what the case changed or how it was changed; 判中咨询 for its bench."""
    case, scope = file.case, file.scope
    found = list(selectors.of_case(scope, case.pk)) if file.may_hold(Feedback) else []
    asked = (
        list(selectors.consultations(scope).filter(case=case))
        if file.may_hold(Consultation)
        else []
    )
    may_consult = case.closed_on is None and file.is_of_bench
    if not found and not asked and not may_consult:
        return None
    context = {
        "case": case,
        "found": found,
        "asked": asked,
        "may_consult": may_consult,
        "today": file.on,
    }
    return Panel("发改反馈与咨询", "appeals/panel.html", context)
