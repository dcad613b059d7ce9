"""Who may make, read and sign which report; applied in the query."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from shenguan.base.accounts.access import Access
from shenguan.base.org.models import Court
from shenguan.programs.reports.kinds import LETTER, MONTHLY, PACK, QUARTERLY, WEEKLY
from shenguan.programs.reports.models import Report

MAKES, SIGNS, SETS = "催办", frozenset({"签发报告", "设置"}), "设置"
_CIRCULATED = (MONTHLY, QUARTERLY)
_STATES = Report.State


def own_court(access: Access) -> Court:
    """Return the court of whoever asks."""
    return access.account.person.court


def makes(access: Access) -> bool:
    """Whether the person makes reports of the own court: 审管办."""
    return MAKES in access.acts and own_court(access).pk in (access.scope.court_ids or ())


def signs(access: Access) -> bool:
    """Whether the person publishes: 院长, 审管办主任."""
    return not access.acts.isdisjoint(SIGNS)


def sets(access: Access) -> bool:
    """Whether the person sets 文号 rule, templates and permits."""
    return SETS in access.acts


def reads(access: Access) -> bool:
    """Whether there is anything to read for the person: no litigant, no administrator."""
    scope = access.scope
    return bool(scope.court_ids or scope.unit_ids or scope.person_ids or scope.figure_court_ids)


def reports(access: Access) -> QuerySet[Report]:
    """Return the reports a person may open.

    The desk of a court sees all of its own; the court's people what was circulated; chiefs also the packs
    and the weekly sheets of their units; whoever sees a court's figures its published reports.
    """
    scope, court = access.scope, own_court(access)
    published = Q(state=_STATES.PUBLISHED)
    shown = Q(pk__in=())
    if makes(access) or signs(access):
        shown |= Q(court=court) if makes(access) else Q(court=court) & ~Q(kind=WEEKLY)
        shown |= published & Q(kind=LETTER, to_court=court)
    if reads(access):
        shown |= published & Q(court=court, kind__in=_CIRCULATED)
    if scope.unit_ids:
        shown |= published & Q(court=court, kind=PACK)
        shown |= published & Q(kind=WEEKLY, unit__in=scope.unit_ids)
    seen = (scope.court_ids or frozenset()) | scope.figure_court_ids
    shown |= published & Q(court__in=seen, kind__in=(*_CIRCULATED, PACK))
    rows = Report.objects.filter(shown).defer("paper", "annex", "sheets", "behind")
    return rows.select_related("court", "unit", "to_court", "asked_by", "published_by")


def lists_cases(access: Access, report: Report) -> bool:
    """Whether the annex, which lists cases, is for the person: whoever may list all cases of the court."""
    if report.kind == WEEKLY:
        return makes(access) or report.unit_id in access.scope.unit_ids
    about = report.to_court_id if report.kind == LETTER else report.court_id
    return about in (access.scope.court_ids or ())
