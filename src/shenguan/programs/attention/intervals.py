"""指标偏离区间: which indicators of which court have left the interval that the court has filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.conf import settings

from shenguan.base.inbox.models import Transition, Watch
from shenguan.base.inbox.posting import Posting, Subject, Watches, post, watches_of
from shenguan.base.inbox.roster import Place
from shenguan.base.org.scope import Scope
from shenguan.core.indicator import printing
from shenguan.core.indicator.keys import UNITS
from shenguan.core.indicator.model import Indicator, Library, Reference
from shenguan.core.indicator.period import Period
from shenguan.core.warning.patterns import FIGURES, IndicatorPlace, month_end_of
from shenguan.core.warning.standing import stand
from shenguan.spine.indicators import services as indicators
from shenguan.spine.indicators.services import Question
from shenguan.spine.indicators.values import ValueRow
from shenguan.spine.warnings.handing import memory_of, posting_of
from shenguan.spine.warnings.night import Night

ACTOR = "夜间任务"
_LINE = "case_class"


def check_intervals(on: date, now: datetime) -> list[Transition]:
    """Look at the year up to the end of the last month; what stood of earlier months ends unsaid.

    Without any interval filled in the cube isn't asked.
    """
    night = Night(on)
    kinds = {rule.id for rule in night.rulebook.warnings if rule.kind in FIGURES}
    standing = Watch.objects.filter(kind__in=kinds).exclude(level="")
    watches = watches_of(standing.values_list("subject", flat=True))
    found = dict(_postings(night, watches))
    posted = post(
        [
            Subject(name, [found[name]] if name in found else [], kinds, kinds)
            for name in sorted({*watches, *found})
        ],
        on=on,
        now=now,
        watches=watches,
    )
    return posted.transitions


def assessed(library: Library, on: date) -> dict[str, frozenset[str]]:
    """Return the lines ("" for all) with an interval, by the code of indicators fit to be held to it."""
    found = {}
    for code, indicator in library.indicators.items():
        version = None if indicator.statistic else indicator.version(on)
        if version is not None:
            found[code] = frozenset(r.line for r in version.reference if r.filled)
    return {code: lines for code, lines in found.items() if lines}


def interval_words(reference: Reference, unit: str) -> str:
    """Return 90%—95%, 90%以上 or 5%以下."""
    mark = UNITS.get(unit, "")
    if reference.high is None:
        return "" if reference.low is None else f"{reference.low:g}{mark}以上"
    if reference.low is None:
        return f"{reference.high:g}{mark}以下"
    return f"{reference.low:g}{mark}—{reference.high:g}{mark}"


def _postings(night: Night, watches: Watches) -> Iterator[tuple[str, Posting]]:
    """Yield (subject, what stands); a 催办 that nobody has answered in time is 督办."""
    end = month_end_of(night.on)
    for row, line in _rows(night, end):
        court = night.courts[row.keys["court"]]
        place = _place(row, line, end)
        for rule in night.rules(court.pk):
            if rule.kind in FIGURES:
                matters = FIGURES[rule.kind](place, rule)
                words = {"who": court.name}
                subject = _subject(row.indicator, court.pk, line, end)
                asked = memory_of(watches.get(subject, ()))
                stood = stand(rule, matters, night.on, words, night.rulebook.calendar, asked)
                for one in stood.standing:
                    yield subject, posting_of(night, one, Place(court.pk))


def _rows(night: Night, end: date) -> Iterator[tuple[ValueRow, str]]:
    library, period = night.rulebook.library, Period(date(end.year, 1, 1), end)
    wanted = assessed(library, end)
    whole = tuple(code for code, lines in wanted.items() if "" in lines)
    by_line = tuple(code for code, lines in wanted.items() if lines - {""})
    for row in _ask(period, whole, ("court",)):
        yield row, ""
    for row in _ask(period, by_line, ("court", _LINE)):
        line = row.labels[_LINE]
        if line in wanted[row.indicator.code]:
            yield row, line


def _ask(period: Period, codes: tuple[str, ...], by: tuple[str, ...]) -> Sequence[ValueRow]:
    if not codes:
        return ()
    question = Question(period, codes, by)
    return indicators.values(Scope.everything(ACTOR), question, home=settings.HOME).rows


def _place(row: ValueRow, line: str, end: date) -> IndicatorPlace:
    reference = printing.reference_of(row.version, line)
    assert reference is not None
    standing = printing.standing(row.indicator, row.version, row.figure, line)
    return IndicatorPlace(
        month_end=end,
        name=row.indicator.name,
        value=row.printed,
        interval=interval_words(reference, row.indicator.unit),
        left=standing == printing.UNMET,
        line=line,
    )


def _subject(indicator: Indicator, court_id: int, line: str, end: date) -> str:
    return f"indicator:{indicator.code}:{court_id}:{end:%Y-%m}{line}"[:60]
