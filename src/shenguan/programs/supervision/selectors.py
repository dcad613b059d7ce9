"""Reading 阅核 and 四类案件 within a scope.

That a document was read is shown to whoever sees the case; what was said belongs to the inner record and
is shown to the bench, to named leaders and to whom the reading has reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.approvals import selectors as kit
from shenguan.base.approvals.desk import Desk
from shenguan.base.approvals.models import Request
from shenguan.base.org.scope import Scope
from shenguan.programs.supervision.models import Act, Mark, Review
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import inner_cases, visible_cases

PROPOSED, CONFIRMED = Mark.State.PROPOSED, Mark.State.CONFIRMED


def reviews(scope: Scope, desk: Desk) -> QuerySet[Review]:
    """Return the readings whose happening is shown: of visible cases, and what reached the desk."""
    seen = Q(Exists(visible_cases(scope).filter(pk=OuterRef("case"))))
    found = Review.objects.filter(seen | _reached(scope, desk)).order_by("-pk")
    return found.select_related("request__unit", "request__applicant", "request__court", "case")


def on_cases(scope: Scope) -> QuerySet[Review]:
    """Return the readings of visible cases."""
    return Review.objects.filter(Exists(visible_cases(scope).filter(pk=OuterRef("case"))))


def inner_reviews(scope: Scope, desk: Desk) -> QuerySet[Review]:
    """Return the readings whose content is shown."""
    inner = Q(Exists(inner_cases(scope).filter(pk=OuterRef("case"))))
    return reviews(scope, desk).filter(inner | _reached(scope, desk))


def waiting(scope: Scope, desk: Desk) -> QuerySet[Review]:
    """Return the readings that wait for the desk, oldest first."""
    ids = kit.waiting(scope, desk).filter(kind="review").values("pk")
    return reviews(scope, desk).filter(request__in=ids).order_by("request__applied_at", "pk")


def read_by(scope: Scope, desk: Desk) -> QuerySet[Review]:
    """Return the readings on which the desk's person has given an opinion."""
    ids = kit.decided(scope, desk).filter(kind="review").values("pk")
    return reviews(scope, desk).filter(request__in=ids)


def shown_inner(scope: Scope, case_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the cases whose inner record the scope shows."""
    found = inner_cases(scope).filter(pk__in=list(case_ids)).order_by()
    return frozenset(found.values_list("pk", flat=True))


def own(scope: Scope, desk: Desk) -> QuerySet[Review]:
    """Return the readings that the person asked for or must sign, what waits for them first."""
    bench = Q(case__undertaker=desk.person) | Q(case__seats__person=desk.person)
    found = reviews(scope, desk).filter(bench | Q(request__applicant=desk.person))
    return found.distinct().order_by("-request__applied_at", "-pk")


def of_case(scope: Scope, case_id: int) -> QuerySet[Review]:
    """Return the readings of a case; none for a case that the scope doesn't show."""
    shown = Exists(visible_cases(scope).filter(pk=OuterRef("case")))
    found = Review.objects.filter(shown, case=case_id)
    return found.select_related("request__applicant").order_by("-pk")


def marks(scope: Scope) -> QuerySet[Mark]:
    """Return the marks of visible cases, newest first."""
    shown = Exists(visible_cases(scope).filter(pk=OuterRef("case")))
    related = ("case__court", "case__division", "case__team", "case__undertaker")
    found = Mark.objects.filter(shown).select_related(*related, "decided_by", "made_by")
    return found.order_by("-made_on", "-pk")


def unconfirmed(scope: Scope) -> QuerySet[Mark]:
    """Return 应标未标: what the criteria or a person found and nobody has decided, oldest first."""
    return marks(scope).filter(state=PROPOSED).order_by("made_on", "pk")


def unsupervised(scope: Scope) -> QuerySet[Mark]:
    """Return marked cases without any measure, closed ones too, oldest first."""
    none = ~Exists(Act.objects.filter(mark=OuterRef("pk")))
    return marks(scope).filter(none, state=CONFIRMED).order_by("decided_on", "pk")


def supervised_now(scope: Scope) -> QuerySet[Mark]:
    """Return the confirmed marks of pending cases."""
    return marks(scope).filter(state=CONFIRMED, case__closed_on=None)


def mark_of_case(scope: Scope, case_id: int) -> QuerySet[Mark]:
    """Return the marks of one case, the open one first."""
    return marks(scope).filter(case=case_id).prefetch_related("acts")


def unread(scope: Scope, since: date) -> QuerySet[Case]:
    """Return cases of the four kinds, closed since a day, of which no document was read: 应阅未阅."""
    marked = Exists(Mark.objects.filter(case=OuterRef("pk"), state=CONFIRMED))
    done = Review.objects.filter(case=OuterRef("pk"), request__state=Request.State.APPROVED)
    found = visible_cases(scope).filter(marked, closed_on__gte=since).exclude(Exists(done))
    recorded = Exists(_read_events().filter(case=OuterRef("pk")))
    return found.exclude(recorded).select_related("court", "division").order_by("closed_on", "pk")


def _read_events() -> QuerySet[Event]:
    return Event.objects.filter(LANDED, kind="阅核", voided_by=None)


def _reached(scope: Scope, desk: Desk) -> Q:
    """Return the condition of readings that have reached the desk, within the clearance."""
    cleared = Exists(Case.objects.filter(confidentiality__lte=scope.clearance, pk=OuterRef("case")))
    requests = Request.objects.filter(kit.addressed(scope, desk), kind="review")
    return Q(cleared) & Q(request__in=requests.values("pk"))
