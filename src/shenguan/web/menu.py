"""The menu: which pages there are, in groups, and to which posts each one shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext_lazy as _

from shenguan.base.accounts.access import Access
from shenguan.programs.desk.duty import LEADING
from shenguan.programs.load.sight import OF_THEMSELVES, OVER_OTHERS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BEFORE_TRIAL = {"立案庭工作人员", "调解员"}
Who = Callable[[Access], bool]
register = template.Library()


def anyone(_access: Access) -> bool:
    """Show to everyone who is signed in."""
    return True


def sees_cases(access: Access) -> bool:
    """Show to whoever sees at least some cases."""
    scope = access.scope
    return scope.court_ids is None or bool(scope.court_ids or scope.unit_ids or scope.person_ids)


def sees_trials(access: Access) -> bool:
    """Show to whoever sees cases beyond their filing and mediation."""
    return sees_cases(access) and not set(access.posts) <= BEFORE_TRIAL


def sees_figures(access: Access) -> bool:
    """Show to whoever sees cases or figures."""
    return sees_cases(access) or bool(access.scope.figure_court_ids)


def does(*acts: str) -> Who:
    """Show to whoever may do one of `acts` (posts.yaml)."""
    return lambda access: not access.acts.isdisjoint(acts)


def holds(*posts: str) -> Who:
    """Show to whoever holds one of `posts`."""
    return lambda access: not set(access.posts).isdisjoint(posts)


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its Chinese title, address, the `page` key that marks it as current, who sees it."""

    title: _StrPromise
    address: str
    key: str
    who: Who = anyone
    letter: str = ""
    """The letter that opens it after `g`."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages under one heading."""

    title: _StrPromise
    entries: tuple[Entry, ...]


MEETING = (*LEADING, "审管办主任", "审管办工作人员")
WORK = (
    Entry(_("首页"), "/", "home", anyone, "h"),
    Entry(_("今日清单"), "/today/", "today", sees_cases, "t"),
    Entry(_("预警督办"), "/warnings/", "attention", anyone, "w"),
    Entry(_("审批"), "/approvals/", "approvals", lambda a: bool(a.scope.person_ids), "a"),
)
CASES = (
    Entry(_("案件一览"), "/cases/", "cases", sees_cases, "c"),
    Entry(_("庭审日历"), "/hearings/", "hearings", sees_cases, "d"),
    Entry(_("登记案件"), "/register/", "register", does("登记")),
    Entry(_("批量登记"), "/register/bulk/", "bulk", does("登记事件")),
    Entry(_("分案"), "/assignment/", "assignment", does("分案"), "b"),
    Entry(_("类案检索"), "/similar/", "similar", sees_cases, "s"),
    Entry(_("类案检索清单"), "/similar/duty/", "similar-duty", sees_trials),
    Entry(_("裁判尺度"), "/similar/scale/", "similar-scale", sees_cases),
)
SUPERVISION: tuple[Entry, ...] = (
    Entry(_("一案一策"), "/caseplans/", "caseplans", sees_trials, "y"),
    Entry(_("阅核"), "/reviews/", "reviews", sees_trials, "r"),
    Entry(_("四类案件"), "/four-kinds/", "four-kinds", sees_trials, "k"),
    Entry(_("案件评查"), "/casereview/", "casereview", sees_trials, "p"),
    Entry(_("发改反馈"), "/appeals/", "appeals", sees_trials),
    Entry(_("发改分析"), "/appeals/analysis/", "appeals-analysis", sees_trials),
    Entry(_("法官会议与审委会"), "/meetings/", "meetings-ledger", sees_trials),
    Entry(_("司法技术"), "/appraisals/", "appraisals", sees_trials),
    Entry(_("阅核与监管统计"), "/supervision/statistics/", "supervision-statistics", sees_figures),
    Entry(_("在手与均衡"), "/load/", "load", holds(*OVER_OTHERS, *OF_THEMSELVES), "l"),
    Entry(_("批示交办"), "/instructions/", "instructions", sees_cases),
    Entry(_("院长一页纸"), "/onepage/", "onepage", holds("院长")),
    Entry(_("庭务会清单"), "/meeting/", "meeting", holds(*MEETING)),
    Entry(_("履职台账"), "/duty/", "duty", holds(*MEETING)),
    Entry(_("大屏"), "/wall/", "wall", does("大屏")),
)
FIGURES = (
    Entry(_("体检表"), "/indicators/", "healthcheck", sees_figures, "i"),
    Entry(_("收结存"), "/figures/", "figures", sees_figures, "f"),
    Entry(_("阶段用时"), "/stages/", "stages", sees_figures),
    Entry(_("自由统计"), "/freestats/", "freestats", sees_figures, "z"),
    Entry(_("通报值对照"), "/official/", "official", sees_figures),
    Entry(_("本院指标库"), "/library/", "library", sees_figures),
)
REPORTS = (
    Entry(_("报告"), "/reports/", "reports", sees_figures, "e"),
    Entry(_("会议与议定事项"), "/reports/meetings/", "meetings", sees_figures, "m"),
)
DATA = (
    Entry(_("数据接入"), "/imports/", "imports", does("接入")),
    Entry(_("届满日期对账"), "/imports/reconciliation/", "reconciliation", does("接入")),
    Entry(_("规则库"), "/rulebook/", "rulebook", anyone, "n"),
    Entry(_("数据更正清单"), "/imports/quality/", "quality", does("接入")),
    Entry(_("接入模式"), "/register/mode/", "mode", does("设置")),
)
SYSTEM: tuple[Entry, ...] = (
    Entry(_("本院设置"), "/settings/", "administration-choices", does("设置")),
    Entry(
        _("人员与账号"), "/administration/people/", "administration-people", does("配置", "授权")
    ),
    Entry(_("内设机构"), "/administration/units/", "administration-units", does("配置")),
    Entry(_("人员名册"), "/administration/roster/", "administration-roster", does("配置")),
    Entry(_("待授权任职"), "/administration/posts/", "administration-posts", does("授权")),
    Entry(_("审计日志"), "/administration/log/", "administration-log", does("查看日志")),
    Entry(_("事件推送"), "/hooks/", "hooks", does("配置")),
    Entry(_("接口说明"), "/api/docs/", "api"),
)

GROUPS = (
    Group(_("工作台"), WORK),
    Group(_("案件"), CASES),
    Group(_("监督管理"), SUPERVISION),
    Group(_("指标"), FIGURES),
    Group(_("报告与会商"), REPORTS),
    Group(_("数据与规则"), DATA),
    Group(_("系统"), SYSTEM),
)


def entries(access: Access) -> Iterator[Group]:
    """Yield the groups with what this person can use; a group without any is left out."""
    for group in GROUPS:
        shown = tuple(entry for entry in group.entries if entry.who(access))
        if shown:
            yield Group(group.title, shown)


@register.simple_tag(takes_context=True)
def finds_cases(context: RequestContext) -> bool:
    """Tell whether there is anything for whoever asks to search."""
    access: Access | None = getattr(context.get("request"), "access", None)
    return access is not None and sees_cases(access)


@register.simple_tag(takes_context=True)
def menu(context: RequestContext) -> list[Group]:
    """Return the menu of whoever asks; nobody's is empty."""
    access = getattr(context.get("request"), "access", None)
    return list(entries(access)) if access else []
