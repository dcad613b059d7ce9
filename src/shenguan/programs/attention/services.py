"""What a person does with many warnings at once: each is done or refused with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.inbox import corrections, directing
from shenguan.base.inbox import orders as supervision
from shenguan.base.inbox import services as inbox
from shenguan.base.inbox.directing import Target
from shenguan.base.inbox.models import Answer, Correction, Order, Watch
from shenguan.base.inbox.roster import Place
from shenguan.base.org.models import Person
from shenguan.spine.cases.models import Case
from shenguan.spine.warnings.services import recheck


@dataclass(slots=True)
class Done:
    """How many went through, and each of the others with its reason."""

    count: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        said = [f"已处理{self.count}条"] if self.count else []
        return "；".join([*said, *dict.fromkeys(reason for _what, reason in self.refused)])


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when."""

    actor: Person
    now: datetime
    on: date


def answer_all(watches: Iterable[Watch], *, choice: str, text: str, by: By) -> Done:
    """Give one answer to several warnings."""

    def act(watch: Watch) -> None:
        inbox.answer(watch=watch, choice=choice, text=text, actor=by.actor, on=by.on, now=by.now)
        if choice == Answer.Choice.DONE:
            directing.end_answered(watch)

    return _each(watches, act, f"答复预警：{choice}", by)


def snooze_all(watches: Iterable[Watch], *, reason: str, until: date, by: By) -> Done:
    """Put several warnings off for oneself."""

    def act(watch: Watch) -> None:
        inbox.snooze(
            person=by.actor, watch=watch, reason=reason, since=by.on, until=until, now=by.now
        )

    return _each(watches, act, "暂缓提醒", by)


def direct_all(
    targets: Sequence[tuple[Target, str]], *, level: str, text: str, due: date, by: By
) -> Done:
    """Put several matters on the lists of those in charge; (target, chain of its court) each.

    A case directed at silences its own lower warnings from this moment.
    """
    done = Done()
    for target, chain in targets:
        try:
            with transaction.atomic():
                made = directing.direct(
                    target=target, level=level, text=text, due=due, actor=by.actor, on=by.on,
                    now=by.now,
                )  # fmt: skip
                _trace(chain, by, f"交办：{level}", target.subject, {"事项": made.say})
        except ValueError as refused:
            done.refused.append((target.about, str(refused)))
            continue
        done.count += 1
    cases = [int(t.subject[5:]) for t, _chain in targets if t.subject.startswith("case:")]
    if done.count and cases:
        recheck(cases, now=by.now)
    return done


def targets_of(watches: Iterable[Watch], cases: Iterable[Case]) -> list[tuple[Target, str]]:
    """Return what warnings and cases stand for as targets, each case once."""
    found: dict[str, tuple[Target, str]] = {}
    for watch in watches:
        place = Place(watch.court_id, watch.unit_id, watch.owner_id)
        target = Target(watch.subject, place, watch.confidentiality, watch.say[:300])
        found.setdefault(watch.subject, (target, watch.court.code))
    for case in cases:
        place = Place(case.court_id, case.division_id, case.undertaker_id)
        target = Target(f"case:{case.pk}", place, case.confidentiality, case.number)
        found.setdefault(target.subject, (target, case.court.code))
    return list(found.values())


def close_all(orders: Iterable[Order], *, by: By) -> Done:
    """Close several 督办单."""
    done = Done()
    for order in orders:
        try:
            close_order(order, by=by)
        except ValueError as refused:
            done.refused.append((order.number, str(refused)))
            continue
        done.count += 1
    return done


def close_order(order: Order, *, by: By) -> None:
    """Close a 督办单 (销号); raises `ValueError` without a result and for owner or reporter."""
    with transaction.atomic():
        supervision.close(order, actor=by.actor, on=by.on)
        _trace(order.court.code, by, "销号", order.number)
        _look_again(order.watch, by)


def report_order(order: Order, *, result: str, by: By) -> None:
    """Put the result on a 督办单."""
    with transaction.atomic():
        supervision.report(order, result=result, actor=by.actor, on=by.on)
        _trace(order.court.code, by, "报办理结果", order.number)


def decide(answer: Answer, *, upheld: bool, by: By) -> None:
    """Decide whether the data were wrong; the ladder goes on at once."""
    with transaction.atomic():
        inbox.decide(answer=answer, upheld=upheld, actor=by.actor, on=by.on, now=by.now)
        action = "认定数据有误" if upheld else "认定数据无误"
        _trace(answer.watch.court.code, by, action, answer.watch.subject)
        _look_again(answer.watch, by)


def finish_correction(correction: Correction, *, note: str, by: By) -> None:
    """Say what was corrected."""
    watch = correction.answer.watch
    with transaction.atomic():
        corrections.finish(correction, note=note, actor=by.actor, on=by.on, now=by.now)
        _trace(watch.court.code, by, "更正办结", watch.subject)
        _look_again(watch, by)


def _look_again(watch: Watch, by: By) -> None:
    case_id = watch.case_id
    if case_id is not None:
        recheck([case_id], now=by.now)


def _each(watches: Iterable[Watch], act: Callable[[Watch], None], action: str, by: By) -> Done:
    done = Done()
    for watch in watches:
        try:
            with transaction.atomic():
                act(watch)
                _trace(watch.court.code, by, action, watch.subject)
        except ValueError as refused:
            done.refused.append((watch.say, str(refused)))
            continue
        done.count += 1
    return done


def _trace(
    chain: str, by: By, action: str, subject: str, detail: dict[str, str] | None = None
) -> None:
    audit.append(
        chain=chain, actor=str(by.actor), action=action, subject=subject, detail=detail or {},
        now=by.now,
    )  # fmt: skip
