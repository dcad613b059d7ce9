"""Facts as they were known on a day: the same derivation over the events recorded by then.

Two times keep this possible: a closing of 30 June recorded on 8 July isn't in the figures of June as
known on 5 July. The archive isn't touched, and nothing is read from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time

import pyarrow as pa

from shenguan.base.ops.clock import COURT_ZONE
from shenguan.core.casefold import CaseState, fold
from shenguan.core.facts import Row
from shenguan.core.facts.refiling import Suit, party_mark, refilings
from shenguan.rulebook import Rulebook, load
from shenguan.spine.cases.identities import number_key
from shenguan.spine.cases.models import Case
from shenguan.spine.facts.deriving import HORIZON, Deriver, Rows
from shenguan.spine.facts.linking import WITHDRAWN, links_around, pieces
from shenguan.spine.facts.links import Links
from shenguan.spine.facts.schema import table_of
from shenguan.spine.facts.source import LogReader

CHUNK = 2000


def facts_as_known(on: date) -> Iterator[Mapping[str, pa.Table]]:
    """Yield the tables of all cases as known at the end of a day, in chunks of whole disputes."""
    case_ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for rows in _known_rows(case_ids, on, load()):
        yield {name: table_of(name, listed) for name, listed in rows.items()}


def facts_of(
    case_ids: Collection[int], as_known: date | None = None, *, on: date = HORIZON
) -> dict[str, list[Row]]:
    """Return the rows of some cases by Chinese column name, now or as known at the end of a day.

    Read from the log, not from the archive; cases of the same disputes are read, not returned. Court
    settings are those of `on` (of the day itself for `as_known`).
    """
    rulebook, wanted = load(), set(case_ids)
    links, members = links_around(wanted, rulebook)
    parts: Iterator[Rows]
    if as_known is None:
        deriver = Deriver(rulebook, on=on)
        chunks = links.in_disputes(sorted(members), CHUNK)
        parts = (deriver.rows(chunk, links.before(chunk)) for chunk in chunks)
    else:
        parts = _known_rows(sorted(members), as_known, rulebook)
    chinese = {
        name: {column.column: label for label, column in table.columns.items()}
        for name, table in rulebook.facts.tables.items()
    }
    found: dict[str, list[Row]] = {name: [] for name in chinese}
    for rows in parts:
        for name, listed in rows.items():
            labels = chinese[name].items()
            found[name] += [
                {label: row[column] for column, label in labels}
                for row in listed
                if row["case_id"] in wanted
            ]
    return found


def end_of(day: date) -> datetime:
    """Return the last moment of a court's day."""
    return datetime.combine(day, time.max, tzinfo=COURT_ZONE)


def _known_rows(case_ids: Sequence[int], on: date, rulebook: Rulebook) -> Iterator[Rows]:
    known_at = end_of(on)
    links = known_links(case_ids, known_at, rulebook)
    deriver = Deriver(rulebook, on=on, known_at=known_at)
    for chunk in links.in_disputes(case_ids, CHUNK):
        yield deriver.rows(chunk, links.before(chunk))


def known_links(case_ids: Sequence[int], known_at: datetime, rulebook: Rulebook) -> Links:
    """Return the links among these cases that follow from what was recorded by a moment."""
    reader = LogReader(known_at)
    suits = _Suits(rulebook)
    stated: dict[int, tuple[str, str]] = {}
    for chunk in pieces(case_ids, CHUNK):
        courts = dict(Case.objects.filter(pk__in=chunk).values_list("pk", "court_id"))
        for case_id, events in reader.read(chunk):
            state = fold(events)
            if state.prior_number:
                stated[case_id] = (number_key(state.prior_number), state.prior_court)
            suits.add(case_id, courts[case_id], state)
    again = [suit for suit in suits.filed if suit.case_id not in stated]
    return Links(_resolved(stated), refilings(suits.withdrawn, again))


class _Suits:
    """First-instance cases, sorted into the withdrawn ones and those that may be one of them again."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._types, self._words = rulebook.codes.case_types, rulebook.fact_words
        self.withdrawn: list[Suit] = []
        self.filed: list[Suit] = []

    def add(self, case_id: int, court: int, state: CaseState) -> None:
        """Take a case in, if it is a suit."""
        kind = self._types.get(state.case_type)
        if kind is None or kind.instance != "一审":
            return
        mark = party_mark(party.get("name") or "" for party in state.parties)
        if state.filed_on:
            self.filed.append(Suit(case_id, court, state.cause, mark, state.filed_on))
        name = self._words.name("结案方式", state.disposition)
        if state.closed_on and self._words.listed(WITHDRAWN, name):
            self.withdrawn.append(Suit(case_id, court, state.cause, mark, state.closed_on))


def _resolved(stated: Mapping[int, tuple[str, str]]) -> dict[int, int]:
    """Return the case below of each, where its number (and court, if several share it) says which."""
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    keys = sorted({key for key, _court in stated.values()})
    for start in range(0, len(keys), CHUNK):
        rows = Case.objects.filter(number_key__in=keys[start : start + CHUNK]).order_by("pk")
        for pk, key, court in rows.values_list("pk", "number_key", "court__name"):
            named[key].append((pk, court))
    found = {
        case_id: _meant(named[key], court, case_id) for case_id, (key, court) in stated.items()
    }
    return {case_id: prior for case_id, prior in found.items() if prior}


def _meant(candidates: Sequence[tuple[int, str]], court: str, itself: int) -> int:
    others = [(pk, name) for pk, name in candidates if pk != itself]
    if len(others) > 1 and court:
        others = [(pk, name) for pk, name in others if name.endswith(court) or court.endswith(name)]
    return others[0][0] if len(others) == 1 else 0
