"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment
from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.registering.modes import is_read_only
from shenguan.programs.registering.offering import ACTS, forms_for
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case

USUAL = ("送达", "电子送达", "排期", "开庭", "送达未果", "宣判", "报结", "归档", "回避决定", "信访")


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 登记 of a case for whoever may record events on it; None for others."""
    acts = _acts(scope, on)
    if acts.isdisjoint(ACTS):
        return None
    read_only = is_read_only(case.court_id, on)
    offers = [
        one for group in forms_for(acts, case.case_class, read_only).values() for one in group
    ]
    on_now = [one.form for one in offers if not one.off]
    usual = [form for form in on_now if form.event in USUAL]
    context = {
        "case": case,
        "usual": usual,
        "read_only": read_only,
        "off": len(offers) - len(on_now),
    }
    return Panel("登记", "registering/panel.html", context)


def _acts(scope: Scope, on: date) -> frozenset[str]:
    """Return what the posts of the person behind a scope let them do."""
    posts = Appointment.objects.filter(in_force(on), person__in=scope.person_ids)
    mine = posts.filter(person__name=scope.actor).values_list("post", flat=True)
    table = load().posts
    return frozenset(act for post in set(mine) for act in table[post].does)
