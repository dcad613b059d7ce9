"""What the program shows on the page of a case: measures against defendants, seals on property."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.warnings.measuring import measures_in


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel 强制措施与保全 of a case; none where neither was ever taken."""
    measures = measures_in(file)
    if not measures:
        return None
    return Panel("强制措施与保全", "attention/panel.html", {"measures": measures})
