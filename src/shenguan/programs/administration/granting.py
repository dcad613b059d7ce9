"""Granting and ending posts: what the security administrator does.

Nobody grants a post to themselves, and nobody holds two of the three administrators' offices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.services import appoint
from shenguan.programs.administration.models import Proposal
from shenguan.programs.administration.reach import OFFICES
from shenguan.programs.administration.staffing import StaffRefused, trace
from shenguan.rulebook import load
from shenguan.rulebook.loaders.posts import Post

State = Proposal.State


@dataclass(frozen=True, slots=True)
class Term:
    """A post of a person for `[valid_from, valid_to)`; an end is open where it is None."""

    person: Person
    court: Court
    unit: Unit | None
    post: str
    serves: Person | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def place(self) -> dict[str, Any]:
        """What makes two terms the same but for their days."""
        return {
            "person": self.person,
            "court": self.court,
            "unit": self.unit,
            "post": self.post,
            "serves": self.serves,
        }


@transaction.atomic
def give(term: Term, *, by: Person | None, actor: str, now: datetime) -> Appointment:
    """Give a post; raises `StaffRefused`. `by` grants it, None for the operator of the machine."""
    check(term, by=by)
    since, until = term.valid_from, term.valid_to
    made = appoint(**term.place, valid_from=since, valid_to=until, posts=load().posts)
    detail = {"职务": term.post, "部门": str(term.unit or ""), "起": term.valid_from}
    trace(term.court, "授予职务", term.person.name, actor, now, {**detail, "止": term.valid_to})
    return made


def check(term: Term, *, by: Person | None) -> None:
    """Raise `StaffRefused` when the post can't be given so."""
    post = next((one for one in load().posts if one.name == term.post), None)
    if post is None:
        raise StaffRefused(f"职务“{term.post}”不在职务表中")
    if by is not None and by.pk == term.person.pk:
        raise StaffRefused("不能给自己授予职务，请由另一名安全管理员办理")
    if term.valid_from and term.valid_to and term.valid_to <= term.valid_from:
        raise StaffRefused("止期须晚于起期")
    _check_place(term, post)
    held = _meanwhile(term)
    if held.filter(**term.place).exists():
        raise StaffRefused(f"{term.person}在这段时间已任“{term.post}”")
    if term.post in OFFICES and held.filter(post__in=OFFICES - {term.post}).exists():
        raise StaffRefused("系统、安全、审计三类管理员须由三人分任")


def _check_place(term: Term, post: Post) -> None:
    unit = term.unit
    if unit is not None and unit.court_id != term.court.pk:
        raise StaffRefused(f"“{unit}”不是{term.court}的机构")
    if post.sees == "unit" and unit is None:
        raise StaffRefused(f"“{post.name}”按部门看案件，请选择部门")
    in_team = unit is not None and unit.kind == Unit.Kind.TEAM
    if post.sees == "served" and term.serves is None and not in_team:
        raise StaffRefused(f"“{post.name}”请选择所辅助法官，或者所在审判团队")


def _meanwhile(term: Term) -> QuerySet[Appointment]:
    """Return what the person holds on any day of the term."""
    begins = Q(valid_to=None) | Q(valid_to__gt=term.valid_from or date.min)
    ends = Q(valid_from=None) | Q(valid_from__lt=term.valid_to) if term.valid_to else Q()
    return Appointment.objects.filter(begins & ends, person=term.person)


@transaction.atomic
def end(held: Appointment, *, until: date, by: Person | None, actor: str, now: datetime) -> None:
    """End an appointment before a day; raises `StaffRefused` for one's own or one already ended."""
    if by is not None and by.pk == held.person_id:
        raise StaffRefused("不能免去自己的职务，请由另一名安全管理员办理")
    if held.valid_to is not None and held.valid_to <= until:
        raise StaffRefused(f"该任职已于{held.valid_to}止")
    if held.valid_from is not None and until <= held.valid_from:
        raise StaffRefused("止期须晚于起期")
    Appointment.objects.filter(pk=held.pk).update(valid_to=until)
    detail = {"职务": held.post, "部门": str(held.unit or ""), "止": until}
    trace(held.court, "免去职务", held.person.name, actor, now, detail)


@transaction.atomic
def decide(proposal: Proposal, *, granted: bool, reason: str, by: Person, now: datetime) -> None:
    """Grant or refuse what a roster proposes; a refusal needs a reason. Raises `StaffRefused`."""
    reason = reason.strip()[:200]
    if not granted and not reason:
        raise StaffRefused("不同意的，请填写理由")
    taken = Proposal.objects.filter(pk=proposal.pk, state=State.WAITING).update(
        state=State.GRANTED if granted else State.REFUSED,
        decided_by=str(by),
        decided_at=now,
        reason=reason,
    )
    if not taken:
        raise StaffRefused(f"{proposal.person}的“{proposal.post}”已经处理过")
    if granted:
        _carry_out(proposal, by, now)
    else:
        detail = {"职务": proposal.post, "理由": reason}
        trace(proposal.court, "未同意任职", proposal.person.name, str(by), now, detail)


def _carry_out(proposal: Proposal, by: Person, now: datetime) -> None:
    if proposal.ends is None:
        give(term_of(proposal), by=by, actor=str(by), now=now)
    else:
        assert proposal.valid_to is not None, "a proposal to end says when"
        end(proposal.ends, until=proposal.valid_to, by=by, actor=str(by), now=now)


def term_of(held: Appointment | Proposal) -> Term:
    """Return the term of an appointment or of a proposed one."""
    return Term(
        held.person, held.court, held.unit, held.post, held.serves, held.valid_from, held.valid_to
    )
