"""Replies to 质效反馈函: given by the court written to, taken or sent back by the sender."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person
from shenguan.programs.reports.kinds import LETTER
from shenguan.programs.reports.models import LetterReply, Report


class ReplyError(ValueError):
    """A reply that can't be given or decided; the message says why (Chinese)."""


def reply(*, report: Report, said: str, actor: Person, now: datetime) -> LetterReply:
    """Reply to a letter; raises `ReplyError` for one not sent, settled, or without a text."""
    if report.kind != LETTER or report.state != Report.State.PUBLISHED:
        raise ReplyError("只能对已发出的反馈函作出反馈")
    last = report.replies.last()
    if last and last.accepted is not False:
        raise ReplyError(
            "已经反馈，正在等待发函法院处理" if last.accepted is None else "该函已经办结"
        )
    if not said.strip():
        raise ReplyError("请写明原因分析和改进措施")
    assert report.to_court is not None
    with transaction.atomic():
        made = LetterReply.objects.create(
            report=report, said=said.strip(), person=actor, on=now.date(), made_at=now
        )
        audit.append(
            chain=report.to_court.code, actor=str(actor), action="反馈质效函", subject=report.title, now=now
        )  # fmt: skip
    return made


def settle(
    *, reply: LetterReply, accepted: bool, remark: str, actor: Person, now: datetime
) -> None:
    """Take a reply or send it back with a reason."""
    if not accepted and not remark.strip():
        raise ReplyError("退回补充须写明意见")
    waiting = LetterReply.objects.filter(pk=reply.pk, accepted=None)
    done = waiting.update(
        accepted=accepted, remark=remark.strip(), decided_by=actor, decided_at=now
    )
    if done != 1:
        raise ReplyError("该反馈已经处理")
