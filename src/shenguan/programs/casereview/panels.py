"""What the program shows on the page of a case."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.programs.casereview import selectors
from shenguan.programs.casereview.models import Item
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel 案件评查 of a case under review, None where there is none to see."""
    if not file.may_hold(Item):
        return None
    found = list(selectors.items(file.scope, file.on).filter(case=file.case))
    return Panel("案件评查", "casereview/panel.html", {"items": found}) if found else None
