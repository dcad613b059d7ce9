"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.casereview import selectors
from shenguan.spine.cases.models import Case


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 案件评查 of a case under review, None where there is none to see."""
    found = list(selectors.items(scope, on).filter(case=case))
    return Panel("案件评查", "casereview/panel.html", {"items": found}) if found else None
