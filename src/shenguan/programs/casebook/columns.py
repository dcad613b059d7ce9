"""The columns that a case list can show: one definition for page and xlsx."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenguan.base.papers.sheets import Cell
from shenguan.programs.casebook.marks import ClockSign, Timing


class Shown(NamedTuple):
    """What lists show of a case, as the database has it; `court`, `division`, `team` are names."""

    pk: int
    number: str
    number_key: str
    court: str
    court_code: str
    division: str | None
    team: str | None
    undertaker_name: str
    case_class: str
    instance: str
    procedure: str
    cause: str
    filed_on: date | None
    closed_on: date | None
    disposition: str
    last_event_on: date | None
    amount: int | None
    prior_number: str
    confidentiality: int
    tags: Mapping[str, str]
    flags: Sequence[str]
    state: str | None
    due: date | None
    start_on: date | None
    limit_days: int | None
    excluded_days: int | None

    @property
    def timing(self) -> Timing | None:
        """Return what its clock says; None without one."""
        if self.state is None:
            return None
        return Timing(self.state, self.due, self.start_on, self.limit_days, self.excluded_days or 0)


LOOKUPS = {
    "court": "court__name",
    "court_code": "court__code",
    "division": "division__name",
    "team": "team__name",
    "state": "clock__state",
    "due": "clock__governing_due",
    "start_on": "clock__start_on",
    "limit_days": "clock__limit_days",
    "excluded_days": "clock__excluded_days",
}
"""Where a field of `Shown` isn't a column of the case."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One case of a list with its sign and the names of its parties as printed."""

    case: Shown
    sign: ClockSign
    parties: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, width in an xlsx in characters, its value, how the page draws it."""

    key: str
    title: Promise
    width: float
    value: Callable[[Listed], Cell]
    kind: str = "text"
    sort: str = ""


def _tags(row: Listed) -> str:
    """Tags that stand, a mere suggestion marked as such."""
    words = {"建议": "（建议）", "确认": ""}
    return "、".join(f"{n}{words[s]}" for n, s in row.case.tags.items() if s in words)


def _yuan(row: Listed) -> Cell:
    return None if row.case.amount is None else row.case.amount / 100


def _excluded(row: Listed) -> Cell:
    return row.case.excluded_days or None


ALL: Mapping[str, Column] = {
    column.key: column
    for column in (
        Column("mark", _("审限"), 16, lambda r: f"{r.sign.symbol} {r.sign.name}".strip(), "mark"),
        Column("days", _("余（超）日"), 10, lambda r: r.sign.days_left, "num"),
        Column("court", _("法院"), 26, lambda r: r.case.court),
        Column("cause", _("案由"), 26, lambda r: r.case.cause, "wrap"),
        Column("line", _("条线"), 8, lambda r: r.case.case_class),
        Column("instance", _("审判程序"), 10, lambda r: r.case.instance),
        Column("procedure", _("适用程序"), 12, lambda r: r.case.procedure),
        Column("division", _("承办部门"), 20, lambda r: r.case.division),
        Column("team", _("审判团队"), 18, lambda r: r.case.team),
        Column("undertaker", _("承办人"), 10, lambda r: r.case.undertaker_name),
        Column("filed", _("立案日期"), 12, lambda r: r.case.filed_on, "date", "filed"),
        Column("due", _("审限届满日"), 12, lambda r: r.case.due, "date", "due"),
        Column("excluded", _("扣除天数"), 9, _excluded, "num"),
        Column("closed", _("报结日期"), 12, lambda r: r.case.closed_on, "date", "closed"),
        Column("disposition", _("结案方式"), 14, lambda r: r.case.disposition),
        Column("event", _("最后动态"), 12, lambda r: r.case.last_event_on, "date", "event"),
        Column("parties", _("当事人"), 40, lambda r: r.parties, "wrap"),
        Column("amount", _("标的额（元）"), 14, _yuan, "money"),
        Column("tags", _("领域与标签"), 20, _tags, "wrap"),
        Column("prior", _("原审案号"), 24, lambda r: r.case.prior_number),
        Column("flags", _("数据疑点"), 24, lambda r: "、".join(r.case.flags), "wrap"),
    )
}
_OPEN = ("mark", "days", "cause", "procedure", "division", "undertaker", "filed", "due", "tags")
_CLOSED = ("cause", "procedure", "division", "undertaker", "filed", "due", "closed", "disposition")


def usual(*, closed: bool, many_courts: bool) -> list[Column]:
    """Return the columns of someone who hasn't chosen any."""
    keys = (*(("court",) if many_courts else ()), *(_CLOSED if closed else _OPEN))
    return [ALL[key] for key in keys]


def chosen(keys: Iterable[str]) -> list[Column]:
    """Return the columns of the keys that there are, in the order chosen, each once."""
    return [ALL[key] for key in dict.fromkeys(keys) if key in ALL]
