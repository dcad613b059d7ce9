"""四类案件: proposed by rule or person, confirmed or not by a person, supervised, taken off with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from shenguan.base.approvals.services import Refused
from shenguan.base.audit import services as audit
from shenguan.base.ops.clock import day_of
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.programs.supervision import clocks
from shenguan.programs.supervision.bench import bench_of
from shenguan.programs.supervision.finding import MARKED, Source, State, stage_of
from shenguan.programs.supervision.models import Act, Mark
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record

REJECTED, REMOVED = "四类不予标注", "四类撤销标注"
TAKEN, REPLIED = "四类监管措施", "四类措施回复"


@transaction.atomic
def mark_by_hand(
    case: Case, kinds: Sequence[int], why: str, *, person: Person, now: datetime
) -> Mark:
    """Mark a case oneself: at once by whoever may confirm, else proposed to them."""
    book, on = load().supervision, day_of(now)
    if not post_in(person, case, book.may("mark"), on):
        raise Refused("您的职务不能对本案作标注")
    if not set(kinds) or set(kinds) - set(book.kinds):
        raise Refused("请选择属于四类中的哪一类")
    if not why.strip():
        raise Refused("请写明标注理由")
    if case.closed_on:
        raise Refused("本案已报结")
    if Mark.objects.filter(case=case, state__in=(State.PROPOSED, State.CONFIRMED)).exists():
        raise Refused("本案已有标注或者待确认的预标")
    mark = Mark.objects.create(
        case=case,
        kinds=sorted(set(kinds)),
        stage=stage_of(case, on),
        source=Source.PERSON,
        state=State.PROPOSED,
        why=why.strip(),
        made_on=on,
        made_at=now,
        made_by=person,
    )
    _audit(mark, person, "四类案件标注", now)
    if _may_decide(mark, person, on):
        return confirm(mark, mark.kinds, why, person=person, now=now)
    clocks.post_mark(mark, now=now)
    return mark


@transaction.atomic
def confirm(mark: Mark, kinds: Sequence[int], text: str, *, person: Person, now: datetime) -> Mark:
    """Confirm a mark, perhaps with other kinds than proposed."""
    on = day_of(now)
    if not set(kinds) or set(kinds) - set(load().supervision.kinds):
        raise Refused("请选择属于四类中的哪一类")
    _require_decider(mark, person, on)
    _settle(
        mark, (State.PROPOSED,), state=State.CONFIRMED, kinds=sorted(set(kinds)), decided_on=on,
        decided_by=person, decision_text=text.strip(),
    )  # fmt: skip
    names = [load().supervision.kinds[kind] for kind in mark.kinds]
    (mark.event,) = _happened(mark, MARKED, {"kinds": names}, person, now)
    mark.save(update_fields=["event"])
    clocks.post_mark(mark, now=now)
    return mark


@transaction.atomic
def reject(mark: Mark, code: str, text: str, *, person: Person, now: datetime) -> Mark:
    """Say that a case isn't one of the four kinds after all."""
    on = day_of(now)
    _require_reason("rejections", code, text, now)
    _require_decider(mark, person, on)
    _settle(
        mark, (State.PROPOSED,), state=State.REJECTED, decided_on=on, decided_by=person,
        decision=code, decision_text=text.strip(),
    )  # fmt: skip
    _happened(
        mark, REJECTED, {"reason": load().supervision.codes.name("rejections", code)}, person, now
    )
    clocks.post_mark(mark, now=now)
    return mark


@transaction.atomic
def remove(mark: Mark, code: str, text: str, *, person: Person, now: datetime) -> Mark:
    """Take a confirmed mark off; the event of marking is taken back with it."""
    on = day_of(now)
    _require_reason("removals", code, text, now)
    if not post_in(person, mark.case, load().supervision.may("remove"), on):
        raise Refused("撤销标注由院庭长决定")
    _not_of_bench(mark, person)
    _settle(
        mark, (State.CONFIRMED,), state=State.REMOVED, removed_on=on, removed_by=person,
        removal=code, removal_text=text.strip(),
    )  # fmt: skip
    _happened(
        mark,
        REMOVED,
        {"reason": load().supervision.codes.name("removals", code)},
        person,
        now,
        voids=mark.event,
    )
    clocks.post_mark(mark, now=now)
    return mark


@transaction.atomic
def take_measure(mark: Mark, measure: str, text: str, *, person: Person, now: datetime) -> Act:
    """Take one of the ten measures; it asks, it never decides the case."""
    on, rule = day_of(now), load().supervision.measures.get(measure)
    if rule is None:
        raise Refused("请选择监管措施")
    if mark.state != State.CONFIRMED:
        raise Refused("标注确认后才能采取监管措施")
    post = post_in(person, mark.case, rule.posts, on)
    if not post:
        raise Refused(f"您的职务不能采取“{rule.name}”")
    _not_of_bench(mark, person)
    if not text.strip():
        raise Refused("请写明措施的具体内容")
    if rule.once_at_most and mark.acts.filter(measure=rule.id).count() >= rule.once_at_most:
        raise Refused(f"同一案件“{rule.name}”一般不得超过{rule.once_at_most}次（{rule.law}）")
    act = Act.objects.create(
        mark=mark,
        measure=rule.id,
        text=text.strip(),
        person=person,
        post=post,
        on=on,
        at=now,
        due_on=clocks.clock_of(now).due(clocks.REPLYING, on, mark.case.court_id)
        if rule.reply
        else None,
    )
    _happened(mark, TAKEN, {"measure": rule.name}, person, now)
    clocks.post_mark(mark, now=now)
    return act


@transaction.atomic
def reply(act: Act, text: str, *, person: Person, now: datetime) -> Act:
    """Reply to a measure for the bench."""
    if person.pk not in {one.pk for one, _role in bench_of(act.mark.case)}:
        raise Refused("监管措施由本案审判组织回复")
    if not text.strip():
        raise Refused("请写明回复内容")
    waiting = Act.objects.filter(pk=act.pk, replied_on=None)
    if waiting.update(reply=text.strip(), replied_by=person, replied_on=day_of(now)) != 1:
        raise Refused("这项措施已经回复")
    act.refresh_from_db()
    name = load().supervision.measures[act.measure].name
    _happened(act.mark, REPLIED, {"measure": name}, person, now)
    clocks.post_mark(act.mark, now=now)
    return act


@transaction.atomic
def note_effect(act: Act, text: str, *, person: Person, now: datetime) -> Act:
    """Note what came of a measure: only whoever took it."""
    if act.person_id != person.pk:
        raise Refused("监管结果由采取措施的人填写")
    if not text.strip():
        raise Refused("请写明监管结果")
    act.effect, act.effect_on = text.strip(), day_of(now)
    act.save(update_fields=["effect", "effect_on"])
    _audit(act.mark, person, "四类监管结果", now)
    return act


def post_in(person: Person, case: Case, posts: Iterable[str], on: date) -> str:
    """Return the post, one of `posts`, that a person holds over a case on a day; "" for none."""
    table, units = load().posts, _units_of(case)
    held = Appointment.objects.filter(in_force(on), person=person, court=case.court_id)
    for post, unit in held.filter(post__in=list(posts)).values_list("post", "unit"):
        over_all = table[post].sees == "court"
        own = table[post].sees in {"own", "served"} and case.undertaker_id == person.pk
        if over_all or own or unit in units:
            return str(post)
    return ""


def _units_of(case: Case) -> set[int]:
    found = {case.division_id, case.team_id}
    if case.division is not None:
        found.add(case.division.parent_id)
    return {pk for pk in found if pk}


def may_decide(mark: Mark, person: Person, on: date) -> bool:
    """Tell whether a person may confirm or reject a mark."""
    return _may_decide(mark, person, on)


def _may_decide(mark: Mark, person: Person, on: date) -> bool:
    of_bench = person.pk in {one.pk for one, _role in bench_of(mark.case)}
    return not of_bench and bool(post_in(person, mark.case, load().supervision.may("confirm"), on))


def _require_decider(mark: Mark, person: Person, on: date) -> None:
    if not _may_decide(mark, person, on):
        raise Refused("标注由院庭长或者审管办确认，本案审判组织成员不能确认自己的案件")


def _not_of_bench(mark: Mark, person: Person) -> None:
    if person.pk in {one.pk for one, _role in bench_of(mark.case)}:
        raise Refused("本案审判组织成员不能监管自己的案件")


def _require_reason(name: str, code: str, text: str, now: datetime) -> None:
    if code not in load().supervision.codes.offered(name, day_of(now)):
        raise Refused("请选择理由")
    if not text.strip():
        raise Refused("请写明具体情况")


def _settle(mark: Mark, states: Sequence[str], **values: object) -> None:
    """Move a mark on from one of the states; of two people the second is told."""
    if Mark.objects.filter(pk=mark.pk, state__in=states).update(**values) != 1:
        raise Refused("标注已有新的办理情况，请刷新后再办")
    mark.refresh_from_db()


def _happened(
    mark: Mark,
    kind: str,
    payload: dict[str, object],
    person: Person,
    now: datetime,
    voids: int | None = None,
) -> list[int]:
    new = NewEvent(
        mark.case_id, kind, day_of(now), payload, source=f"标注第{mark.pk}号", voids=voids
    )
    return record([new], actor=str(person), now=now)


def _audit(mark: Mark, person: Person, action: str, now: datetime) -> None:
    audit.append(
        chain=mark.case.court.code,
        actor=str(person),
        action=action,
        subject=mark.case.number,
        detail={"mark": mark.pk, "kinds": mark.kinds},
        now=now,
    )
