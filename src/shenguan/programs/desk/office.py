"""Blocks of the offices: data quality, intake, enforcement, statistics and appraisal."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from shenguan.base.accounts.access import Access
from shenguan.base.org.models import Court, Unit
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.programs.desk.figures import SIDE_BY_SIDE, figures, year_to
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.facts import archive
from shenguan.spine.indicators.services import Question, values
from shenguan.spine.warnings.selectors import causes

_RECENT = 7
_EFFICIENCY = (
    "timely_closing_rate",
    "statutory_closing_rate",
    "closing_evenness",
    "last_five_workdays_share",
    "extended_rate",
    "excluded_rate",
    "overdue_pending_rate",
    "over_12_months",
    "cases_per_dispute",
    "first_overturned_rate",
    "acceptance_rate",
    "closing_withdrawn_rate",
)


def quality_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer what is wrong or missing in the data of the cases one sees."""
    cases = visible_cases(scope).filter(court=access.account.person.court_id)
    open_cases = cases.filter(closed_on=None)
    counted = open_cases.aggregate(
        undated=Count("pk", filter=Q(filed_on=None)),
        nobody=Count("pk", filter=Q(undertaker=None)),
        no_cause=Count("pk", filter=Q(cause_code="")),
        no_clock=Count("pk", filter=Q(clock__state="no_rule", clock__governing_due=None)),
    )
    doubts = Counter(
        str(flag)
        for flags in cases.exclude(flags=[]).order_by().values_list("flags", flat=True)[:5000]
        for flag in flags
    )
    last = Batch.objects.filter(state=Batch.State.LANDED).order_by("-landed_at").first()
    context = {"counted": counted, "doubts": sorted(doubts.items()), "last": last}
    return Block(
        "quality",
        "数据质量",
        "desk/blocks/quality.html",
        context,
        reverse("reports:worklist", args=("unclocked",)),
    )


def efficiency_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the indicators a trial-management office looks at first, those off their interval marked."""
    court = access.account.person.court_id
    found = figures(scope, _EFFICIENCY, on, where={"court": (court,)})
    context = {"figures": found, "extra": f"period={year_to(on).text}&court={court}"}
    return Block(
        "indicators",
        "指标运行（本年至今）",
        "desk/blocks/indicators.html",
        context,
        reverse("healthcheck:index"),
    )


def causes_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the ledgers of long-pending and idle disputes by cause."""
    rows = causes(scope, on)
    if not rows:
        return None
    return Block("ledger", "一案一策成因", "desk/blocks/causes.html", {"rows": rows})


def intake_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer intake: what was filed in the last week, what nobody has yet, what lacks an entry."""
    court = access.account.person.court_id
    units = Unit.objects.filter(pk__in=scope.unit_ids)
    cases = visible_cases(scope).filter(court=court, closed_on=None)
    since = on - timedelta(days=_RECENT)
    filed = cases.filter(filed_on__gte=since)
    waiting = (
        cases.filter(undertaker=None).select_related("court").order_by("filed_on", "number_key")
    )
    by_day = filed.order_by("filed_on").values_list("filed_on").annotate(n=Count("pk"))
    context = {
        "filed": filed.count(),
        "by_day": by_day,
        "waiting": waiting[:12],
        "waiting_count": waiting.count(),
        "no_cause": cases.filter(cause_code="").count(),
        "units": units,
        "since": since,
    }
    return Block("intake", "收件与待分案", "desk/blocks/intake.html", context, wide=True)


ENFORCEMENT = (
    ("执", "首次执行"),
    ("执恢", "恢复执行"),
    ("执保", "财产保全执行"),
    ("执异", "执行异议"),
    ("执复", "执行复议"),
)


def enforcement_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the enforcement clocks by kind of case."""
    cases = visible_cases(scope).filter(case_type__startswith="执", closed_on=None)
    soon = on + timedelta(days=15)
    counted = dict(
        (kind, rest)
        for kind, *rest in cases.order_by()
        .values_list("case_type")
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=Q(clock__governing_due__lt=on, clock__paused_since=None)),
            soon=Count(
                "pk", filter=Q(clock__governing_due__range=(on, soon), clock__paused_since=None)
            ),
            paused=Count("pk", filter=Q(clock__paused_since__isnull=False)),
        )
    )
    names = dict(ENFORCEMENT)
    rows = [(names.get(kind, kind), *counted[kind]) for kind in sorted(counted, key=_place)]
    recent = on - timedelta(days=183)
    ended = (
        visible_cases(scope)
        .filter(case_type="执", disposition__contains="终结本次", closed_on__gte=recent)
        .count()
    )
    context = {"rows": rows, "ended": ended, "recent": recent}
    return Block("enforcement", "执行案件期限", "desk/blocks/enforcement.html", context)


def _place(kind: str) -> tuple[int, str]:
    known = [name for name, _ in ENFORCEMENT]
    return (known.index(kind) if kind in known else len(known), kind)


def statistics_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer filed, closed and pending by class of case, with the state of the data."""
    court = access.account.person.court_id
    period = year_to(on)
    rows = values(
        scope,
        Question(
            period, SIDE_BY_SIDE[:3], ("case_class",), compare=("yoy",), where={"court": (court,)}
        ),
    ).rows
    lines: dict[str, list[object]] = {}
    for row in rows:
        change = row.change("yoy")
        lines.setdefault(row.labels["case_class"], []).append((row.printed, change))
    manifest = archive.manifest(settings.HOME)
    undated = Case.objects.filter(
        court=court, visible=True, filed_on=None, confidentiality__lte=scope.clearance
    ).count()
    context = {
        "lines": lines,
        "period": period,
        "position": manifest.position if manifest else 0,
        "undated": undated,
        "month": (on.replace(day=1) - timedelta(days=1)),
    }
    return Block(
        "statistics",
        "收结存（本年至今，按案件类别）",
        "desk/blocks/statistics.html",
        context,
        reverse("reports:figures"),
    )


def appraisal_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the figures of divisions for appraisal: no judge, no order by size."""
    court = Court.objects.get(pk=access.account.person.court_id)
    where = {"court": (court.pk,)}
    codes = ("closed_cases", "timely_closing_rate", "closing_evenness", "closing_withdrawn_rate")
    rows = values(scope, Question(year_to(on), codes, ("division",), where=where)).rows
    units = list(
        Unit.objects.filter(court=court).order_by("order", "pk").values_list("pk", flat=True)
    )
    lines: dict[int, list[object]] = {}
    heads: dict[str, None] = {}
    for row in rows:
        heads[row.indicator.name] = None
        lines.setdefault(row.keys["division"], [row.labels["division"]]).append(row.printed)
    shown = [lines[key] for key in units if key in lines]
    context = {"heads": list(heads), "lines": shown, "court": court}
    return Block(
        "appraisal",
        "考核数据（庭室，按机构序，不排名）",
        "desk/blocks/appraisal.html",
        context,
        wide=True,
    )
