"""Reading the 一案一策 ledger within a scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.spine.cases.asking import whole_number
from shenguan.spine.warnings import selectors as ledger
from shenguan.spine.warnings.models import Plan

MONTH = 32
"""Days after which a month without progress has gone by, as rulebook/warnings/plans.yaml has it."""
STATES = {
    "open": "未销号", "missing": "未建立", "late": "下一步逾期", "silent": "逾月无进展",
    "ended": "案件已结待销号", "closed": "已销号",
}  # fmt: skip
_PLANNED = ~Q(cause="") & ~Q(plan="") & Q(owner__isnull=False, leader__isnull=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of a list; empty is no condition."""

    state: str = "open"
    why: str = ""
    cause: str = ""
    court: int | None = None
    mine: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Asked:
        """Read an address."""
        state, why, cause, court = (
            given.get(key, "") for key in ("state", "why", "cause", "court")
        )
        return cls(
            state=state if state in STATES else "open",
            why=why if why in Plan.Why.values else "",
            cause=cause if cause in Plan.Cause.values or cause == "none" else "",
            court=whole_number(court),
            mine=given.get("mine") == "1",
        )

    def query(self, **other: object) -> str:
        """Return the conditions as an address writes them, some of them changed."""
        given = {
            "state": self.state, "why": self.why, "cause": self.cause, "court": self.court,
            "mine": "1" if self.mine else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in {**given, **other}.items() if value})


def plans(scope: Scope, asked: Asked, today: date) -> QuerySet[Plan]:
    """Return the entries that fit, the oldest first."""
    return _others(scope, asked).filter(_in_state(asked.state, today))


def counts(scope: Scope, asked: Asked, today: date) -> list[tuple[str, str, int]]:
    """Return (state, its name, how many fit the other conditions)."""
    sums = {state: Count("pk", filter=_in_state(state, today), distinct=True) for state in STATES}
    found = _others(scope, asked).order_by().aggregate(**sums)
    return [(state, name, found[state]) for state, name in STATES.items()]


def causes(scope: Scope, asked: Asked, today: date) -> list[tuple[Court, dict[str, int]]]:
    """Return how many entries of each cause each court has, courts in 机构序; "" for unfilled ones."""
    rows = plans(scope, asked, today).order_by().values_list("case__court", "cause")
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    for court, cause, number in rows.annotate(n=Count("pk", distinct=True)):
        sums[court][cause] = number
    courts = Court.objects.filter(pk__in=sums).order_by("order", "code")
    return [(court, sums[court.pk]) for court in courts]


def courts(scope: Scope) -> list[Court]:
    """Return the courts that have entries."""
    ids = ledger.plans(scope).order_by().values("case__court")
    return list(Court.objects.filter(pk__in=ids).order_by("order", "code"))


def _others(scope: Scope, asked: Asked) -> QuerySet[Plan]:
    rows = ledger.plans(scope)
    fits = {"why": asked.why, "case__court": asked.court}
    rows = rows.filter(**{name: value for name, value in fits.items() if value})
    if asked.cause:
        rows = rows.filter(cause="" if asked.cause == "none" else asked.cause)
    if asked.mine:
        rows = rows.filter(Q(owner__in=scope.person_ids) | Q(leader__in=scope.person_ids))
    return rows.annotate(last_on=Coalesce("progress_on", "opened_on"))


def _in_state(state: str, today: date) -> Q:
    going = Q(closed_on=None, case__closed_on=None)
    return {
        "open": Q(closed_on=None),
        "missing": going & ~_PLANNED,
        "late": going & _PLANNED & Q(next_on__lt=today),
        "silent": going & _PLANNED & Q(last_on__lte=today - timedelta(days=MONTH)),
        "ended": Q(closed_on=None, case__closed_on__isnull=False),
        "closed": Q(closed_on__isnull=False),
    }[state]
