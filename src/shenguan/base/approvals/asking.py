"""What is asked for, and making it a request with its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shenguan.base.approvals.addressing import Address
from shenguan.base.approvals.models import Addressee, Request, Step
from shenguan.base.approvals.papers import Paper
from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Court, Person, Unit
from shenguan.core.windows import Windows
from shenguan.rulebook import load
from shenguan.rulebook.loaders.approvals import Procedure

MOST_TEXT = 5000


class Refused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """The act can't be done as asked; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked. `once` keeps two requests on one matter from being open at a time.

    `barred` are people, by id, who may not act on it, each with the reason.

    Not `formal`: put to a check by someone else, so that reasons and papers may still be missing.
    """

    procedure: Procedure
    kind: str
    subject: int
    subject_name: str
    court: Court
    unit: Unit | None
    summary: str
    once: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    reasons: Sequence[str] = ()
    detail: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    windows: Windows = field(default_factory=lambda: Windows(None))
    papers: Sequence[Paper] = ()
    way: str = ""
    formal: bool = True
    barred: Mapping[int, str] = field(default_factory=dict)


def check_ask(ask: Ask) -> None:
    """Raise `Refused` where reasons, story or papers fall short of the procedure."""
    procedure, known = ask.procedure, load().approvals.lists
    if not ask.formal:
        return
    if not ask.reasons:
        raise Refused("请至少选一项事由")
    codes = {code for entries in known.values() for code in entries}
    if unknown := set(ask.reasons) - codes:
        raise Refused(f"事由代码不在事由表中：{'、'.join(sorted(unknown))}")
    if len(ask.detail.strip()) < procedure.least_text:
        raise Refused(f"请写明详细情况和理由，不少于{procedure.least_text}字")
    if len(ask.papers) < procedure.least_files:
        raise Refused(
            f"请附上材料：{'、'.join(procedure.file_kinds)}，至少{procedure.least_files}份"
        )


def create(ask: Ask, person: Person, now: datetime) -> Request:
    """Make the request, with what was asked, shown and due on the day."""
    on = day_of(now)
    return Request.objects.create(
        procedure=ask.procedure.id,
        name=ask.procedure.name,
        group=ask.procedure.group,
        mode=ask.procedure.mode,
        kind=ask.kind,
        subject=ask.subject,
        subject_name=ask.subject_name,
        court=ask.court,
        unit=ask.unit,
        applicant=person,
        applied_at=now,
        applied_on=on,
        asked=dict(ask.asked),
        summary=ask.summary,
        once=ask.once,
        reasons=list(ask.reasons),
        detail=ask.detail.strip()[:MOST_TEXT],
        facts=dict(ask.facts),
        due=ask.windows.due,
        apply_before=ask.windows.apply_before,
        decide_before=ask.windows.decide_before,
        flags=ask.windows.on_applying(on),
    )


def lay_steps(request: Request, line: Sequence[Address]) -> None:
    """Lay out the steps with whom each waits for; none is current yet."""
    for number, address in enumerate(line, 1):
        rule = address.rule
        step = Step.objects.create(
            request=request,
            number=number,
            name=rule.name,
            decides=rule.decides,
            passes=rule.objects == "passes",
            by_paper=address.by_paper,
            delegates=list(rule.delegates),
            note=address.note,
        )
        Addressee.objects.bulk_create(
            Addressee(step=step, post=post, court_id=court, unit_id=unit)
            for post, court, unit in sorted(address.posts, key=str)
        )
