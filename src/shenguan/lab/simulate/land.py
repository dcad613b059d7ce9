"""Carries simulated cases into the registry by the one door every import uses.

Batch after batch lands and is refreshed, so that a million cases need the memory of `BATCH` of them and
what has landed can already be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Court
from shenguan.lab.simulate.cases import SimCase, SimEvent
from shenguan.programs.intake import findings
from shenguan.spine import pipeline
from shenguan.spine.cases.identities import Identity, identify
from shenguan.spine.cases.models import Batch, Case

BATCH = 20_000
"""Cases in one batch."""
CHUNK = 400
"""Cases whose events are appended in one transaction, well under a second."""
ACTOR = "演示城市"
KIND = "模拟"


@dataclass(slots=True)
class Landed:
    """What went in."""

    cases: int = 0
    events: int = 0
    batches: int = 0


def already_there() -> bool:
    """Whether this home holds a simulated city."""
    return Batch.objects.filter(kind=KIND, state=Batch.State.LANDED).exists()


def put_in(
    cases: Iterable[SimCase],
    courts: dict[int, Court],
    *,
    now: datetime,
    title: str,
    progress: Callable[[int], None] | None = None,
) -> Landed:
    """Append, land and refresh all cases; `progress` gets the number landed so far.

    `title` is kept as the batch's file name. Raises what the log raises: nothing of the batch in work
    counts then.
    """
    done, stream = Landed(), iter(cases)
    while first := list(islice(stream, CHUNK)):
        batch = Batch.objects.create(kind=KIND, file_name=title, actor=ACTOR, started_at=now)
        ids = _append(first, courts, batch, now, done)
        for chunk in _portions(islice(stream, BATCH - CHUNK), CHUNK):
            ids += _append(chunk, courts, batch, now, done)
        pipeline.land(batch, now=now)
        for start in range(0, len(ids), CHUNK):
            _refresh(ids[start : start + CHUNK], now, done)
            if progress:
                progress(done.cases)
        done.batches += 1
    return done


def _refresh(ids: Sequence[int], now: datetime, done: Landed) -> None:
    pipeline.refresh(ids, now=now)
    findings.recheck(ids, now=now)
    done.cases += len(ids)


def _portions(cases: Iterable[SimCase], size: int) -> Iterator[list[SimCase]]:
    stream = iter(cases)
    while portion := list(islice(stream, size)):
        yield portion


def _append(
    chunk: Sequence[SimCase], courts: dict[int, Court], batch: Batch, now: datetime, done: Landed
) -> list[int]:
    wanted = [_identity(case, courts) for case in chunk]
    found = identify(wanted)
    ids = [found[row.key].pk for row in wanted]
    events = [
        _new_event(pk, event) for case, pk in zip(chunk, ids, strict=True) for event in case.events
    ]
    pipeline.append_to_batch(events, batch=batch, actor=ACTOR, now=now)
    done.events += len(events)
    return ids


def _new_event(case_id: int, event: SimEvent) -> pipeline.NewEvent:
    moment = None
    if event.at is not None:
        moment = datetime.combine(event.known_on, event.at, tzinfo=COURT_ZONE)
    return pipeline.NewEvent(case_id, event.kind, event.occurred_on, event.payload, moment)


def _identity(case: SimCase, courts: dict[int, Court]) -> Identity:
    return Identity(courts[case.court].pk, case.number, case.number, Case.NumberKind.OFFICIAL)
