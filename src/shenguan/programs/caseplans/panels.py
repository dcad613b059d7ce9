"""What the program shows on the page of a case: its ledger entries."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.spine.cases.models import Case
from shenguan.spine.warnings.selectors import plans


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 一案一策 of a case, None for one without entries."""
    found = list(plans(scope).filter(case=case))
    return (
        Panel("一案一策", "caseplans/panel.html", {"plans": found, "today": on}) if found else None
    )
