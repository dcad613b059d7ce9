"""The list a plan draws from: conditions over the visible cases, the cell of each, the design."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.db.models import Count, F, Q, QuerySet

from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.core.sampling import Design, Frame, Unit
from shenguan.core.timelimit.months import add_months
from shenguan.programs.casereview.models import Draw, Plan
from shenguan.rulebook import load
from shenguan.spine.cases.asking import whole_numbers
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

NO_JUDGE, LONG_MONTHS, PETITIONS = "未分案", 12, 2
_PETITION = ("信访", "申诉申请再审")
MOST = 20_000
"""A list longer than this is no list to draw from by one plan."""
Row = tuple[str, str, str, int]


def wanted_cases(scope: Scope, plan: Plan) -> QuerySet[Case]:
    """Return the closed cases of the plan's court that its conditions leave, within the scope."""
    wanted = plan.wanted
    cases = visible_cases(scope).filter(court=plan.court_id, closed_on__isnull=False)
    if wanted.get("from"):
        cases = cases.filter(closed_on__gte=wanted["from"])
    if wanted.get("to"):
        cases = cases.filter(closed_on__lte=wanted["to"])
    if wanted.get("classes"):
        cases = cases.filter(case_class__in=wanted["classes"])
    if wanted.get("cause"):
        cases = cases.filter(cause__contains=wanted["cause"])
    if wanted.get("divisions"):
        cases = cases.filter(division__in=wanted["divisions"])
    if wanted.get("targets") or wanted.get("numbers"):
        cases = cases.filter(_targeted(wanted))
    sheets = load().casereview.sheets.values()
    classes = {name for s in sheets if s.topic == plan.topic for name in s.case_classes}
    return cases.filter(case_class__in=sorted(classes))


def _targeted(wanted: dict[str, object]) -> Q:
    """Return the condition of any of the targets, or of the numbers listed; sub-queries stand alone."""
    chosen = set(wanted.get("targets", ()))  # type: ignore[call-overload]
    later = Case.objects.filter(prior__isnull=False, visible=True).order_by()
    found = Q(number_key__in=wanted.get("numbers") or ())
    if "changed" in chosen:
        found |= Q(pk__in=later.filter(disposition__contains="改判").values("prior"))
    if "remanded" in chosen:
        found |= Q(pk__in=later.filter(disposition__contains="发回").values("prior"))
    if "retried" in chosen:
        found |= Q(pk__in=later.filter(instance__contains="再审").values("prior"))
    if "petitions" in chosen:
        told = Q(events__kind__in=_PETITION, events__voided_by=None)
        many = Case.objects.filter(told).annotate(n=Count("events")).filter(n__gte=PETITIONS)
        found |= Q(pk__in=many.order_by().values("pk"))
    if "long_pending" in chosen:
        found |= Q(pk__in=_long_pending(wanted))
    return found


def _long_pending(wanted: dict[str, object]) -> list[int]:
    """Dates are compared here: databases count months differently."""
    closed = Case.objects.filter(closed_on__gt=F("filed_on"), filed_on__isnull=False).order_by()
    if wanted.get("from"):
        closed = closed.filter(closed_on__gte=wanted["from"])
    rows = closed.values_list("pk", "filed_on", "closed_on")
    return [pk for pk, filed, ended in rows if _months_over(filed, ended)]


def _months_over(filed: date | None, ended: date | None) -> bool:
    return bool(filed and ended and ended > add_months(filed, LONG_MONTHS))


def left_out(scope: Scope, plan: Plan) -> list[str]:
    """Return the numbers listed by the plan whose cases its other conditions, or the scope, leave out."""
    numbers = plan.wanted.get("numbers") or []
    kept = wanted_cases(scope, plan).filter(number_key__in=numbers).order_by()
    found = set(kept.values_list("number_key", flat=True)) if numbers else set()
    return [number for number in numbers if number not in found]


def rows_of(scope: Scope, plan: Plan) -> list[Row]:
    """Return (number, cell, judge id, case id) of the list. Raises `ValueError` for a list too long."""
    cases = wanted_cases(scope, plan).order_by("number_key", "pk")
    if cases.count() > MOST:
        raise ValueError(f"评查范围超过{MOST}件，请缩小结案期间")
    names = tuple(_COLUMNS[key] for key in plan.strata)
    rows = cases.values_list("number", "undertaker", "pk", *names)
    return [
        (row[0], "／".join(str(one or "未填") for one in row[3:]), str(row[1] or ""), row[2])
        for row in rows
    ]


_COLUMNS = {
    "case_class": "case_class",
    "instance": "instance",
    "procedure": "procedure",
    "division": "division__name",
}


def frame_of(rows: Iterable[Row], design: Design) -> Frame:
    """Return the frame of listed rows; rows without a judge share one."""
    units = [Unit(number, cell, judge or NO_JUDGE) for number, cell, judge, _pk in rows]
    return Frame(units, design)


def design_of(plan: Plan) -> Design:
    """Return the design of a plan: percents become exact fractions."""
    rates = {cell: percent(value) for cell, value in plan.rates.items()}
    return Design(percent(plan.rate), plan.minimum, rates)


def drawn_frame(draw: Draw) -> Frame:
    """Return the frame of a draw from its own row alone, for a replay."""
    rates = {cell: Fraction(value) for cell, value in draw.rates.items()}
    design = Design(Fraction(draw.rate), draw.minimum, rates)
    return frame_of([tuple(row) for row in draw.frame], design)


def percent(value: object) -> Fraction:
    """Return a percentage as a fraction of one."""
    return Fraction(str(value)) / 100


def judge_names(ids: Iterable[str]) -> dict[str, str]:
    """Return names of judges by id as text; other words stand for themselves."""
    known = whole_numbers(ids)
    return {str(p.pk): p.name for p in Person.objects.filter(pk__in=known)}
