"""Putting planned work into the log: chunk by chunk behind a batch marker, landed as one.

A chunk holds the database's write lock for a fraction of a second and then lets others in, so that a page
waits less than two seconds while a large file goes in.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from shenguan.base.ops.clock import day_of
from shenguan.base.org.services import Directory
from shenguan.core.casefold import LoggedEvent
from shenguan.core.quality import Check, Problem, Tables, inspect
from shenguan.programs.intake.identity import CourtFinder, Identity
from shenguan.programs.intake.known import CASE_TABLE, Change, Draft, Known, after, known
from shenguan.programs.intake.records import record_of, tables
from shenguan.rulebook import Rulebook
from shenguan.spine import pipeline
from shenguan.spine.cases import identities, log
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.pipeline import NewEvent

CHUNK = 250  # cases appended at once: some 1,500 events, well under a second
REFRESHED = 400  # cases refreshed at once
BREATH = 0.02  # seconds; planning the next chunk holds no lock and lets a waiting page in as well
LONG_BREATH = (
    0.1  # SQLite asks for a taken lock every 0.1 s at the slowest: so long a gap is always found
)
Tick = Callable[[int], None]
Plan = Callable[[Known], tuple[list[Draft], list[Change]]]


@dataclass(frozen=True, slots=True)
class Work:
    """What a source says of one case: whose it is, where it stands, and how it meets the log."""

    identity: Identity
    place: str
    plan: Plan


@dataclass(slots=True)
class Done:
    """What became of one piece of work."""

    work: Work
    case_id: int
    court_id: int
    was_known: bool
    added: int
    changes: list[Change]
    problems: list[Problem]


@dataclass(slots=True)
class Writer:
    """Writes one batch. `finish` lands it; until then nothing of it counts."""

    batch: Batch
    rulebook: Rulebook
    checks: Sequence[Check]
    courts: CourtFinder
    actor: str
    now: datetime
    directory: Directory = field(init=False)
    lookups: Tables = field(init=False)
    places: dict[str, set[str]] = field(init=False)
    events: int = 0

    def __post_init__(self) -> None:
        self.directory = Directory(self.rulebook.codes)
        self.lookups = tables(self.rulebook)
        self.places = defaultdict(set)

    @property
    def today(self) -> date:
        """The day of the import in Shanghai."""
        return day_of(self.now)

    def write(self, works: Sequence[Work], tick: Tick) -> Iterator[Done]:
        """Plan and append every piece of work; yields what became of it."""
        for work in works:
            if work.identity.number.kind == "规范案号":
                self.places[work.identity.number.key].add(work.identity.court.name)
        for start in range(0, len(works), CHUNK):
            chunk = works[start : start + CHUNK]
            time.sleep(BREATH if start else 0)
            yield from self._chunk(chunk)
            tick(len(chunk))

    def finish(self, case_ids: Sequence[int], tick: Tick) -> None:
        """Land the batch and bring its cases up to date."""
        pipeline.land(self.batch, now=self.now)
        for start in range(0, len(case_ids), REFRESHED):
            time.sleep(LONG_BREATH if start else 0)
            pipeline.refresh(case_ids[start : start + REFRESHED], now=self.now)
            tick(min(REFRESHED, len(case_ids) - start))

    def _chunk(self, works: Sequence[Work]) -> list[Done]:
        cases = self._cases(works)
        before = read_known([case.pk for case in cases])
        others = self._elsewhere(works)
        events: list[NewEvent] = []
        done = [
            self._plan(work, case, before[case.pk], others, events)
            for work, case in zip(works, cases, strict=True)
        ]
        if events:
            pipeline.append_to_batch(events, batch=self.batch, actor=self.actor, now=self.now)
            self.events += len(events)
        return done

    def _plan(
        self,
        work: Work,
        case: Case,
        before: Known,
        others: dict[str, set[str]],
        events: list[NewEvent],
    ) -> Done:
        drafts, changes = work.plan(before)
        elsewhere = sorted(others[work.identity.number.key] - {work.identity.court.name})
        record = record_of(work.identity, after(before, drafts), self.courts, elsewhere)
        problems = inspect(record, self.checks, self.lookups, self.today)
        known_before = bool(before.events)
        events += self._events(work, case.pk, drafts)
        kept = changes if known_before else []
        return Done(work, case.pk, case.court_id, known_before, len(drafts), kept, problems)

    def _events(self, work: Work, case_id: int, drafts: Sequence[Draft]) -> Iterator[NewEvent]:
        source = f"{self.batch.file_name} {work.place}"[:300]
        for d in drafts:
            yield NewEvent(case_id, d.kind, d.occurred_on, d.payload, source=source, voids=d.voids)

    def _cases(self, works: Sequence[Work]) -> list[Case]:
        wanted = [self._identity(work.identity) for work in works]
        found = identities.identify(wanted)
        return [found[identity.key] for identity in wanted]

    def _identity(self, identity: Identity) -> identities.Identity:
        ref, number = identity.court, identity.number
        court = self.directory.court(ref.name, code=ref.code or "")
        return identities.Identity(court.pk, number.text, number.key, number.kind)

    def _elsewhere(self, works: Sequence[Work]) -> dict[str, set[str]]:
        """Return the courts under which each official number of a chunk is known or named."""
        keys = [w.identity.number.key for w in works if w.identity.number.kind == "规范案号"]
        held = Case.objects.filter(number_key__in=keys, visible=True)
        courts: dict[str, set[str]] = defaultdict(set)
        for key, name in held.values_list("number_key", "court__name"):
            courts[key].add(name)
        for key in keys:
            courts[key] |= self.places[key]
        return courts


def read_known(case_ids: Sequence[int]) -> dict[int, Known]:
    """Return what the log says of these cases, in one query."""
    rows = (
        log.landed()
        .filter(case_id__in=case_ids)
        .order_by("case_id", "position")
        .values_list(
            "case_id",
            "batch__kind",
            "position",
            "kind",
            "occurred_on",
            "payload",
            "voids_id",
            "occurred_at",
        )
    )
    events: dict[int, list[LoggedEvent]] = {case_id: [] for case_id in case_ids}
    ours: dict[int, list[int]] = {case_id: [] for case_id in case_ids}
    for case_id, batch_kind, *columns in rows.iterator(chunk_size=5000):
        events[case_id].append(LoggedEvent(*columns))
        if batch_kind == CASE_TABLE:
            ours[case_id].append(columns[0])
    return {case_id: known(events[case_id], ours[case_id]) for case_id in case_ids}


def count_problems(done: Sequence[Done]) -> Counter[str]:
    """Count problems by their Chinese name."""
    return Counter(problem.name for one in done for problem in one.problems)
