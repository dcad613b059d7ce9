"""Reading the duty within a scope: who searched, who signed unsearched, what waits for an answer."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from shenguan.base.org.scope import Scope
from shenguan.programs.similar.casefile import standing_of
from shenguan.programs.similar.duty import SEARCHED, SIGNED, SUBMITTED
from shenguan.programs.similar.shelf import rules
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.warnings.models import Feed

UNSEARCHED, SPECIAL, UNANSWERED, PENDING, DONE = (
    "unsearched",
    "special",
    "unanswered",
    "pending",
    "done",
)
TABS = {
    UNSEARCHED: "未检索先签发",
    SPECIAL: "应当检索而未检索",
    UNANSWERED: "提交案例待回应",
    PENDING: "在办未检索",
    DONE: "已检索",
}


def cases_of(scope: Scope, tab: str) -> QuerySet[Case]:
    """The cases of one list, annotated with `signed_on` and `searched_on`."""
    cases = visible_cases(scope).select_related("court", "division")
    cases = cases.annotate(signed_on=_first(SIGNED), searched_on=_first(SEARCHED))
    found = cases.filter(_WHERE[tab]())
    if tab == UNANSWERED:
        waiting = [case.pk for case in found.order_by("pk") if _waits(case)]
        found = cases.filter(pk__in=waiting)
    return _ordered(found)


def _waits(case: Case) -> bool:
    """Whether a submitted case is without an answer; few cases have any."""
    return bool(standing_of(case, date.max).unanswered)


def _standing_events(kind: str) -> QuerySet[Event]:
    """Landed events of a kind that nothing has taken back, of the case at hand."""
    voids = log.landed().filter(voids=OuterRef("pk"))
    found = log.landed().filter(case=OuterRef("pk"), kind=kind)
    return found.exclude(Exists(voids)).order_by()


def _first(kind: str) -> Subquery:
    days = _standing_events(kind).values("case").annotate(first=Min("occurred_on"))
    return Subquery(days.values("first"))


def _unsearched() -> Q:
    """Signed since the court has kept records here; all since the rule is in force where it keeps none."""
    late = Q(searched_on=None) | Q(searched_on__gt=F("signed_on"))
    in_force = rules().duty.library.in_force
    kept = Feed.objects.filter(court=OuterRef("court"), kind=SEARCHED, document="")
    since = Coalesce(Subquery(kept.values("since")[:1]), Value(in_force))
    return late & Q(signed_on__gte=in_force) & Q(signed_on__gte=since)


def _special() -> Q:
    situations = rules().duty.situations
    kinds = {kind for each in situations for kind in each.events}
    asked = Exists(log.landed().filter(case=OuterRef("pk"), kind__in=kinds))
    tags = {tag for each in situations for tag in each.tags}
    tagged = Q(marks__name__in=tags, marks__state="确认")
    return Q(searched_on=None) & (Q(asked) | tagged)


def _unanswered() -> Q:
    return Q(Exists(_standing_events(SUBMITTED)))


def _pending() -> Q:
    return Q(closed_on=None, searched_on=None)


def _done() -> Q:
    return Q(searched_on__isnull=False)


def _ordered(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.order_by(F("signed_on").desc(nulls_last=True), "court__order", "filed_on", "pk")


_WHERE = {
    UNSEARCHED: _unsearched,
    SPECIAL: _special,
    UNANSWERED: _unanswered,
    PENDING: _pending,
    DONE: _done,
}
