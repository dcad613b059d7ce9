"""What the program shows on the page of a case, to those who may read its inner record."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.programs.meetings import selectors
from shenguan.programs.meetings.models import Matter
from shenguan.programs.meetings.services import body_of
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel of the meetings on a case, None where none is shown."""
    if not file.may_hold(Matter):
        return None
    found = [
        (matter, body_of(matter.meeting))
        for matter in selectors.matters(file.scope).filter(case=file.case).order_by("pk")
    ]
    return Panel("会议讨论", "meetings/panel.html", {"found": found}) if found else None
