"""One issue of a paper: which court, which period, asked through which book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shenguan.base.org.models import Court
from shenguan.base.papers.model import Line, Span
from shenguan.core.indicator.period import Period, month_text
from shenguan.programs.reports.book import Book
from shenguan.programs.reports.traced import Teller, say


class PaperError(ValueError):
    """A paper that can't be made as asked; the message says what and why (Chinese)."""


@dataclass(frozen=True)
class Edition:
    """A court's paper for a period. Figures cover the court and, above a basic court, its courts."""

    court: Court
    period: Period
    book: Book
    today: date
    codes: tuple[str, ...]
    number: str = ""
    circulation: str = "内部使用"
    ordered_by: str = ""
    """An indicator by which courts stand in the table of units; only with `basis`. Never divisions or judges."""
    basis: str = ""
    """The written basis of that order, as printed."""

    @cached_property
    def tell(self) -> Teller:
        """Asks the book."""
        return Teller(self.book)

    @cached_property
    def courts(self) -> list[Court]:
        """The court and the courts below it, in 机构序."""
        return subtree(self.court)

    @cached_property
    def where(self) -> dict[str, list[int]]:
        """All of it as a group."""
        return {"court": [court.pk for court in self.courts]}

    @property
    def many(self) -> bool:
        """Whether more than one court is covered."""
        return len(self.courts) > 1

    @property
    def whole(self) -> str:
        """What the figures cover, in words."""
        return "全辖区法院" if self.many else "全院"

    @property
    def span(self) -> str:
        """The period as a query says it."""
        return self.period.text

    @property
    def year(self) -> str:
        """January to the end of the period."""
        return self.period.year_to_date().text

    @property
    def of_year(self) -> bool:
        """Whether the period is the year so far itself."""
        return self.span == self.year

    @cached_property
    def on(self) -> date:
        """The day lists are taken of: the period's last, or today while it runs."""
        return min(self.period.end, self.today)

    @property
    def day(self) -> str:
        """The day of the lists as a query says it."""
        return self.on.isoformat()

    def months_back(self, count: int) -> list[str]:
        """Return the last `count` months up to the period's end."""
        last = self.period.last_month
        return [month_text(month) for month in range(last - count + 1, last + 1)]

    def value(self, code: str, period: str, form: str = "printed") -> Span:
        """Return one figure of all."""
        return self.value_of(code, period, form, {})

    def value_of(self, code: str, period: str, form: str, group: Mapping[str, int]) -> Span:
        """Return one figure of one group."""
        return self.tell("value", code=code, period=period, where=self.within(group), form=form)

    def within(self, group: Mapping[str, int]) -> dict[str, list[int]]:
        """Return the whole cut down to a group."""
        return {**self.where, **{name: [key] for name, key in group.items()}}

    def name(self, code: str) -> Span:
        """Return an indicator's name."""
        return self.tell("name", code=code)

    def count(self, list_id: str) -> Span:
        """Return how many cases stand on a list."""
        return self.tell("list_count", list=list_id, on=self.day, where=self.where)

    def label(self, dimension: str, key: int) -> Line:
        """Return the name of a court, division or code."""
        return say(self.tell("label", dimension=dimension, key=key))

    @property
    def is_ordered(self) -> bool:
        """Whether the courts stand by a figure instead of in 机构序."""
        return bool(self.ordered_by and self.basis) and self.many

    def prime(self) -> None:
        """Ask for everything the paper needs in few questions."""
        self.book.row("closed_cases", self.span, self.where)
        self.book.row("closed_cases", self.year, self.where)


def subtree(court: Court) -> list[Court]:
    """Return a court and every court under it, in 机构序."""
    found, frontier = [court], [court.pk]
    while frontier:
        below = list(Court.objects.filter(parent_id__in=frontier).order_by("order", "code"))
        found += below
        frontier = [one.pk for one in below]
    return [court, *sorted(found[1:], key=lambda one: (one.order, one.code))]


def court_named(text: str) -> Court:
    """Return a court by its name or code; raises `PaperError` naming near ones."""
    found = Court.objects.filter(name=text).first() or Court.objects.filter(code=text).first()
    if found:
        return found
    near = list(Court.objects.filter(name__contains=text).values_list("name", flat=True)[:5])
    hint = f"，是否指：{'、'.join(near)}" if near else ""
    raise PaperError(f"没有名为“{text}”的法院{hint}")
