"""Reading instructions: who gave, who answers; what home pages show of them."""

from __future__ import annotations

from datetime import date

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from shenguan.base.accounts.access import Access
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.programs.desk.models import Instruction

GIVING = frozenset({"审批", "督办", "阅核", "一级审批"})
"""Whoever may do one of these may give an instruction."""


def may_give(access: Access) -> bool:
    """Tell whether the posts of an access let it give instructions."""
    return not access.acts.isdisjoint(GIVING)


def instructions(scope: Scope) -> QuerySet[Instruction]:
    """Return the instructions the actor gave or answers for, and those of the courts and units seen."""
    rows = Instruction.objects.select_related("court", "giver", "owner", "unit", "case")
    if scope.court_ids is None:
        return rows
    mine = Q(giver__in=scope.person_ids) | Q(owner__in=scope.person_ids)
    cleared = Q(case=None) | Q(case__confidentiality__lte=scope.clearance)
    placed = Q(court__in=scope.court_ids) | Q(unit__in=scope.unit_ids)
    return rows.filter(mine | (placed & cleared))


def given_by(scope: Scope, access: Access) -> QuerySet[Instruction]:
    """Return the instructions a person gave: open ones by due day first, then the latest closed."""
    return ordered(instructions(scope).filter(giver=access.account.person_id))


def ordered(rows: QuerySet[Instruction]) -> QuerySet[Instruction]:
    """Order: those to be confirmed, those open, those closed; within by due day."""
    place = Choose(
        When(accepted_on__isnull=False, then=Value(2)),
        When(~Q(result=""), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.annotate(place=place).order_by("place", "due_on", "pk")


def given_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer one's own instructions and what became of them."""
    if not may_give(access):
        return None
    rows = [(one, (one.due_on - on).days) for one in given_by(scope, access)[:6]]
    address = reverse("desk:instructions")
    return Block(
        "given",
        _("我的批示及落实"),
        "desk/blocks/given.html",
        {"rows": rows, "mine": False},
        address,
    )


def mine_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the instructions one has to answer for; nothing where there are none."""
    open_ones = instructions(scope).filter(owner=access.account.person_id, accepted_on=None)
    rows = [(one, (one.due_on - on).days) for one in ordered(open_ones)[:6]]
    if not rows:
        return None
    address = reverse("desk:instructions")
    return Block(
        "owed",
        _("领导批示交办给我的"),
        "desk/blocks/given.html",
        {"rows": rows, "mine": True},
        address,
    )
