"""Finding the four kinds of cases: what the criteria propose, and what another system has marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shenguan.base.ops.clock import day_of
from shenguan.core.supervision.criteria import Supervised
from shenguan.programs.supervision import clocks
from shenguan.programs.supervision.judging import Hit, Judge, supervised
from shenguan.programs.supervision.models import Mark
from shenguan.rulebook import load
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event

State, Source = Mark.State, Mark.Source
MARKED = "四类标注"
CHUNK = 500
_FILING = 15
"""Days after filing during which a mark counts as made at filing."""


@dataclass(slots=True)
class Looked:
    """What one look at the pending cases came to."""

    looked_at: int = 0
    proposed: int = 0
    imported: int = 0


def run(on: date, now: datetime, progress: Callable[[int, int], None] | None = None) -> Looked:
    """Look at all pending cases and propose marks: the nightly source. Running twice changes nothing."""
    looked = Looked(imported=_take_over(now))
    ids = list(
        Case.objects.filter(visible=True, closed_on=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    judge = Judge(on)
    for start in range(0, len(ids), CHUNK):
        cases = list(Case.objects.filter(pk__in=ids[start : start + CHUNK]).select_related("prior"))
        looked.proposed += _look(cases, judge, on, now)
        looked.looked_at += len(cases)
        if progress:
            progress(looked.looked_at, len(ids))
    return looked


def hits_of(case: Case, on: date) -> list[Hit]:
    """Return what the criteria find in a case now, whatever was decided before."""
    return Judge(on).hits(case, supervised([case], on)[case.pk])


def look_at(case: Case, *, on: date, now: datetime) -> Mark | None:
    """Look at one case at once."""
    return propose(case, supervised([case], on)[case.pk], on=on, now=now)


def propose(case: Case, seen: Supervised, *, on: date, now: datetime) -> Mark | None:
    """Propose a mark where the criteria hit; adds what is new to one that waits."""
    hits = Judge(on).hits(case, seen)
    past = list(Mark.objects.filter(case=case))
    made = _proposal(case, hits, past, on, now)
    if made is not None:
        made.save()
        clocks.post_mark(made, now=now)
    return made


def _look(cases: Sequence[Case], judge: Judge, on: date, now: datetime) -> int:
    seen = supervised(cases, on)
    past: dict[int, list[Mark]] = {case.pk: [] for case in cases}
    for mark in Mark.objects.filter(case__in=past):
        past[mark.case_id].append(mark)
    count = 0
    with transaction.atomic():
        for case in cases:
            made = _proposal(case, judge.hits(case, seen[case.pk]), past[case.pk], on, now)
            if made is not None:
                made.save()
                count += 1
    return count


def _proposal(
    case: Case, hits: Sequence[Hit], past: Iterable[Mark], on: date, now: datetime
) -> Mark | None:
    """Return a new or widened proposal; what people have decided on the same grounds stands."""
    known = {hit[0] for mark in past for hit in mark.hits}
    fresh = [hit for hit in hits if hit.rule.id not in known]
    if not fresh:
        return None
    waiting = next((m for m in past if m.state in {State.PROPOSED, State.CONFIRMED}), None)
    if waiting is not None and waiting.state == State.CONFIRMED:
        return None
    kept = [hit.kept() for hit in fresh]
    if waiting is not None:
        waiting.hits = [*waiting.hits, *kept]
        waiting.kinds = sorted({*waiting.kinds, *(hit.rule.kind for hit in fresh)})
        return waiting
    return Mark(
        case=case,
        kinds=sorted({hit.rule.kind for hit in fresh}),
        hits=kept,
        stage=stage_of(case, on),
        source=Source.RULE,
        state=State.PROPOSED,
        made_on=on,
        made_at=now,
    )


def _take_over(now: datetime) -> int:
    """Keep marks that the court's own system has made already; returns how many are new."""
    kept = Mark.objects.filter(event__isnull=False).values("event")
    rows = Event.objects.filter(LANDED, kind=MARKED, voided_by=None, case__visible=True)
    events = rows.exclude(pk__in=kept).select_related("case").order_by("position")
    open_now = set(
        Mark.objects.filter(state__in=(State.PROPOSED, State.CONFIRMED)).values_list(
            "case_id", flat=True
        )
    )
    made: list[Mark] = []
    for event in events:
        if event.case is None or event.case_id in open_now:
            continue
        open_now.add(event.case_id or 0)
        on = event.occurred_on or day_of(event.recorded_at)
        made.append(
            Mark(
                case=event.case,
                kinds=_numbers(event.payload.get("kinds") or ()),
                stage=stage_of(event.case, on),
                source=Source.IMPORT,
                state=State.CONFIRMED,
                why="由原系统接入",
                made_on=on,
                made_at=now,
                decided_on=on,
                event=event.position,
            )
        )
    Mark.objects.bulk_create(made, batch_size=500)
    return len(made)


def _numbers(said: Iterable[object]) -> list[int]:
    """Return the kinds by number, as a number or by the first words of their name."""
    kinds = load().supervision.kinds
    found = {
        number
        for one in said
        for number, name in kinds.items()
        if str(one) == str(number)
        or str(one)[:6] == name[:6]
        or ("类案" in str(one) and number == 3)
    }
    return sorted(found) or [1]


def stage_of(case: Case, on: date) -> str:
    """Return 立案 for the days after filing, 审理 later."""
    early = case.filed_on is None or (on - case.filed_on).days <= _FILING
    return "立案" if early else "审理"
