"""一案一策: the ledger's acts. Entries are opened by the ladder and closed by someone else than the owner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from shenguan.base.inbox.models import Transition
from shenguan.base.inbox.posting import Subject, post, watches_of
from shenguan.base.inbox.roster import Place
from shenguan.base.ops.bulk import updating
from shenguan.base.org.models import Person
from shenguan.core.warning.patterns import PLANS, PlanState
from shenguan.core.warning.standing import Evaluated, Memory, stand
from shenguan.spine.warnings.handing import memory_of, posting_of, together
from shenguan.spine.warnings.models import Plan, Progress
from shenguan.spine.warnings.night import Night


def open_plans(night: Night, wanted: Iterable[tuple[int, str, int | None]]) -> int:
    """Put cases on the ledger, once for each reason; returns how many are new."""
    rows = list(wanted)
    if not rows:
        return 0
    case_ids = {case_id for case_id, _why, _owner in rows}
    known = set(Plan.objects.filter(case__in=case_ids).values_list("case_id", "why"))
    made = Plan.objects.bulk_create(
        [
            Plan(case_id=pk, why=why, owner_id=owner, opened_on=night.on, next_check_on=night.on)
            for pk, why, owner in rows
            if (pk, why) not in known
        ]
    )
    return len(made)


def set_plan(
    *,
    plan: Plan,
    cause: str,
    text: str,
    owner: Person,
    leader: Person,
    next_step: str,
    next_on: date,
    on: date,
) -> Plan:
    """Fill an entry in: coded cause, plan, owner, 包案领导, next step and its day.

    Raises `ValueError` naming what is missing, and for a closed entry.
    """
    if cause not in Plan.Cause.values:
        raise ValueError(f"成因“{cause}”不在成因表中：{'、'.join(Plan.Cause.values)}")
    for name, value in (("化解方案", text), ("下一步", next_step)):
        if not value.strip():
            raise ValueError(f"一案一策：{name}不能为空")
    return _change(
        plan,
        cause=cause,
        plan=text.strip(),
        owner=owner,
        leader=leader,
        next_step=next_step.strip(),
        next_on=next_on,
        next_check_on=on,
    )


def report_progress(
    *,
    plan: Plan,
    text: str,
    on: date,
    actor: Person,
    now: datetime,
    next_step: str = "",
    next_on: date | None = None,
) -> Progress:
    """Note progress, and the next step where it has changed."""
    if not text.strip():
        raise ValueError("一案一策：进展不能为空")
    with transaction.atomic():
        step = {"next_step": next_step.strip(), "next_on": next_on} if next_step.strip() else {}
        _change(plan, progress_on=on, next_check_on=on, **step)
        return Progress.objects.create(
            plan=plan, on=on, text=text.strip(), person=actor, made_at=now
        )


def close_plan(*, plan: Plan, result: str, actor: Person, on: date) -> Plan:
    """Take an entry off the ledger (销号); raises `ValueError` for its owner and without result."""
    if not result.strip():
        raise ValueError("一案一策：销号须写明结果")
    plan.refresh_from_db()
    if actor.pk == plan.owner_id:
        raise ValueError("一案一策须由责任人以外的人销号")
    return _change(plan, result=result.strip(), closed_by=actor, closed_on=on, next_check_on=on)


def check_plans(night: Night, *, now: datetime, only: Plan | None = None) -> list[Transition]:
    """Bring the warnings about ledger entries up to the day; `only`: of the one just changed."""
    due = Plan.objects.filter(next_check_on__lte=night.on).select_related("case")
    plans = list(due.filter(pk=only.pk) if only else due.order_by("pk"))
    if not plans:
        return []
    watches = watches_of(_subject_of(plan) for plan in plans)
    subjects, found = [], {}
    for plan in plans:
        memory = memory_of(watches.get(_subject_of(plan), []))
        found[plan.pk] = _stand(night, plan, memory)
        subjects.append(_subject(night, plan, found[plan.pk]))
    posted = post(subjects, on=night.on, now=now, watches=watches)
    rows = []
    for plan in plans:
        days = [found[plan.pk].next_on, posted.answers_due.get(_subject_of(plan))]
        next_on = min((day for day in days if day is not None), default=None)
        rows.append((plan.pk, {"next_check_on": next_on}))
    updating(Plan, rows).run()
    return posted.transitions


def _change(entry: Plan, **values: object) -> Plan:
    if Plan.objects.filter(pk=entry.pk, closed_on=None).update(**values) != 1:
        raise ValueError("这一台账已销号，不能再改")
    entry.refresh_from_db()
    return entry


def _subject_of(plan: Plan) -> str:
    return f"plan:{plan.pk}"


def _stand(night: Night, plan: Plan, memory: Memory) -> Evaluated:
    ended = plan.case.closed_on or plan.case.legal_end_on
    if plan.closed_on is not None or (ended is not None and ended <= night.on):
        return Evaluated((), None)
    state = PlanState(
        plan.opened_on, plan.progress_on, plan.next_step, plan.next_on, plan.is_planned
    )
    parts = [
        stand(rule, PLANS[rule.kind](state, rule), night.on, {"number": plan.case.number},
              night.rulebook.calendar, memory)
        for rule in night.rules(plan.case.court_id)
        if rule.kind in PLANS
    ]  # fmt: skip
    return together(parts)


def _subject(night: Night, plan: Plan, found: Evaluated) -> Subject:
    place = Place(plan.case.court_id, plan.case.division_id, plan.owner_id)
    kinds = {rule.id for rule in night.rulebook.warnings if rule.kind in PLANS}
    postings = [posting_of(night, s, place, plan.case.confidentiality) for s in found.standing]
    return Subject(_subject_of(plan), postings, kinds, kinds if plan.closed_on else ())
