"""羁押、取保候审、监视居住 per defendant and 查封、扣押、冻结 per thing: what stands, and until when.

Three kinds of event speak of a measure: one begins it (a later one on the same defendant or thing takes
its place), one renews it (续行), one ends it. Each carries `whom` (defendant or thing), the first
`measure` and, where the decision states it, `until`; without it the longest time the law allows counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shenguan.core.caselog import LoggedEvent
from shenguan.core.timelimit.months import add_months


@dataclass(frozen=True, slots=True)
class Length:
    """How long a measure may last: months, or None: as long as the time limit of the case."""

    months: int | None
    law: str
    status: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The words and lengths of one family of measures; `ends` are measures that mean the end."""

    begins: str
    renews: str
    lifts: str
    lengths: Mapping[str, Length]
    ends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `until` None: no length is known. `stated`: the decision named the day itself."""

    whom: str
    measure: str
    since: date
    until: date | None
    stated: bool
    law: str
    renewals: int = 0
    ended_on: date | None = None


def terms_from(params: Mapping[str, Any]) -> Terms:
    """Read the `params` of a rule; raises `KeyError` or `TypeError` for what it lacks."""
    lengths = {
        name: Length(entry["months"], str(entry["law"]), str(entry["status"]))
        for name, entry in params["lengths"].items()
    }
    return Terms(
        begins=params["begins"],
        renews=params.get("renews", ""),
        lifts=params["lifts"],
        lengths=lengths,
        ends=frozenset(params.get("ends", ())),
    )


def measures(events: Iterable[LoggedEvent], terms: Terms, limit: date | None) -> list[Measure]:
    """Return every measure of these events, in order of days; `limit` is the due day of the case."""
    found: list[Measure] = []
    standing: dict[str, int] = {}
    for event in events:
        if event.occurred_on is None or event.kind not in {terms.begins, terms.renews, terms.lifts}:
            continue
        whom = str(event.payload.get("whom") or "")
        at = standing.get(whom)
        if event.kind == terms.renews:
            if at is not None:
                found[at] = _renewed(found[at], event, terms, limit)
            continue
        if at is not None:
            found[at] = replace(found[at], ended_on=event.occurred_on)
            del standing[whom]
        if event.kind == terms.begins and event.payload.get("measure") not in terms.ends:
            standing[whom] = len(found)
            found.append(_begun(whom, event, terms, limit))
    return found


def _begun(whom: str, event: LoggedEvent, terms: Terms, limit: date | None) -> Measure:
    measure = str(event.payload.get("measure") or "")
    length = terms.lengths.get(measure)
    until, stated = _last_day(event, length, limit)
    assert event.occurred_on is not None
    return Measure(whom, measure, event.occurred_on, until, stated, length.law if length else "")


def _renewed(before: Measure, event: LoggedEvent, terms: Terms, limit: date | None) -> Measure:
    until, stated = _last_day(event, terms.lengths.get(before.measure), limit)
    return replace(before, until=until, stated=stated, renewals=before.renewals + 1)


def _last_day(
    event: LoggedEvent, length: Length | None, limit: date | None
) -> tuple[date | None, bool]:
    """Return the last day and whether it was stated.

    A renewal without a stated day runs from the day it was made, the earlier and safer reading.
    """
    if event.payload.get("until"):
        return date.fromisoformat(str(event.payload["until"])), True
    if length is None or event.occurred_on is None:
        return None, False
    if length.months is None:
        return limit, False
    return add_months(event.occurred_on, length.months), False
