"""What the program shows on the page of a case, to those who may read its inner record."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.meetings import selectors
from shenguan.programs.meetings.services import body_of
from shenguan.spine.cases.models import Case


def case_panel(scope: Scope, case: Case, _on: date) -> Panel | None:
    """Return the panel of the meetings on a case, None where none is shown."""
    found = [
        (matter, body_of(matter.meeting))
        for matter in selectors.matters(scope).filter(case=case).order_by("pk")
    ]
    return Panel("会议讨论", "meetings/panel.html", {"found": found}) if found else None
