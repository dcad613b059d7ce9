"""突击结案: once a month, each court, division and judge beside its own twelve months before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count

from shenguan.base.inbox.models import Transition, Watch
from shenguan.base.inbox.posting import Posting, Subject, post
from shenguan.base.inbox.roster import Place
from shenguan.base.org.models import Person, Unit
from shenguan.core.ladder import plus_workdays
from shenguan.core.warning.matter import Matter
from shenguan.core.warning.patterns import MONTHLY, Closings, month_end_of, months_back
from shenguan.core.warning.rule import WarningRule
from shenguan.core.warning.standing import stand
from shenguan.spine.cases.models import Case
from shenguan.spine.warnings.handing import posting_of
from shenguan.spine.warnings.night import Night

MONTHS = 13
_COLUMNS = {"court": "court_id", "division": "division_id", "judge": "undertaker_id"}
_LAST_DAYS = 5


@dataclass(slots=True)
class _Group:
    """Closings of a group by month and, of the last month, on its last working days."""

    counts: list[int] = field(default_factory=lambda: [0] * MONTHS)
    at_end: int = 0


def check_month(night: Night, *, now: datetime) -> list[Transition]:
    """Look at the month before the night's day; what stood of earlier months ends without a word."""
    end = month_end_of(night.on)
    found: dict[str, list[Posting]] = defaultdict(list)
    for by in _COLUMNS:
        for (court_id, key), group in _groups(end, by, night).items():
            for posting in _postings(
                night, by, court_id, key, Closings(end, group.counts, group.at_end)
            ):
                found[f"{by}:{key} {end:%Y-%m}"].append(posting)
    kinds = {rule.id for rule in night.rulebook.warnings if rule.kind in MONTHLY}
    standing = Watch.objects.filter(kind__in=kinds).exclude(level="")
    subjects = sorted({*standing.values_list("subject", flat=True), *found})
    return post(
        [Subject(name, found.get(name, []), kinds, kinds) for name in subjects],
        on=night.on,
        now=now,
    ).transitions


def _postings(
    night: Night, by: str, court_id: int, key: int, closings: Closings
) -> Iterator[Posting]:
    for rule in night.rules(court_id):
        if rule.kind not in MONTHLY or by not in rule.params["groups"]:
            continue
        matters = list(MONTHLY[rule.kind](closings, rule))
        if matters:
            yield from _posted(night, rule, matters, Place(court_id), _name(night, by, key))


def _posted(
    night: Night, rule: WarningRule, matters: Sequence[Matter], place: Place, who: str
) -> Iterator[Posting]:
    found = stand(rule, matters, night.on, {"who": who}, night.rulebook.calendar)
    return (posting_of(night, standing, place) for standing in found.standing)


def _groups(end: date, by: str, night: Night) -> Mapping[tuple[int, int], _Group]:
    """Return the closings of thirteen months by group; one query over days, the rest is adding up."""
    months = months_back(end, MONTHS)
    last_days = plus_workdays(end + timedelta(days=1), -_LAST_DAYS, night.rulebook.calendar)
    column = _COLUMNS[by]
    rows = (
        Case.objects.filter(visible=True, closed_on__range=(months[0][0], end))
        .exclude(**{column: None})
        .order_by()
        .values_list("court_id", column, "closed_on")
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[int, int], _Group] = defaultdict(_Group)
    first = months[0][0]
    for court_id, key, closed_on, count in rows:
        group = found[court_id, key]
        place = (closed_on.year - first.year) * 12 + closed_on.month - first.month
        group.counts[place] += count
        if closed_on >= last_days:
            group.at_end += count
    return found


def _name(night: Night, by: str, key: int) -> str:
    if by == "court":
        return night.courts[key].name
    model = Unit if by == "division" else Person
    row = model.objects.select_related("court").get(pk=key)
    return f"{row.court.name}{row.name}"
