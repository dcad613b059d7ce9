"""What people do with a warning: answer, dispute, snooze. 督办单 are in `orders`."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shenguan.base.inbox import corrections
from shenguan.base.inbox.models import Answer, Digest, Snooze, Watch
from shenguan.base.org.models import Person
from shenguan.core.ladder import SUPERVISE

ON_PAGE, BY_FILE = "页面", "网关文件"
LONGEST_SNOOZE = 30
"""Days; a warning isn't put off for good."""


def answer(
    *,
    watch: Watch,
    choice: str,
    actor: Person,
    on: date,
    now: datetime,
    text: str = "",
    item: str = "",
    channel: str = ON_PAGE,
) -> Answer:
    """Answer a warning. 数据有误 needs a text, opens a 更正任务 and holds the ladder until `decide`.

    `item` and `channel`: the number the weekly sheet gave it, and the way the answer came. Raises
    `ValueError` for a warning that stands no longer or is disputed already.
    """
    wrong = choice == Answer.Choice.WRONG_DATA
    if choice not in Answer.Choice.values:
        raise ValueError(f"答复“{choice}”不在 {'、'.join(Answer.Choice.values)} 之内")
    if wrong and not text.strip():
        raise ValueError("答复“数据有误”须写明哪一项有误")
    with transaction.atomic():
        held = {"held_since": on} if wrong else {}
        standing = Watch.objects.filter(pk=watch.pk).exclude(level="")
        if wrong and standing.filter(held_since__isnull=False).exists():
            raise ValueError("这一预警的数据已在认定之中")
        if standing.update(answered_on=on, recheck_on=on, **held) != 1:
            raise ValueError("这一预警已经解除，无须答复")
        watch.refresh_from_db()
        made = Answer.objects.create(
            watch=watch, choice=choice, text=text.strip(), person=actor, on=on, made_at=now,
            item=item, channel=channel,
        )  # fmt: skip
        if wrong:
            corrections.open_task(made, on=on, now=now)
        return made


def decide(*, answer: Answer, upheld: bool, actor: Person, on: date, now: datetime) -> Answer:
    """Decide whether the data were wrong; the ladder goes on from the day of the decision.

    Raises `ValueError` when decided already, or by whoever gave the answer.
    """
    if actor.pk == answer.person_id:
        raise ValueError("数据是否有误须由答复人以外的人认定")
    with transaction.atomic():
        waiting = Answer.objects.filter(pk=answer.pk, upheld=None, choice=Answer.Choice.WRONG_DATA)
        if waiting.update(upheld=upheld, decided_by=actor, decided_at=now) != 1:
            raise ValueError("这一答复无须认定或者已经认定")
        reopened = {} if upheld else {"answered_on": None}
        Watch.objects.filter(pk=answer.watch_id).update(held_since=None, recheck_on=on, **reopened)
        corrections.decided(answer, on=on, now=now)
    answer.refresh_from_db()
    return answer


def snooze(
    *, person: Person, watch: Watch, reason: str, since: date, until: date, now: datetime
) -> Snooze:
    """Put a kind of warning on one subject off for oneself until a day.

    Raises `ValueError` without reason, with an end past `LONGEST_SNOOZE` days, and for 督办.
    """
    if watch.level == SUPERVISE:
        raise ValueError("督办事项不能暂缓提醒")
    if not reason.strip():
        raise ValueError("暂缓提醒须写明理由")
    if not 0 < (until - since).days <= LONGEST_SNOOZE:
        raise ValueError(f"暂缓提醒须有截止日，最长{LONGEST_SNOOZE}日")
    return Snooze.objects.create(
        person=person,
        kind=watch.kind,
        subject=watch.subject,
        reason=reason.strip(),
        since=since,
        until=until,
        made_at=now,
    )


def mark_read(*, digest: Digest, actor: Person, now: datetime) -> None:
    """Note when a person first opened their digest."""
    if digest.person_id != actor.pk:
        raise ValueError("只能标记本人的每日提醒")
    Digest.objects.filter(pk=digest.pk, read_at=None).update(read_at=now)
