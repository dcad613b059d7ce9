"""What the load offers to home pages."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from shenguan.base.accounts.access import Access
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.programs.load import ready as readiness
from shenguan.programs.load import tables
from shenguan.programs.load.pending import in_hand, weeks_from
from shenguan.programs.load.sight import Sight, roster, sight_of


def load_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer what each judge of one's units has in hand, and what falls due in the coming weeks."""
    sight = sight_of(access)
    if sight is None or not sight.wide:
        return None
    court = access.account.person.court_id
    cases = in_hand(sight, court)
    judges = [judge for judge in roster(sight, on) if judge.court_id == court]
    groups = tables.table(judges, cases, tables.past_of(sight, on), on)
    context = {
        "groups": groups,
        "total": tables.total(groups),
        "weeks": weeks_from(on),
        "one": len(groups) == 1,
    }
    title = _("在手案件、均衡与未来八周届满")
    return Block("load", title, "load/block.html", context, reverse("load:index"), wide=True)


def ready_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the head of the list of cases ready for closing and not closed."""
    sight = sight_of(access)
    if sight is None:
        return None
    found = readiness.ready(in_hand(sight, access.account.person.court_id), on)
    context = {"rows": found[:6], "count": len(found)}
    title = _("已具备结案条件未结")
    return Block("ready", title, "load/ready_block.html", context, reverse("load:ready"))


def my_weeks_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer a judge's own coming weeks."""
    sight = sight_of(access)
    if sight is None:
        return None
    me = access.account.person_id
    alone = Sight(scope, frozenset({me}), wide=False)
    groups = tables.table(
        [judge for judge in roster(alone, on) if judge.person_id == me],
        in_hand(alone),
        tables.past_of(alone, on),
        on,
    )
    row = next((row for group in groups for row in group.rows), None)
    if row is None:
        return None
    title = _("我的在手案件与未来八周")
    return Block("weeks", title, "load/my_weeks.html", {"row": row}, reverse("load:plan"))
