"""The kinds of report a court makes: what each covers, how it looks, how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from shenguan.base.org.models import Court
from shenguan.base.papers.look import OFFICIAL, SHEET, Look
from shenguan.base.papers.model import Paper
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.programs.reports import contents
from shenguan.programs.reports.consultation.pack import pack
from shenguan.programs.reports.edition import Edition, PaperError
from shenguan.programs.reports.monthly.bulletin import bulletin
from shenguan.programs.reports.quarterly.analysis import analysis

WEEKLY, MONTHLY, QUARTERLY, PACK, LETTER = "周提醒", "月通报", "态势分析", "数据会商材料", "反馈函"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `months`: how many a period may have, empty for a day; `make` None is written elsewhere."""

    name: str
    codes: tuple[str, ...]
    months: tuple[int, ...]
    look: Look
    make: Callable[[Edition], Paper] | None
    slides: bool = False


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(WEEKLY, (), (), SHEET, None),
        Kind(MONTHLY, contents.MONTHLY, (1,), OFFICIAL, bulletin, slides=True),
        Kind(QUARTERLY, contents.QUARTERLY, (3,), OFFICIAL, analysis, slides=True),
        Kind(PACK, contents.MONTHLY, tuple(range(1, 13)), OFFICIAL, pack, slides=True),
        Kind(LETTER, contents.MONTHLY, tuple(range(1, 13)), OFFICIAL, None),
    )
}


def period_of(kind: Kind, text: str, today: date) -> Period:
    """Read the period of a report; raises `PaperError` for one that doesn't fit or hasn't begun."""
    try:
        found = Period.parse(text)
    except IndicatorError as error:
        raise PaperError(str(error)) from None
    if kind.months:
        count = len(found.by_month()) if found.whole_months else 0
        if count not in kind.months:
            wanted = {1: "一个月，如 2026-10", 3: "一个季度，如 2026Q3"}
            said = wanted.get(kind.months[0] if len(kind.months) == 1 else 0)
            raise PaperError(f"{kind.name}的统计期应为{said or '若干个整月，如 2026-01..2026-10'}")
    if found.start > today:
        raise PaperError(f"“{text}”还没有开始")
    return found


def title_of(kind: Kind, court: Court, period: str, to: Court | None = None) -> str:
    """Return the name a report is listed under; 2026年10月 and 月通报 share their 月."""
    about = f"（{to.name}）" if to else ""
    name = kind.name.removeprefix("月") if period.endswith("月") else kind.name
    return f"{court.name}{period}{name}{about}"
