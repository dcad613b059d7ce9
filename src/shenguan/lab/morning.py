"""A court's morning as a mix of pages: who opens what how often, and when each request arrives.

The shares are ours, no measurement of a court: half of the requests are judges at their own cases, a fifth each
the chiefs of divisions and the upper court's trial-management office, a tenth presidents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

LIST, DASHBOARD = 300, 500
"""Milliseconds of server time at p95 (issue: lists and case page, dashboards)."""
CASE, SEARCH = "{case}", "/search/"
_SHOWN = re.compile(r'data-href="(/cases/\d+/)"')
WORDS = ("民间借贷", "zsf", "2025 买卖合同", "示范", "12")


@dataclass(frozen=True, slots=True)
class Opening:
    """A page that a post opens: `share` of the post's requests, in parts of any whole."""

    name: str
    address: str
    share: int
    target: int = LIST


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the morning: `users` people hold it, `share` percent of all requests are theirs."""

    name: str
    users: int
    share: int
    opens: Sequence[Opening]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request to come: `at` seconds after the start, by user number `user` of the post."""

    at: float
    post: Post
    user: int
    opening: Opening
    draw: float
    """In [0, 1): picks the case or the words."""


_HOME = Opening("首页", "/", 12, DASHBOARD)
_CASES = Opening("案件一览", "/cases/", 14)
_CASE_PAGE = Opening("案件页", CASE, 20)
_SEARCH = Opening("检索", SEARCH, 8)
_WARNINGS = Opening("预警督办", "/warnings/", 8)
_TODAY = Opening("今日清单", "/today/", 8)
_HEARINGS = Opening("庭审日历", "/hearings/", 6)
_PLAN = Opening("未来八周", "/load/plan/", 4, DASHBOARD)
_LOAD = Opening("在手与均衡", "/load/", 6, DASHBOARD)
_READY = Opening("已具备结案条件未结", "/load/ready/", 4)
_NEAR = Opening("案件一览:15日内届满", "/cases/?mark=due_near", 6)
_BY_FILING = Opening("案件一览:全部按立案", "/cases/?state=all&sort=filed&down=1", 6)
_BY_CAUSE = Opening("案件一览:案由含借贷", "/cases/?state=all&cause=借贷", 4)
_CLOSED = Opening("案件一览:本年已结", "/cases/?state=closed&sort=closed&down=1", 4)
_APPROVALS = Opening("审批", "/approvals/", 6)
_CHECKUP = Opening("体检表", "/indicators/", 6, DASHBOARD)
_CHECKUP_OF = Opening("体检表:一项指标", "/indicators/closing_rate/", 4, DASHBOARD)
_FIGURES = Opening("收结存", "/figures/", 4, DASHBOARD)
_STAGES = Opening("阶段用时", "/stages/", 4, DASHBOARD)

MORNING: tuple[Post, ...] = (
    Post(
        "法官", 12, 50,
        (_HOME, _CASES, _CASE_PAGE, _SEARCH, _WARNINGS, _TODAY, _HEARINGS, _PLAN, _NEAR),
    ),
    Post(
        "庭长", 6, 20,
        (_HOME, _CASES, _CASE_PAGE, _SEARCH, _WARNINGS, _TODAY, _APPROVALS, _LOAD, _PLAN,
         _READY, _NEAR, _CHECKUP, Opening("庭务会清单", "/meeting/", 4, DASHBOARD)),
    ),
    Post(
        "院长", 4, 10,
        (_HOME, _CASES, _CASE_PAGE, _SEARCH, _WARNINGS, _APPROVALS, _LOAD, _CHECKUP, _CHECKUP_OF,
         _FIGURES, _STAGES, Opening("院长一页纸", "/onepage/", 4, DASHBOARD)),
    ),
    Post(
        "上级审管办", 4, 20,
        (_HOME, _CASES, _CASE_PAGE, _SEARCH, _WARNINGS, _TODAY, _NEAR, _BY_FILING, _BY_CAUSE,
         _CLOSED, _LOAD, _READY, _CHECKUP, _CHECKUP_OF, _FIGURES, _STAGES,
         Opening("清单:超审限", "/lists/overdue/", 4),
         Opening("发改反馈", "/appeals/", 4)),
    ),
)  # fmt: skip


def arrivals(rate: float, seconds: float, seed: int, users: Mapping[str, int]) -> list[Arrival]:
    """Return the requests of so many seconds, independent of one another, on the average `rate` a second.

    `users`: how many of each post there are; a post that nobody holds opens nothing.
    """
    random = Random(seed)
    posts = [post for post in MORNING if users.get(post.name)]
    found: list[Arrival] = []
    at = random.expovariate(rate)
    while posts and at < seconds:
        (post,) = random.choices(posts, [one.share for one in posts])
        (opening,) = random.choices(post.opens, [one.share for one in post.opens])
        user = random.randrange(users[post.name])
        found.append(Arrival(at, post, user, opening, random.random()))
        at += random.expovariate(rate)
    return found


def shown_cases(page: str) -> list[str]:
    """Return the addresses of the cases on a page of the case list."""
    return _SHOWN.findall(page)
