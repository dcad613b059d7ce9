"""What a case list asks for: conditions read from an address, written back, said in words.

An address holds ids, coded words, days and the cause; never a party's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from shenguan.base.org.scope import Scope
from shenguan.programs.casebook import marks
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.asking import whole_number
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE
from shenguan.spine.cases.models import Case, Mark
from shenguan.spine.cases.selectors import visible_cases

OPEN, CLOSED, ALL = "open", "closed", "all"
STATES = {OPEN: "未结", CLOSED: "已结", ALL: "全部"}
# Dates and the number only: a list of cases is never a ranking.
SORTS: Mapping[str, tuple[str, str]] = {
    "due": ("审限届满日", "clock__governing_due"),
    "filed": ("立案日期", "filed_on"),
    "closed": ("报结日期", "closed_on"),
    "event": ("最后动态", "last_event_on"),
    "number": ("案号", "number_key"),
}
_DATES = ("filed_from", "filed_to", "closed_from", "closed_to", "due_from", "due_to")
_IDS = ("court", "unit", "judge")


@dataclass(frozen=True, slots=True)
class Criteria:
    """Every condition; empty or None is no condition. `unit` takes in divisions and teams."""

    state: str = OPEN
    court: int | None = None
    unit: int | None = None
    judge: int | None = None
    judge_name: str = ""
    line: str = ""
    instance: str = ""
    procedure: str = ""
    cause: str = ""
    filed_from: date | None = None
    filed_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    tag: str = ""
    scope: str = DEFAULT_CASE_SCOPE
    mark: str = ""
    sort: str = "due"
    down: bool = False

    @property
    def query(self) -> str:
        """Return the conditions as the query of an address, without what is as usual."""
        return urlencode(self.as_pairs())

    def as_pairs(self) -> list[tuple[str, str]]:
        """Return (name, text) of everything that isn't as usual."""
        usual = Criteria()
        pairs = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value != getattr(usual, field.name):
                pairs.append((field.name, "1" if value is True else str(value)))
        return pairs

    def sorted_by(self, key: str) -> Criteria:
        """Return the same conditions in another order; the same key again turns the order round."""
        return replace(self, sort=key, down=self.sort == key and not self.down)


def read(asked: Mapping[str, str], rulebook: Rulebook) -> Criteria:
    """Read conditions; what can't be read or isn't known counts as not asked."""
    usual = Criteria()
    state = asked.get("state", "")
    sort = asked.get("sort", "")
    scope = asked.get("scope", "")
    mark = asked.get("mark", "")
    given: dict[str, Any] = {
        name: asked.get(name, "").strip()[:60]
        for name in ("judge_name", "line", "instance", "procedure", "cause", "tag")
    }
    given |= {name: whole_number(asked.get(name, "")) for name in _IDS}
    given |= {name: _day(asked.get(name, "")) for name in _DATES}
    return Criteria(
        state=state if state in STATES else usual.state,
        sort=sort if sort in SORTS else usual.sort,
        down=asked.get("down") == "1",
        scope=scope if scope in rulebook.scopes.names else usual.scope,
        mark=mark if mark in dict(marks.choices(rulebook.worklists)) else "",
        **given,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def matching(scope: Scope, asked: Criteria, rulebook: Rulebook, on: date) -> QuerySet[Case]:
    """Return the cases that the scope shows and the conditions leave, in no order yet."""
    cases = visible_cases(scope).filter(_equal(asked) & _between(asked) & _words(asked))
    codes = rulebook.scopes.type_codes(asked.scope)
    if codes is not None:
        cases = cases.filter(case_type__in=codes)
    elif excluded := rulebook.scopes.excluded(asked.scope):
        cases = cases.exclude(case_type__in=excluded)
    if asked.tag:
        cases = cases.filter(pk__in=Mark.objects.filter(name=asked.tag).values("case"))
    return marks.having(cases, asked.mark, rulebook.worklists, on) if asked.mark else cases


def _equal(asked: Criteria) -> Q:
    wanted = Q()
    if asked.state != ALL:
        wanted &= Q(closed_on__isnull=asked.state == OPEN)
    if asked.court is not None:
        wanted &= Q(court_id=asked.court)
    if asked.unit is not None:
        wanted &= Q(division_id=asked.unit) | Q(team_id=asked.unit)
    if asked.judge is not None:
        wanted &= Q(undertaker_id=asked.judge)
    for name, column in (
        ("line", "case_class"),
        ("instance", "instance"),
        ("procedure", "procedure"),
    ):
        if value := getattr(asked, name):
            wanted &= Q(**{column: value})
    return wanted


def _between(asked: Criteria) -> Q:
    wanted = Q()
    for name, column in (
        ("filed", "filed_on"),
        ("closed", "closed_on"),
        ("due", "clock__governing_due"),
    ):
        start, end = getattr(asked, f"{name}_from"), getattr(asked, f"{name}_to")
        if start:
            wanted &= Q(**{f"{column}__gte": start})
        if end:
            wanted &= Q(**{f"{column}__lte": end})
    return wanted


def _words(asked: Criteria) -> Q:
    wanted = Q()
    if asked.cause:
        wanted &= Q(cause__contains=asked.cause)
    if asked.judge_name:
        wanted &= Q(undertaker_name__contains=asked.judge_name)
    return wanted


def order(asked: Criteria) -> list[OrderBy]:
    """Return the order asked for; cases without the date stand last, one id breaks ties."""
    column = F(SORTS[asked.sort][1])
    if asked.sort == "number":  # never missing
        return [column.desc() if asked.down else column.asc(), F("pk").asc()]
    first = column.desc(nulls_last=True) if asked.down else column.asc(nulls_last=True)
    return [first, F("pk").asc()]
