"""Acts on a case under review: score, reply, decide, rectify, check. Each is traced; none touches a judgment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import setting
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.core.scoring import Found, GradeSet, agreed, mean, score, taken_for
from shenguan.programs.casereview import clocks
from shenguan.programs.casereview.models import Finding, Issue, Item, Plan, Sheet
from shenguan.programs.casereview.planning import Refused
from shenguan.programs.casereview.reviewers import able, pool_of
from shenguan.rulebook import load
from shenguan.rulebook.loaders.casereview import ScoreSheet
from shenguan.spine.cases.models import Seat
from shenguan.spine.pipeline import NewEvent, record

TOLERANCE = "评查.复评容差"
BLIND = "评查员（盲评）"
"""Who an event of scoring names: the judge reads the case's history."""
_USUAL_TOLERANCE = 5
_APART = {False: "一致", True: "分歧"}


@dataclass(frozen=True, slots=True)
class Marked:
    """One deduction as the reviewer writes it; without a page of the file it doesn't count."""

    item: str
    deduction: str
    page: str
    times: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the committee decides: which findings stand, in which meeting; another grade needs reasons."""

    upheld: Collection[int]
    text: str
    meeting: str
    grade: str = ""


def sheet_rules(item: Item) -> ScoreSheet:
    """Return the score sheet of a case under review."""
    return load().casereview.sheets[item.sheet]


def grade_set(plan: Plan) -> GradeSet:
    """Return the grades the plan was made with."""
    return load().casereview.grades[plan.grades].set


@transaction.atomic
def submit_score(
    sheet: Sheet, marked: Sequence[Marked], comment: str, *, person: Person, now: datetime
) -> Item:
    """Hand a score sheet in; when all of a case are in, the judge is asked. Raises `Refused`."""
    item = sheet.item
    if sheet.reviewer_id != person.pk or sheet.replaced:
        raise Refused("只有分派到的评查人可以评分")
    rules = sheet_rules(item)
    try:
        made = score(rules.items, grade_set(item.plan), [_found(one) for one in marked])
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    if missing := [one for one in marked if not one.page.strip()]:
        entry = rules.items[missing[0].item]
        what = entry.deductions[missing[0].deduction].name
        raise Refused(f"扣分须写明卷宗页码：{entry.name}“{what}”")
    handed = Sheet.objects.filter(pk=sheet.pk, submitted_at=None, item__state=Item.State.SCORING)
    done = handed.update(
        points=made.points, grade=made.grade, comment=comment.strip(), submitted_at=now
    )
    if done != 1:
        raise Refused("评查表已经提交，不能再改")
    Finding.objects.bulk_create(
        Finding(sheet=sheet, entry=one.item, deduction=one.deduction, times=one.times,
                points=taken_for(rules.items[one.item].deductions[one.deduction], one.times),
                page=one.page.strip()[:60], text=one.text.strip()[:500])
        for one in marked
    )  # fmt: skip
    record([_event(item, "评查评分", {}, now)], actor=BLIND, now=now)
    _audit(item, person, "评查：评分", now, {"sheet": sheet.pk, "points": str(made.points)})
    _ask_the_judge(item, now)
    return item


def _ask_the_judge(item: Item, now: datetime) -> None:
    sheets = list(item.sheets.filter(replaced="").prefetch_related("findings"))
    if any(sheet.submitted_at is None for sheet in sheets):
        clocks.bring_items(Item.objects.filter(pk=item.pk), now=now)
        return
    points = [sheet.points for sheet in sheets if sheet.points is not None]
    tolerance = setting(item.plan.court, TOLERANCE, day_of(now), _USUAL_TOLERANCE)
    item.divergent = not agreed(points, Decimal(str(tolerance)))
    item.proposed_points = mean(points)
    item.proposed_grade = _grade(item, item.proposed_points, sheets, None)
    item.state, item.since = Item.State.REPLY, day_of(now)
    item.save(update_fields=["divergent", "proposed_points", "proposed_grade", "state", "since"])
    if len(points) > 1:
        apart = {"gap": int((max(points) - min(points)) * 10), "result": _APART[item.divergent]}
        record([_event(item, "评查复评", apart, now)], actor=BLIND, now=now)
    clocks.bring_items(Item.objects.filter(pk=item.pk), now=now)


@transaction.atomic
def reply(
    item: Item, what: str, text: str, *, person: Person, now: datetime, reason: str = ""
) -> Item:
    """Answer as the judge whose case it was: agree, or object with a coded reason and words."""
    if item.judge_id != person.pk:
        raise Refused("只有承办人可以答复评查意见")
    if what not in Item.Reply.values:
        raise Refused("请选择认可或者异议")
    if what == Item.Reply.OBJECTS:
        if reason not in load().casereview.codes.offered("objections", day_of(now)):
            raise Refused("提出异议须选择理由")
        if not text.strip():
            raise Refused("提出异议须写明具体意见")
    _settle(
        item, (Item.State.REPLY,), state=Item.State.DECISION, since=day_of(now), reply=what,
        objection=reason if what == Item.Reply.OBJECTS else "", reply_text=text.strip(),
        replied_by=person, replied_at=now,
    )  # fmt: skip
    record([_event(item, "评查答复", {"reply": what}, now)], actor=str(person), now=now)
    _audit(item, person, f"评查：{what}", now, {})
    clocks.bring_items(Item.objects.filter(pk=item.pk), now=now)
    return item


def may_decide(item: Item, person: Person, on: date) -> bool:
    """Tell whether someone sits on the committee for this case: not its bench, not its reviewer."""
    posts = load().casereview.lists["committee"]
    held = Appointment.objects.filter(in_force(on), person=person, court=item.plan.court_id)
    if not held.filter(post__in=posts).exists() or item.judge_id == person.pk:
        return False
    of_bench = Seat.objects.filter(case=item.case_id, person=person).exists()
    reviewed = item.sheets.filter(reviewer=person).exists()
    return not of_bench and not reviewed


@transaction.atomic
def decide(item: Item, what: Decided, *, person: Person, now: datetime) -> Item:
    """Decide as the committee: findings upheld, points and grade from them, issues opened."""
    on = day_of(now)
    if not may_decide(item, person, on):
        raise Refused("等次由评查委员会确定；承办人、合议庭成员和评查人不参加")
    late = clocks.clock_of(now).due(clocks.REPLYING, item.since, item.plan.court_id) < on
    states = (Item.State.DECISION, *((Item.State.REPLY,) if late else ()))
    if item.state == Item.State.REPLY and not late:
        raise Refused("答复期限未过，承办人还没有答复")
    if not what.meeting.strip() or not what.text.strip():
        raise Refused("请写明会议和审议意见")
    sheets = list(item.sheets.filter(replaced="").prefetch_related("findings"))
    upheld = set(what.upheld)
    points = mean([_points(item, sheet, upheld) for sheet in sheets])
    usual = _grade(item, points, sheets, upheld)
    grade = what.grade or usual
    if grade not in {name for name, _least in grade_set(item.plan).grades}:
        raise Refused(f"等次“{grade}”不在本方案的等次之中")
    _settle(
        item, states, state=Item.State.DECIDED, since=on, points=points, grade=grade,
        decision=what.text.strip(), meeting=what.meeting.strip()[:60], decided_by=person,
        decided_on=on,
    )  # fmt: skip
    every = Finding.objects.filter(sheet__item=item)
    every.exclude(pk__in=upheld).update(upheld=False)
    made = _open_issues(item, now)
    payload = {"grade": grade, "findings": len(made)}
    record([_event(item, "评查结论", payload, now)], actor=str(person), now=now)
    detail = {"points": str(points), "grade": grade, "by_points": usual, "meeting": what.meeting}
    _audit(item, person, "评查：定级", now, detail)
    clocks.bring_items(Item.objects.filter(pk=item.pk), now=now)
    clocks.bring_issues(Issue.objects.filter(item=item), now=now)
    return item


def _open_issues(item: Item, now: datetime) -> list[Issue]:
    rules, by_code = sheet_rules(item), defaultdict[str, list[str]](list)
    for one in Finding.objects.filter(sheet__item=item, sheet__replaced="", upheld=True):
        deduction = rules.items[one.entry].deductions[one.deduction]
        said = f"{deduction.name}（{one.page}）{one.text}"
        if said not in by_code[deduction.issue]:
            by_code[deduction.issue].append(said)
    on = day_of(now)
    due = clocks.clock_of(now).due(clocks.RECTIFYING, on, item.plan.court_id)
    return Issue.objects.bulk_create(
        Issue(item=item, code=code, text="；".join(said), opened_on=on, due_on=due)
        for code, said in sorted(by_code.items())
    )


@transaction.atomic
def rectify(issue: Issue, text: str, *, person: Person, now: datetime) -> Issue:
    """Report how an issue was put right, as the judge whose case it was."""
    if issue.item.judge_id != person.pk:
        raise Refused("整改情况由承办人填写")
    if not text.strip():
        raise Refused("请写明整改情况")
    _settle(
        issue, (Issue.State.OPEN,), state=Issue.State.REPORTED, report=text.strip(),
        reported_by=person, reported_on=day_of(now), rounds=_told(issue, "整改", text, person, now),
    )  # fmt: skip
    return _after(issue, "评查整改", {}, person, now)


@transaction.atomic
def check(issue: Issue, text: str, *, passed: bool, person: Person, now: datetime) -> Issue:
    """Check a rectification: pass it, or send it back with reasons; never by who rectified."""
    if issue.reported_by_id == person.pk:
        raise Refused("整改人不能验收自己的整改")
    if not text.strip():
        raise Refused("请写明验收意见")
    state, result = (Issue.State.DONE, "通过") if passed else (Issue.State.OPEN, "退回")
    _settle(
        issue, (Issue.State.REPORTED,), state=state, verdict=text.strip(), checked_by=person,
        checked_on=day_of(now), rounds=_told(issue, f"验收{result}", text, person, now),
    )  # fmt: skip
    return _after(issue, "评查验收", {"result": result}, person, now)


@transaction.atomic
def replace_reviewer(
    sheet: Sheet, other: int, reason: str, *, person: Person, now: datetime
) -> Sheet:
    """Give a sheet not yet handed in to someone else who may review the case."""
    item = sheet.item
    if reason not in load().casereview.codes.offered("replacements", day_of(now)):
        raise Refused("请选择更换理由")
    others = set(item.sheets.filter(replaced="").values_list("reviewer", flat=True))
    if (
        other in others
        or other not in able(pool_of(item.plan, day_of(now)), [item.case])[item.case_id]
    ):
        raise Refused(
            "所选人员不能评查此案（本案审判组织、同一部门、曾参与、有亲属在案或者已在评查）"
        )
    open_sheet = Sheet.objects.filter(pk=sheet.pk, submitted_at=None, replaced="")
    if open_sheet.update(replaced=reason) != 1:
        raise Refused("评查表已经提交或者更换")
    made = Sheet.objects.create(
        item=item, reviewer_id=other, second=sheet.second, given_on=day_of(now)
    )
    _audit(
        item,
        person,
        "评查：更换评查人",
        now,
        {"from": sheet.reviewer_id, "to": other, "why": reason},
    )
    clocks.bring_items(Item.objects.filter(pk=item.pk), now=now)
    return made


@transaction.atomic
def close_plan(plan: Plan, *, person: Person, now: datetime) -> Plan:
    """End a plan whose cases have all been decided."""
    if plan.items.exclude(state=Item.State.DECIDED).exists():
        raise Refused("还有案件没有定级，方案不能结束")
    if (
        Plan.objects.filter(pk=plan.pk, state=Plan.State.RUNNING).update(state=Plan.State.CLOSED)
        != 1
    ):
        raise Refused("方案不在评查中")
    plan.refresh_from_db()
    audit.append(
        chain=plan.court.code, actor=str(person), action="评查：结束方案", subject=plan.name,
        detail={"plan": plan.pk}, now=now,
    )  # fmt: skip
    return plan


def _after(
    issue: Issue, kind: str, more: Mapping[str, object], person: Person, now: datetime
) -> Issue:
    item = issue.item
    payload = {"issue": issue.code, **more}
    record([_event(item, kind, payload, now)], actor=str(person), now=now)
    _audit(item, person, kind, now, payload)
    clocks.bring_issues(Issue.objects.filter(pk=issue.pk), now=now)
    return issue


def _told(issue: Issue, what: str, text: str, person: Person, now: datetime) -> list[list[str]]:
    return [*issue.rounds, [str(day_of(now)), str(person), what, text.strip()]]


def _found(one: Marked) -> Found:
    return Found(one.item, one.deduction, one.times)


def _points(item: Item, sheet: Sheet, upheld: set[int]) -> Decimal:
    found = [Found(f.entry, f.deduction, f.times) for f in sheet.findings.all() if f.pk in upheld]
    return score(sheet_rules(item).items, grade_set(item.plan), found).points


def _grade(item: Item, points: Decimal, sheets: Sequence[Sheet], upheld: set[int] | None) -> str:
    rules = sheet_rules(item).items
    bars = [
        rules[one.entry].deductions[one.deduction].bars
        for sheet in sheets
        for one in sheet.findings.all()
        if upheld is None or one.pk in upheld
    ]
    return grade_set(item.plan).of(points, bars)


def _settle(row: Item | Issue, states: Sequence[str], **values: object) -> None:
    """Move a row on from one of the states; of two people the second is told."""
    if type(row)._default_manager.filter(pk=row.pk, state__in=states).update(**values) != 1:
        raise Refused("已有新的办理情况，请刷新后再办")
    row.refresh_from_db()


def _event(item: Item, kind: str, more: Mapping[str, object], now: datetime) -> NewEvent:
    payload = {"plan": item.plan_id, **more}
    return NewEvent(item.case_id, kind, day_of(now), payload, source=f"评查第{item.pk}件")


def _audit(
    item: Item, person: Person, action: str, now: datetime, detail: Mapping[str, object]
) -> None:
    audit.append(
        chain=item.plan.court.code, actor=str(person), action=action, subject=item.case.number,
        detail={"item": item.pk, **detail}, now=now,
    )  # fmt: skip
