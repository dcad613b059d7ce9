"""What the program shows on the page of a case."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.programs.assignment.reach import ACT, reach_of
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel 分案 for whoever may assign the case; None for others."""
    case, reader = file.case, file.reader
    if case.closed_on or reader is None or ACT not in file.acts or file.read_only:
        return None
    if reader.court_id != case.court_id or reach_of(reader, file.scope, file.on) is None:
        return None
    return Panel("分案", "assignment/panel.html", {"case": case})
