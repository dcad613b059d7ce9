"""What earlier meetings decided and how it stands on the day of the paper."""

from __future__ import annotations

from shenguan.base.papers.model import Block, Column, Line, Paragraph, Span, Table
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.meetings import WAITING, State
from shenguan.programs.reports.models import Task
from shenguan.programs.reports.traced import join, say

_COLUMNS = (
    ("会议", 1.6), ("议定事项", 3.6), ("责任部门和责任人", 2.0), ("时限", 1.7), ("状态", 1.3), ("办理情况", 2.8),
)  # fmt: skip
_FIELDS = ("meeting", "matter", "owner", "due", "state", "said")
_COUNTED = (WAITING, State.UNDER_WAY, State.RETURNED, State.DONE, State.CLOSED)


def standing(edition: Edition) -> list[Block]:
    """Return a sentence and the table of what was not closed before the period."""
    found = edition.book.tasks([edition.court.pk], edition.period.start, edition.today)
    if not found:
        return [Paragraph(say("没有登记的会议议定事项。"))]
    counts = [
        say(state, told) for state in _COUNTED if (told := _count(edition, [state])).text != "0项"
    ]
    whole = edition.tell("task_count", **_asked(edition))
    rows = tuple(_row(edition, task) for task in found)
    columns = tuple(Column(say(text), width) for text, width in _COLUMNS)
    return [
        Paragraph(say("需要落实的议定事项", whole, "，其中", join(counts), "。")),
        Table(columns, rows, say("表：会议议定事项落实情况")),
    ]


def _asked(edition: Edition) -> dict[str, object]:
    return {
        "where": {"court": [edition.court.pk]},
        "since": edition.period.start.isoformat(),
        "on": edition.today.isoformat(),
    }


def _count(edition: Edition, states: list[str]) -> Span:
    return edition.tell("task_count", states=states, **_asked(edition))


def _row(edition: Edition, task: Task) -> tuple[Line, ...]:
    return tuple(
        say(edition.tell("task", task=task.pk, on=edition.today.isoformat(), field=field))
        for field in _FIELDS
    )
