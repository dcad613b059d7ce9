"""What the program shows on the page of a case: where the search stands; the rest loads after the page."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.programs.similar.casefile import standing_in
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel:
    """Return the panel 类案及关联案件 of a case."""
    standing = standing_in(file.case, file.logged, file.on)
    context = {"case": file.case, "standing": standing, "own": file.own}
    return Panel("类案及关联案件", "similar/panel.html", context)
