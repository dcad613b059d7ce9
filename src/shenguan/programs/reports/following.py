"""Tasks of meetings and replies to letters on the inbox ladder, once a night and after each act."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial

from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.posting import Posting, Subject, Told, post, watches_of
from shenguan.base.inbox.roster import Place, Roster
from shenguan.core.ladder import SUPERVISE, Asked, Span, answer_by, plus_workdays, reached, schedule
from shenguan.programs.reports import meetings
from shenguan.programs.reports.kinds import LETTER
from shenguan.programs.reports.models import LetterReply, Report, Task
from shenguan.rulebook import load
from shenguan.rulebook.loaders.papers import FollowUp

TASK, REPLY = "议定事项", "质效反馈"
_ORDER_WORKDAYS = 5


def follow(on: date, now: datetime) -> None:
    """Bring every task and letter to where it stands on a day; idempotent."""
    roster = Roster(on)
    due = [*_tasks(), *_letters()]
    watches = watches_of(subject for subject, *_ in due)
    subjects = [
        Subject(
            subject,
            list(_posting(rule, waiting, watches.get(subject, []), on, roster)) if waiting else [],
            {rule.id},
        )
        for subject, rule, waiting in due
    ]
    post(subjects, on=on, now=now, watches=watches)


class _Waiting:
    """Something waited for: since when, by when, where it belongs, how it is said."""

    def __init__(self, since: date, due: date, place: Place, words: Mapping[str, str]) -> None:
        self.since, self.due, self.place, self.words = since, due, place, words


Due = tuple[str, FollowUp, _Waiting | None]


def _tasks() -> Iterator[Due]:
    rule = load().follow_ups[TASK]
    rows = Task.objects.select_related("meeting__court").prefetch_related("steps")
    for task in rows:
        subject = f"meeting-task:{task.pk}"
        if meetings.state_on(task, date.max) in meetings.FINISHED:
            yield subject, rule, None
            continue
        place = Place(task.meeting.court_id, task.unit_id, task.owner_id)
        words = {"meeting": str(task.meeting), "matter": task.matter, "due": str(task.due_on)}
        yield subject, rule, _Waiting(task.meeting.held_on, task.due_on, place, words)


def _letters() -> Iterator[Due]:
    rule = load().follow_ups[REPLY]
    rows = Report.objects.filter(kind=LETTER, state=Report.State.PUBLISHED)
    for report in rows.select_related("court", "to_court").prefetch_related("replies"):
        subject, reply = f"letter:{report.pk}", list(report.replies.all())
        if report.to_court_id is None or (reply and reply[-1].accepted is not False):
            yield subject, rule, None
            continue
        assert report.published_at is not None
        due = date.fromisoformat(report.options["reply_by"])
        words = {"sender": report.court.name, "number": report.number, "due": str(due)}
        place = Place(report.to_court_id)
        yield subject, rule, _Waiting(report.published_at.date(), due, place, words)


def _posting(
    rule: FollowUp, waiting: _Waiting, held: list[Watch], on: date, roster: Roster
) -> Iterator[Posting]:
    calendar = load().calendar
    days = schedule(rule.ladder, Span(waiting.since, waiting.due), calendar)
    found = reached(rule.ladder, days, on, _asked(held))
    if not found.level or found.since is None:
        return
    yield Posting(
        kind=rule.id, key="", court_id=waiting.place.court_id, level=found.level, rung=found.rung,
        since=found.since, about=waiting.due, say=rule.say.format(**waiting.words),
        unit_id=waiting.place.unit_id, owner_id=waiting.place.owner_id,
        told=_told(rule, waiting.place, roster), answer_by=answer_by(rule.ladder, on, calendar),
        order_due=plus_workdays(on, _ORDER_WORKDAYS, calendar) if found.level == SUPERVISE else None,
    )  # fmt: skip


def _asked(held: list[Watch]) -> Asked | None:
    for watch in held:
        if watch.asked_on and watch.answer_by:
            return Asked(watch.asked_on, watch.answer_by, watch.answered_on is not None)
    return None


def _told(rule: FollowUp, place: Place, roster: Roster) -> Callable[[], Told]:
    return partial(_people, rule, place, roster)


def _people(rule: FollowUp, place: Place, roster: Roster) -> Told:
    to = [place.owner_id] if place.owner_id else roster.people(rule.to, place)
    return to or roster.instead(place), roster.people(rule.copy, place)


def reply_state(report: Report) -> str:
    """Return how a letter stands in words."""
    replies: list[LetterReply] = list(report.replies.all())
    if not replies:
        return "待反馈"
    last = replies[-1]
    return {None: "已反馈，待处理", True: "已办结", False: "退回补充"}[last.accepted]
