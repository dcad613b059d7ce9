"""What the program shows on the page of a case: measures against defendants, seals on property."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.spine.cases.models import Case
from shenguan.spine.warnings.measuring import measures_of


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 强制措施与保全 of a case; none where neither was ever taken."""
    measures = measures_of(scope, case, on)
    if not measures:
        return None
    return Panel("强制措施与保全", "attention/panel.html", {"measures": measures})
