"""What every page asks of its request: who, when, within which scope, which page of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from shenguan.base.accounts.middleware import access
from shenguan.base.approvals.desk import Desk, desk_of
from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.base.papers.serving import xlsx_answer
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.reading import note_export
from shenguan.spine.cases.selectors import visible_cases

PAGE_SIZE = 50
MOST_HANDED_OUT = 20_000
"""Rows of one export: more would be a copy of the registry."""
_CASE_COLUMNS = {
    "案号": 28.0, "法院": 24.0, "承办部门": 18.0, "承办人": 12.0, "案由": 24.0,
    "立案日期": 12.0, "审限届满日期": 14.0, "报结日期": 12.0,
}  # fmt: skip
_SHOWN = ("court__parent", "division", "team", "clock", "undertaker", "prior")


def today() -> date:
    """Return the day of this request, in the courts' zone."""
    return clock.day_of(clock.now())


def scope_of(request: HttpRequest) -> Scope:
    """Return the scope of who asks."""
    return access(request).scope


def person_of(request: HttpRequest) -> Person:
    """Return who asks."""
    return access(request).account.person


def desk(request: HttpRequest) -> Desk:
    """Return the seats of who asks, today."""
    return desk_of(person_of(request), today())


def whole_number(text: str) -> int | None:
    """Return an id or a number of an address, None for anything else: `²` and `٣` are digits to Python too.

    Beyond ten digits no database has an id, and SQLite takes no integer of over eight bytes.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """Return the ids among what the boxes of a form give."""
    return [number for text in texts if (number := whole_number(text)) is not None]


def case_for(request: HttpRequest, case_id: int) -> Case:
    """Return a case that may be opened, with what its page shows; 404 otherwise."""
    cases = visible_cases(scope_of(request)).select_related(*_SHOWN)
    return get_object_or_404(cases, pk=case_id)


def file_for(request: HttpRequest, case_id: int) -> CaseFile:
    """Open the file of a case for who asks; 404 where it may not be opened."""
    asking = access(request)
    case, person = case_for(request, case_id), asking.account.person
    return CaseFile(asking.scope, case, today(), person, asking.acts, asking.posts)


class Asking:
    """Whoever asks, and the moment of asking."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.access = access(request)
        self.scope = self.access.scope
        self.person = self.access.account.person
        self.acts = self.access.acts
        self.now: datetime = clock.now()
        self.today: date = clock.day_of(self.now)

    def text(self, name: str, most: int = 2000) -> str:
        """Return a field of the form, trimmed."""
        return self.request.POST.get(name, "").strip()[:most]

    def day(self, name: str) -> date | None:
        """Return a day of the form, None where it is none."""
        try:
            return date.fromisoformat(self.request.POST.get(name, ""))
        except ValueError:
            return None

    def page(self, rows: Any) -> Page[Any]:
        """Return the page of a list that was asked for."""
        return Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("page"))

    def handed_out(
        self, name: str, columns: Mapping[str, float], rows: Sequence[Sequence[Cell]]
    ) -> HttpResponse:
        """Hand a list out as xlsx and leave an audit row."""
        self.note(f"导出{name}", {"rows": len(rows)})
        sheet = Sheet(name[:31], tuple(columns.items()), rows)
        return xlsx_answer([sheet], name, mark=self.mark)

    def cases_handed_out(self, name: str, ids: Iterable[int]) -> HttpResponse:
        """Hand out those of the cases that the scope shows, in order, each sensitive one noted by itself."""
        wanted = list(ids)[:MOST_HANDED_OUT]
        shown = visible_cases(self.scope).select_related("court", "division", "clock")
        found = shown.in_bulk(wanted)
        cases = [found[pk] for pk in wanted if pk in found]
        sensitive = [(one.court.code, one.number) for one in cases if one.confidentiality]
        note_export(sensitive, actor=str(self.person), what=name, now=self.now)
        return self.handed_out(name, _CASE_COLUMNS, [_cells(one) for one in cases])

    def note(self, what: str, detail: Mapping[str, Any] | None = None) -> None:
        """Leave an audit row of something handed out."""
        audit.append(
            chain=self.person.court.code, actor=str(self.person), action="导出清单",
            subject=what[:200], detail=dict(detail or {}), now=self.now,
        )  # fmt: skip

    @property
    def mark(self) -> str:
        """Return who may have what is handed out, as printed on it."""
        return f"{self.person.court.name}　{self.person}　{self.today}"


def _cells(case: Case) -> list[Cell]:
    place = (case.court.name, case.division.name if case.division else "", case.undertaker_name)
    days = (case.filed_on, case.clock.governing_due, case.closed_on)
    return [case.number, *place, case.cause, *days]
