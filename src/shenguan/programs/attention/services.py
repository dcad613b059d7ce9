"""What a person does with many warnings at once: each is done or refused with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from shenguan.base.audit import services as audit
from shenguan.base.inbox import services as inbox
from shenguan.base.inbox.models import Watch
from shenguan.base.org.models import Person


@dataclass(slots=True)
class Done:
    """How many went through, and why the others did not."""

    count: int = 0
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = [f"已处理{self.count}条"] if self.count else []
        return "；".join([*said, *dict.fromkeys(self.refused)])


def answer_all(
    watches: Iterable[Watch], *, choice: str, text: str, actor: Person, on: date, now: datetime
) -> Done:
    """Give one answer to several warnings."""
    return _each(
        watches,
        lambda watch: inbox.answer(
            watch=watch, choice=choice, text=text, actor=actor, on=on, now=now
        ),
        action=f"答复预警：{choice}",
        actor=actor,
        now=now,
    )


def snooze_all(
    watches: Iterable[Watch], *, reason: str, until: date, actor: Person, on: date, now: datetime
) -> Done:
    """Put several warnings off for oneself."""
    return _each(
        watches,
        lambda watch: inbox.snooze(
            person=actor, watch=watch, reason=reason, since=on, until=until, now=now
        ),
        action="暂缓提醒",
        actor=actor,
        now=now,
    )


def _each(
    watches: Iterable[Watch],
    act: Callable[[Watch], object],
    *,
    action: str,
    actor: Person,
    now: datetime,
) -> Done:
    done = Done()
    for watch in watches:
        try:
            act(watch)
        except ValueError as refused:
            done.refused.append(str(refused))
            continue
        done.count += 1
        audit.append(
            chain=watch.court.code, actor=str(actor), action=action, subject=watch.subject, now=now
        )
    return done
