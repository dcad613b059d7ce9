"""Demo city: extensions on their way from judge to president, as approved, refused, sent back and late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from shenguan.base.accounts.models import Account
from shenguan.base.approvals.addressing import NobodyDecides
from shenguan.base.approvals.desk import actors_of
from shenguan.base.approvals.models import Request
from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Refused, Verdict
from shenguan.base.org.models import Court, Person
from shenguan.programs.timechanges import clocks
from shenguan.programs.timechanges.dryrun import outlook
from shenguan.programs.timechanges.services import Said, apply_for_extension, decide
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import refresh

COURTS = 2
_STORIES = (
    (
        "E2",
        "当事人提交新证据三百余份，须组织第二次质证，并向案外人调取银行流水，原定期限内不能审结。",
    ),
    (
        "E5",
        "本案涉及工程造价专门性问题，鉴定机构已受理，正待专业意见，须待意见作出后再次开庭质证。",
    ),
    (
        "E4",
        "被告人数众多且分散各地，部分被告送达困难，须逐一核实送达地址后再行开庭，原定期限不足。",
    ),
)
_STAGES = ("waiting", "passed", "approved", "refused", "returned", "passed", "late")
"""How far each request of a court has come."""
_NO = Verdict("refuses", "剩余审限足以审结，请抓紧安排开庭。", ["N4"])
_BACK = Verdict("returns", "请写明第二次质证的安排和预计时间。", ["N2"])


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Put requests in through the program's services; the same day and seed give the same."""
    touched: list[int] = []
    for court in Court.objects.filter(code__startswith="示").order_by("order", "code")[:COURTS]:
        cases = _cases(court, on, seed)
        for number, stage in enumerate(_STAGES):
            touched += _one(cases, number, stage, now)
    refresh(sorted(set(touched)), now=now)
    clocks.run(on, now)
    return f"审批：延长审限申请{len(touched)}件"


def _cases(court: Court, on: date, seed: int) -> Iterator[Case]:
    """Yield pending cases, those of people with an account first, then by due date."""
    found = Case.objects.filter(
        court=court, closed_on=None, visible=True, undertaker__isnull=False, confidentiality=0,
        clock__governing_due__gt=on + timedelta(days=2), clock__governing_due__lte=on + timedelta(days=200),
    )  # fmt: skip
    related = ("court__parent", "division", "clock", "undertaker")
    rows = list(found.select_related(*related).order_by("clock__governing_due", "pk"))
    known = set(Account.objects.filter(person__court=court).values_list("person", flat=True))
    rest = [case for case in rows if case.undertaker_id not in known]
    start = seed % (len(rest) or 1)
    yield from (case for case in rows if case.undertaker_id in known)
    yield from (*rest[start:], *rest[:start])


def _one(cases: Iterator[Case], number: int, stage: str, now: datetime) -> list[int]:
    """Ask on the next case that takes it; returns the case, nothing where none is left."""
    asked_at = now - timedelta(days=1 if stage == "late" else 5)
    for case in cases:
        lengths = outlook(case.pk, asked_at.date()).lengths
        if not lengths or case.undertaker is None:
            continue
        try:
            request = apply_for_extension(
                case, lengths[0].value, _said(number), person=case.undertaker, now=asked_at
            )
        except (Refused, NobodyDecides):
            continue
        _carry_on(request, stage, now)
        return [case.pk]
    return []


def _said(number: int) -> Said:
    reason, story = _STORIES[number % len(_STORIES)]
    paper = Paper("延长审限申请书", "延长审限申请书.txt", story.encode())
    return Said([reason], story, [paper])


def _carry_on(request: Request, stage: str, now: datetime) -> None:
    if stage == "waiting":
        return
    if stage == "returned":
        _decide(request, _BACK, now - timedelta(days=3))
        return
    _decide(request, Verdict("agrees", "情况属实，建议批准。"), now - timedelta(days=4))
    if stage in {"approved", "late"}:
        _decide(request, Verdict("agrees", "同意延长。"), now - timedelta(days=3))
    elif stage == "refused":
        _decide(request, _NO, now - timedelta(days=2))


def _decide(request: Request, verdict: Verdict, now: datetime) -> None:
    current = Request.objects.get(pk=request.pk)
    step = current.steps.get(number=current.at_step)
    people = actors_of(step)
    if current.state == Request.State.OPEN and people:
        at = max(now, current.applied_at)
        decide(current.pk, verdict, person=Person.objects.get(pk=people[0]), now=at)
