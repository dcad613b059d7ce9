"""态势: a handful of figures with interval, 同比, 环比 and trend; divisions and courts side by side in 机构序."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shenguan.base.accounts.access import Access
from shenguan.base.inbox import selectors as inbox
from shenguan.base.inbox.models import Watch
from shenguan.base.org.choices import Choices
from shenguan.base.org.models import Court, Unit
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.core.indicator.period import Period, month_number
from shenguan.programs.desk.spark import Spark, spark
from shenguan.rulebook import load
from shenguan.spine.indicators.freshness import remembered
from shenguan.spine.indicators.services import Question
from shenguan.spine.indicators.values import ValueRow

SETTING = "首页指标"
"""Setting of a court: the codes of the figures on its leaders' first page."""
CORE = (
    "filed_cases",
    "closed_cases",
    "pending_at_end",
    "timely_closing_rate",
    "cases_per_dispute",
    "mean_net_days",
    "over_12_months",
    "first_overturned_rate",
)
SIDE_BY_SIDE = ("filed_cases", "closed_cases", "pending_at_end", "timely_closing_rate")
TREND_MONTHS = 13
_SCALE = {"percent": 100, "per_mille": 1000, "per_ten_thousand": 10_000, "money": 0.01}
_POINTS = {
    "percent": "个百分点",
    "per_mille": "个千分点",
    "cases": "件",
    "days": "天",
    "money": "元",
}
_SYMBOLS = {"达标": "○", "优异": "◎", "未达标": "▲"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the year so far. `yoy` against the same days last year, `mom` last month on the one before."""

    row: ValueRow
    yoy: str
    mom: str
    spark: Spark
    months: Sequence[ValueRow]

    @property
    def symbol(self) -> str:
        """A symbol for the standing: colour never speaks alone."""
        return _SYMBOLS.get(self.row.standing, "·")

    @property
    def interval(self) -> str:
        """The reference interval as people read it."""
        found = next(iter(self.row.version.reference), None)
        if found is None or not found.filled:
            return ""
        low = "" if found.low is None else f"{found.low:g}"
        high = "" if found.high is None else f"{found.high:g}"
        return f"[{low}, {high}]" if low and high else f"≥{low}" if low else f"≤{high}"

    @property
    def address(self) -> str:
        """Where the cases behind it, or its definition, are found."""
        code = self.row.indicator.code
        if self.row.indicator.kind in {"count", "stock"}:
            return reverse("healthcheck:cases", args=(code, "numerator"))
        return reverse("healthcheck:indicator", args=(code,))


def year_to(on: date) -> Period:
    """Return the year up to a day."""
    return Period(on.replace(month=1, day=1), on)


def codes_for(court_id: int, on: date) -> tuple[str, ...]:
    """Return the figures of a court's first page: its own choice of codes that exist, else the common ones."""
    chosen = Choices().value(court_id, SETTING, on, None) or CORE
    known = load().library.indicators
    return tuple(code for code in chosen if code in known) or CORE


def figures(
    scope: Scope, codes: Sequence[str], on: date, *, where: Mapping[str, Any]
) -> list[Figure]:
    """Return these figures over the year so far, in the order asked for."""
    year = Question(year_to(on), tuple(codes), compare=("yoy",), where=where)
    last = month_number(on) - 1
    span = Period.months(last - TREND_MONTHS + 1, last)
    months = remembered(scope, Question(span, tuple(codes), ("month",), where=where)).rows
    by_code: dict[str, list[ValueRow]] = {}
    for row in months:
        by_code.setdefault(row.indicator.code, []).append(row)
    return [
        _figure(row, by_code.get(row.indicator.code, [])) for row in remembered(scope, year).rows
    ]


def _figure(row: ValueRow, months: list[ValueRow]) -> Figure:
    points = [one.figure.value for one in months]
    moved = points[-1] - points[-2] if len(points) > 1 and None not in points[-2:] else None  # type: ignore[operator]
    return Figure(row, said(row, row.change("yoy")), said(row, moved), spark(points), months)


def said(row: ValueRow, moved: float | None) -> str:
    """Return a change as people say it: `+1.20个百分点`, `持平`, `—` without one."""
    if moved is None:
        return "—"
    unit = row.indicator.unit
    size = moved * _SCALE.get(unit, 1)
    digits = 0 if row.indicator.kind in {"count", "stock"} else row.indicator.decimals
    return "持平" if round(size, digits) == 0 else f"{size:+,.{digits}f}{_POINTS.get(unit, '')}"


def situation_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the court's figures to whoever sees them as a whole."""
    court = access.account.person.court_id
    places = (scope.court_ids or frozenset()) | scope.figure_court_ids
    where: dict[str, tuple[int, ...]] = {"court": (court,)} if court in places else {}
    found = figures(scope, codes_for(court, on), on, where=where)
    extra = f"period={year_to(on).text}" + (f"&court={court}" if where else "")
    context = {"figures": found, "on": on, "extra": extra, "months": _months(found)}
    title = f"{on.year}年1月1日至{on.month}月{on.day}日"
    return Block(
        "figures",
        title,
        "desk/blocks/figures.html",
        context,
        reverse("healthcheck:index"),
        wide=True,
    )


def _months(found: Sequence[Figure]) -> list[str]:
    return [row.period.text for row in found[0].months] if found else []


@dataclass(frozen=True, slots=True)
class Line:
    """One division or court beside the others."""

    name: str
    key: int
    rows: Sequence[ValueRow]
    levels: Mapping[str, int]


def divisions_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the divisions of one's court side by side, in 机构序."""
    court = access.account.person.court_id
    rows = remembered(
        scope, Question(year_to(on), SIDE_BY_SIDE, ("division",), where={"court": (court,)})
    ).rows
    names = dict(Unit.objects.filter(court=court).order_by("order", "pk").values_list("pk", "name"))
    warned = _levels(inbox.standing(scope).filter(court=court), "unit_id")
    lines = _lines(rows, "division", names, warned)
    context = {
        "listed": {line.key for line in lines},
        "lines": lines,
        "names": _heads(rows),
        "level": "division",
        "court": court,
        "period": year_to(on).text,
    }
    return Block(
        "divisions", _("各庭室并列（机构序，不排名）"), "desk/blocks/side.html", context, wide=True
    )


def courts_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the courts below side by side, in 机构序, to an upper court."""
    places = (scope.court_ids or frozenset()) | scope.figure_court_ids
    if len(places) < 2:
        return None
    rows = remembered(scope, Question(year_to(on), SIDE_BY_SIDE, ("court",))).rows
    names = dict(Court.objects.filter(pk__in=places).values_list("pk", "name"))
    # of courts below only the number of warnings is shown, never what they are about
    standing = Watch.objects.filter(court__in=places, confidentiality__lte=scope.clearance)
    warned = _levels(standing.exclude(level=""), "court_id")
    whole = scope.court_ids or frozenset()
    context = {
        "listed": whole,
        "lines": _lines(rows, "court", names, warned),
        "names": _heads(rows),
        "level": "court",
        "court": None,
        "period": year_to(on).text,
    }
    return Block(
        "courts", _("辖区法院并列（机构序，不排名）"), "desk/blocks/side.html", context, wide=True
    )


def _heads(rows: Sequence[ValueRow]) -> list[str]:
    return list(dict.fromkeys(row.indicator.name for row in rows))


def _lines(
    rows: Sequence[ValueRow],
    level: str,
    names: Mapping[int, str],
    warned: Mapping[int | None, Mapping[str, int]],
) -> list[Line]:
    """Return one line a group in the order of `names`, groups outside it (moved, unnamed) last."""
    found: dict[int, list[ValueRow]] = {}
    for row in rows:
        found.setdefault(row.keys[level], []).append(row)
    shown = [key for key in names if key in found] + [key for key in found if key not in names]
    return [
        Line(found[key][0].labels[level], key, found[key], warned.get(key or None, {}))
        for key in shown
        if any(row.figure.numerator for row in found[key])
    ]


def _levels(watches: QuerySet[Watch], by: str) -> dict[int | None, dict[str, int]]:
    """Return how many warnings stand on each level, by a column of watches."""
    counted = (
        watches.filter(silenced=False).order_by().values_list(by, "level").annotate(n=Count("pk"))
    )
    found: dict[int | None, dict[str, int]] = {}
    for key, level, n in counted:
        found.setdefault(key, {})[{"督办": "red", "催办": "amber", "提示": "blue"}[level]] = n
    return found
