"""更正任务: what an answer 数据有误 asks to be put right, by whom and by when."""

from __future__ import annotations

from datetime import date

from shenguan.base.inbox.models import Answer, Correction
from shenguan.base.org.models import Person
from shenguan.core.ladder import plus_workdays
from shenguan.rulebook import load

WITHIN_WORKDAYS = 5


def open_task(answer: Answer, *, on: date) -> Correction:
    """Open the task of an answer: the one in charge of the matter, else whoever answered, owns it."""
    return Correction.objects.create(
        answer=answer,
        owner=answer.watch.owner or answer.person,
        opened_on=on,
        due_on=plus_workdays(on, WITHIN_WORKDAYS, load().calendar),
    )


def finish(correction: Correction, *, note: str, actor: Person, on: date) -> Correction:
    """Say what was corrected; raises `ValueError` before the decision, without words, or twice."""
    if not note.strip():
        raise ValueError("更正任务：更正情况不能为空")
    if not correction.answer.upheld:
        raise ValueError("更正任务：数据有误尚未认定或者认定不属实，无须更正")
    changed = Correction.objects.filter(pk=correction.pk, done_on=None).update(
        note=note.strip(), done_by=actor, done_on=on
    )
    if changed != 1:
        raise ValueError("这一更正任务已办结")
    correction.refresh_from_db()
    return correction
