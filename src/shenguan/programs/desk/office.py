"""Blocks of the offices: data quality, intake, enforcement, statistics and appraisal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shenguan.base.accounts.access import Access
from shenguan.base.org.models import Court, Unit
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.programs.desk import lists
from shenguan.programs.desk.figures import SIDE_BY_SIDE, figures, said, year_to
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.facts import archive
from shenguan.spine.indicators.freshness import current, remembered
from shenguan.spine.indicators.services import Question
from shenguan.spine.warnings.selectors import causes

_LACKING = ("undated", "nobody", "no_cause", "no_clock")
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
    cases, known = lists.own_court(access), lists.lists(on)
    key = ("quality", scope, access.account.person.court_id, on)
    counted, doubts = current(key, lambda: _quality(cases, known))
    rows = [(key, known[key].name, counted[key]) for key in _LACKING]
    last = Batch.objects.filter(state=Batch.State.LANDED).order_by("-landed_at").first()
    context = {"rows": rows, "doubts": doubts, "last": last}
    return Block("quality", _("数据质量"), "desk/blocks/quality.html", context)


def _quality(
    cases: QuerySet[Case], known: Mapping[str, lists.Listed]
) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Return how many pending cases lack what, and how many cases bear which doubt."""
    counts = {key: Count("pk", filter=known[key].condition) for key in _LACKING}
    doubts = Counter(
        flag
        for flags in cases.exclude(flags=[]).order_by().values_list("flags", flat=True)
        for flag in dict.fromkeys(map(str, flags))
    )
    return cases.filter(closed_on=None).aggregate(**counts), sorted(doubts.items())


def efficiency_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the indicators a trial-management office looks at first, those off their interval marked."""
    court = access.account.person.court_id
    found = figures(scope, _EFFICIENCY, on, where={"court": (court,)})
    context = {"figures": found, "extra": f"period={year_to(on).text}&court={court}"}
    return Block(
        "indicators",
        _("指标运行（本年至今）"),
        "desk/blocks/indicators.html",
        context,
        reverse("healthcheck:index"),
        wide=True,
    )


def causes_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the ledgers of long-pending and idle disputes by cause."""
    rows = causes(scope, on)
    if not rows:
        return None
    return Block("ledger", _("一案一策成因"), "desk/blocks/causes.html", {"rows": rows})


def intake_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer intake: what was filed in the last week, what nobody has yet, what lacks an entry."""
    cases, known = lists.own_court(access), lists.lists(on)
    counted = {
        key: cases.filter(known[key].condition).count() for key in ("filed", "nobody", "no_cause")
    }
    waiting = cases.filter(known["nobody"].condition).order_by("filed_on", "number_key")
    by_day = cases.filter(known["filed"].condition).order_by("filed_on").values_list("filed_on")
    context = {
        "counted": counted,
        "whole": _filed_in_court(access, on),
        "by_day": by_day.annotate(n=Count("pk")),
        "waiting": waiting[:12],
    }
    return Block("intake", _("收件与待分案"), "desk/blocks/intake.html", context, wide=True)


def _filed_in_court(access: Access, on: date) -> list[tuple[str, int]]:
    """Return how many cases the whole court filed in the last week by class: numbers alone, whatever the scope."""
    since = on - timedelta(days=lists.RECENT_DAYS)
    rows = Case.objects.filter(
        court=access.account.person.court_id,
        visible=True,
        confidentiality__lte=access.scope.clearance,
        filed_on__gt=since,
        filed_on__lte=on,
    )
    return list(rows.order_by("case_class").values_list("case_class").annotate(n=Count("pk")))


def enforcement_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the enforcement clocks by kind of case."""
    cases, known = lists.own_court(access), lists.lists(on)
    keys = [f"{kind}-{state}" for kind in lists.ENFORCEMENT for state in lists.STATES]
    asked = {f"n{at}": Count("pk", filter=known[key].condition) for at, key in enumerate(keys)}
    counted = cases.filter(case_type__startswith="执").aggregate(
        **asked, ended=Count("pk", filter=known["ended"].condition)
    )
    found = {key: counted[f"n{at}"] for at, key in enumerate(keys)}
    rows = [
        (name, [(f"{kind}-{state}", found[f"{kind}-{state}"]) for state in lists.STATES])
        for kind, name in lists.ENFORCEMENT.items()
        if found[f"{kind}-all"]
    ]
    context = {"rows": rows, "heads": list(lists.STATES.values()), "ended": counted["ended"]}
    return Block(
        "enforcement", _("执行案件期限"), "desk/blocks/enforcement.html", context, wide=True
    )


def statistics_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer filed, closed and pending by class of case, with the state of the data."""
    court = access.account.person.court_id
    period = year_to(on)
    rows = remembered(
        scope,
        Question(
            period, SIDE_BY_SIDE[:3], ("case_class",), compare=("yoy",), where={"court": (court,)}
        ),
    ).rows
    lines: dict[str, list[object]] = {}
    for row in rows:
        told = (row.printed, said(row, row.change("yoy")))
        lines.setdefault(row.labels["case_class"], []).append(told)
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
        _("收结存（本年至今，按案件类别）"),
        "desk/blocks/statistics.html",
        context,
        reverse("reports:figures"),
        wide=True,
    )


def appraisal_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the figures of divisions for appraisal: no judge, no order by size."""
    court = Court.objects.get(pk=access.account.person.court_id)
    where = {"court": (court.pk,)}
    codes = ("closed_cases", "timely_closing_rate", "closing_evenness", "closing_withdrawn_rate")
    rows = remembered(scope, Question(year_to(on), codes, ("division",), where=where)).rows
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
        _("考核数据（庭室，按机构序，不排名）"),
        "desk/blocks/appraisal.html",
        context,
        wide=True,
    )
