"""The first page of each post: which programs' blocks stand on it, in their order: composition only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.programs.desk import alerts, figures, keeping, mine, office
from shenguan.programs.desk import given as instructions
from shenguan.programs.load import homes as load
from shenguan.rulebook import load as rulebook
from shenguan.spine.indicators.freshness import as_they_stand
from shenguan.web.menu import sees_figures

Offer = Callable[[Scope, Access, date], Block | None]
_JUDGE = (
    mine.hearings_block,
    mine.cases_block,
    alerts.my_warnings_block,
    mine.papers_block,
    load.my_weeks_block,
    instructions.mine_block,
    alerts.my_requests_block,
)
_WAITING = (
    alerts.approvals_block,
    load.ready_block,
    alerts.special_block,
    instructions.given_block,
    alerts.warnings_block,
)
_CHIEF = (load.load_block, *_WAITING)
HOMES: Mapping[str, tuple[Offer, ...]] = {
    "态势": (
        figures.situation_block,
        alerts.approvals_block,
        instructions.given_block,
        alerts.warnings_block,
        alerts.nodes_block,
        figures.divisions_block,
        figures.courts_block,
    ),
    "待我审批": (*_WAITING, alerts.nodes_block, load.load_block),
    "本庭": _CHIEF,
    "本团队": _CHIEF,
    "我的案件": _JUDGE,
    "执行": (office.enforcement_block, *_CHIEF),
    "待办": (
        mine.hearings_block,
        mine.papers_block,
        mine.cases_block,
        mine.archive_block,
        alerts.my_warnings_block,
    ),
    "节点异常": (
        alerts.nodes_block,
        office.quality_block,
        alerts.warnings_block,
        office.causes_block,
        load.ready_block,
        office.efficiency_block,
        alerts.orders_block,
        figures.divisions_block,
        figures.courts_block,
    ),
    "评查": _JUDGE,
    "收件": (office.intake_block, alerts.my_warnings_block),
    "督办台账": (alerts.ledger_block, figures.situation_block),
    "考核": (office.appraisal_block, figures.situation_block),
    "司法统计": (office.statistics_block, figures.situation_block, figures.courts_block),
    "我的调解": (mine.cases_block, alerts.my_warnings_block),
    "督察": (keeping.inspection_block, keeping.logs_block),
    "系统": (keeping.system_block, keeping.logs_block),
}
"""By the `home` of posts.yaml. A block that has nothing to say to this person stays away."""
BY_POST: Mapping[str, tuple[Offer, ...]] = {
    "系统管理员": (keeping.system_block,),
    "安全管理员": (keeping.security_block,),
    "审计管理员": (keeping.logs_block,),
    "诉讼参与人": (),
}
"""Posts whose first page differs from that of others of the same name."""


def homes_of(who: Access) -> dict[str, tuple[Offer, ...]]:
    """Return the first pages of a person by name, in the order of their posts."""
    posts = rulebook().posts
    return {
        posts[name].home: BY_POST.get(name, HOMES.get(posts[name].home, ())) for name in who.posts
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page of one of the person's posts."""
    who, now = access(request), clock.now()
    homes = homes_of(who)
    name = request.GET.get("home", "")
    if name not in homes:
        name = next(iter(homes), "")
    behind = as_they_stand(settings.HOME, now=now)
    offers = homes.get(name, ())
    blocks = [block for offer in offers if (block := offer(who.scope, who, clock.day_of(now)))]
    parts = [
        (wide, [_drawn(request, block) for block in some])
        for wide, some in groupby(blocks, key=lambda block: block.wide)
    ]
    context = {
        "page": "home",
        "home": name,
        "homes": list(homes),
        "place": who.account.person.court.name,
        "parts": parts,
        "behind": behind,
        "shows_figures": sees_figures(who),
        "on": clock.day_of(now),
    }
    return render(request, "desk/home.html", context)


def _drawn(request: HttpRequest, block: Block) -> dict[str, str]:
    body = render_to_string(block.template, dict(block.context), request=request)
    return {"key": block.key, "title": block.title, "more": block.more, "body": body}
