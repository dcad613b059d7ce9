"""Reading requests. Whose subject one may see is the program's to say; here it is who they wait for."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.approvals.desk import Desk
from shenguan.base.approvals.models import Barred, Decision, Delegation, Request, Step
from shenguan.base.org.scope import Scope


def addressed(scope: Scope, desk: Desk) -> Q:
    """Return the condition of requests that wait for a seat of the desk or were dealt with from it.

    A step still ahead shows nothing yet: only what has reached the desk is shown to it.
    """
    acted = Decision.objects.filter(step=OuterRef("pk"), person=desk.person)
    here = Q(state__in=(Step.State.CURRENT, Step.State.DONE)) | Q(Exists(acted))
    return Q(pk__in=desk.steps().filter(here).values("request"))


def waiting(scope: Scope, desk: Desk) -> QuerySet[Request]:
    """Return the open requests whose current step waits for the desk, oldest first."""
    steps = desk.steps().filter(state=Step.State.CURRENT)
    found = Request.objects.filter(state=Request.State.OPEN, pk__in=steps.values("request"))
    barred = Barred.objects.filter(request=OuterRef("pk"), person=desk.person)
    return found.exclude(applicant=desk.person).exclude(Exists(barred)).order_by("applied_at", "pk")


def decided(scope: Scope, desk: Desk) -> QuerySet[Request]:
    """Return the requests on which the desk's person has acted from a seat still held."""
    steps = desk.steps().filter(decisions__person=desk.person)
    return Request.objects.filter(pk__in=steps.values("request"))


def made_by(scope: Scope, desk: Desk) -> QuerySet[Request]:
    """Return the requests of the desk's person and of those they serve."""
    return Request.objects.filter(applicant__in={desk.person.pk, *scope.person_ids})


def on_subject(scope: Scope, kind: str, subject: int) -> QuerySet[Request]:
    """Return the requests on one subject, which the caller has found to be in the scope."""
    return Request.objects.filter(kind=kind, subject=subject)


def delegations(scope: Scope, desk: Desk) -> QuerySet[Delegation]:
    """Return the delegations that the desk's person gave or took."""
    given_or_taken = Q(giver=desk.person) | Q(taker=desk.person)
    return Delegation.objects.filter(given_or_taken).select_related("giver", "taker")
