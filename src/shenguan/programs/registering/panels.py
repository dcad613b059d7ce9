"""What the program shows on the page of a case."""

from __future__ import annotations

from shenguan.base.ui.panel import Panel
from shenguan.programs.registering.offering import ACTS, forms_for
from shenguan.spine.cases.casefile import CaseFile

USUAL = ("送达", "电子送达", "排期", "开庭", "送达未果", "宣判", "报结", "归档", "回避决定", "信访")


def case_panel(file: CaseFile) -> Panel | None:
    """Return the panel 登记 of a case for whoever may record events on it; None for others."""
    if file.acts.isdisjoint(ACTS):
        return None
    offers = [
        one
        for group in forms_for(file.acts, file.case.case_class, file.read_only).values()
        for one in group
    ]
    on_now = [one.form for one in offers if not one.off]
    usual = [form for form in on_now if form.event in USUAL]
    context = {
        "case": file.case,
        "usual": usual,
        "read_only": file.read_only,
        "off": len(offers) - len(on_now),
    }
    return Panel("登记", "registering/panel.html", context)
