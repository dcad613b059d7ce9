"""Reading warnings, notices and 督办单 within a scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.inbox.models import Digest, Notice, Order, Transition, Watch
from shenguan.base.org.scope import Scope


def watches(scope: Scope) -> QuerySet[Watch]:
    """Return the warnings of courts, units and own matters that the scope shows, ended ones too."""
    return Watch.objects.filter(_shown(scope))


def standing(scope: Scope) -> QuerySet[Watch]:
    """Return the warnings that stand."""
    return watches(scope).exclude(level="").select_related("court", "unit", "owner")


def transitions(scope: Scope, since: date, until: date) -> QuerySet[Transition]:
    """Return the changes of level of days in `[since, until)`, in order."""
    rows = Transition.objects.filter(watch__in=watches(scope), on__gte=since, on__lt=until)
    return rows.select_related("watch").order_by("on", "pk")


def orders(scope: Scope) -> QuerySet[Order]:
    """Return the 督办单 on what the scope shows, and those the actor owns."""
    shown = Q(Exists(watches(scope).filter(pk=OuterRef("watch")))) | Q(owner__in=scope.person_ids)
    return Order.objects.filter(shown).select_related("court", "owner", "watch")


def notices(scope: Scope) -> QuerySet[Notice]:
    """Return the actor's own notices that still stand, newest first; of the installation for the system."""
    rows = Notice.objects.filter(dropped=False).exclude(transition__watch__level="")
    if scope.court_ids is not None:
        rows = rows.filter(person__in=scope.person_ids)
    return rows.select_related("transition__watch", "person").order_by("-pk")


def digests(scope: Scope, on: date) -> QuerySet[Digest]:
    """Return the actor's own digest of a day; all of them for the system."""
    rows = Digest.objects.filter(on=on)
    return rows if scope.court_ids is None else rows.filter(person__in=scope.person_ids)


def _shown(scope: Scope) -> Q:
    """What one was told is listed once, alone: tied to each warning, it would be looked for once a row."""
    if scope.court_ids is None:
        return Q()
    told = Notice.objects.filter(person__in=scope.person_ids).values("transition__watch")
    place = (
        Q(court__in=scope.court_ids) | Q(unit__in=scope.unit_ids) | Q(owner__in=scope.person_ids)
    )
    return (place & Q(confidentiality__lte=scope.clearance)) | Q(pk__in=told)
