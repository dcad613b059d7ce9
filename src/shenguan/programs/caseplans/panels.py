"""What the program shows on the page of a case: its ledger entries."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.warnings.models import Plan
from shenguan.spine.warnings.selectors import plans


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel 一案一策 of a case, None for one without entries."""
    found = list(plans(file.scope).filter(case=file.case)) if file.may_hold(Plan) else []
    context = {"plans": found, "today": file.on}
    return Panel("一案一策", "caseplans/panel.html", context) if found else None
