"""Who sees which plans, cases under review and issues.

Whoever sees the whole court sees all of its reviews. A reviewer sees the sheets given to them, the committee
what is put to it, the judge and the judge's division a review once the judge is asked: not before, and never by whom.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Q, QuerySet, When

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment
from shenguan.base.org.scope import Scope
from shenguan.programs.casereview.models import Issue, Item, Plan, Sheet
from shenguan.rulebook import load

ASKED = (Item.State.REPLY, Item.State.DECISION, Item.State.DECIDED)


def plans(scope: Scope) -> QuerySet[Plan]:
    """Return the plans of the courts that the scope shows as a whole, the newest first."""
    found = Plan.objects.select_related("court", "made_by").order_by("-pk")
    return found if scope.court_ids is None else found.filter(court__in=scope.court_ids)


def oversees(scope: Scope, court_id: int) -> bool:
    """Tell whether a scope shows a court's reviews as a whole, reviewers' names with them."""
    return scope.court_ids is None or court_id in scope.court_ids


def items(scope: Scope, on: date) -> QuerySet[Item]:
    """Return the cases under review that someone may open."""
    found = Item.objects.select_related(
        "plan__court", "case__court", "case__division", "case__team", "judge"
    ).order_by("plan_id", "case__number_key", "pk")
    if scope.court_ids is None:
        return found
    own = Q(pk__in=sheets(scope).order_by().values("item"))
    own |= Q(judge__in=scope.person_ids, state__in=ASKED)
    seen = Q(plan__court__in=scope.court_ids) | Q(
        case__division__in=scope.unit_ids, state__in=ASKED
    )
    seen |= Q(plan__court__in=committee_courts(scope, on), state__in=ASKED)
    return found.filter(own | (seen & Q(case__confidentiality__lte=scope.clearance)))


def committee_courts(scope: Scope, on: date) -> list[int]:
    """Return the courts on whose review committee someone sits."""
    if not scope.self_id:
        return []
    posts = load().casereview.lists["committee"]
    held = Appointment.objects.filter(in_force(on), person=scope.self_id, post__in=posts)
    return list(held.values_list("court", flat=True))


def sheets(scope: Scope) -> QuerySet[Sheet]:
    """Return the sheets given to someone in person."""
    found = Sheet.objects.filter(reviewer=scope.self_id or 0, replaced="")
    return found.select_related("item__case", "item__plan")


def issues(scope: Scope, on: date) -> QuerySet[Issue]:
    """Return the issue list as far as someone may see the cases, open ones first; a reviewer needs none."""
    mine = items(scope, on)
    if scope.court_ids is not None:
        mine = mine.exclude(pk__in=sheets(scope).order_by().values("item"))
    found = Issue.objects.filter(item__in=mine.order_by().values("pk"))
    ended = When(state=Issue.State.DONE, then=1)
    open_first = (Case(ended, default=0), "due_on", "pk")
    return found.select_related("item__case__division", "item__plan", "item__judge").order_by(
        *open_first
    )
