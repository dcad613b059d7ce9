"""Which programs put a panel on the page of a case, in their order: composition only."""

from __future__ import annotations

from collections.abc import Callable

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from shenguan.base.ui.panel import Panel
from shenguan.programs.appeals.panels import case_panel as appeals
from shenguan.programs.appraisals.panels import case_panel as appraisals
from shenguan.programs.assignment.panels import case_panel as assignment
from shenguan.programs.attention.panels import case_panel as attention
from shenguan.programs.caseplans.panels import case_panel as caseplans
from shenguan.programs.casereview.panels import case_panel as casereview
from shenguan.programs.meetings.panels import case_panel as meetings
from shenguan.programs.registering.panels import case_panel as registering
from shenguan.programs.similar.panels import case_panel as similar
from shenguan.programs.supervision.panels import case_panel as supervision
from shenguan.programs.timechanges.panels import case_panel as time_changes
from shenguan.spine.cases.casefile import CaseFile

CASE_PANELS: tuple[Callable[[CaseFile], Panel | None], ...] = (
    registering,
    attention,
    caseplans,
    assignment,
    time_changes,
    supervision,
    meetings,
    appeals,
    appraisals,
    casereview,
    similar,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def case_panels(context: RequestContext, file: CaseFile) -> list[dict[str, str | SafeString]]:
    """Return the panels of an open file as (title, drawn body), within the scope of its reader."""
    panels = (offer(file) for offer in CASE_PANELS)
    return [
        {
            "title": panel.title,
            "body": render_to_string(panel.template, dict(panel.context), context["request"]),
        }
        for panel in panels
        if panel is not None
    ]
