"""How long pages take to make, for the posts that open them, on a demo registry of a size one names.

Server time of the whole request (sign-in, scope, database, template) through Django's test client, in wall
milliseconds, p50 and p95, with the CPU milliseconds (median) and the queries of one; each page is opened once
unmeasured. `--at` names a demo home to measure as it is (or where to keep the one that is made); without it a
throw-away home is built and removed.

`--rate` asks the server that `serve` starts instead, many people at once (`bench_load`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenguan.base.accounts.models import Account
from shenguan.base.ops import clock
from shenguan.lab.measure import quantile
from shenguan.lab.morning import CASE, LIST, MORNING, SEARCH, Post, shown_cases
from shenguan.lab.visitors import entered
from shenguan.spine.cases.models import Case, Party

DEFAULT_CASES = 20_000
DEFAULT_REQUESTS = 20
DEFAULT_SECONDS = 60
COURTS = 10


class PageFailed(RuntimeError):  # noqa: N818 - it says what the page did
    """A page that wasn't made, with the answer it gave."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: GET of an address, or a search asked by POST and opened by its token."""

    name: str
    address: str
    target: int
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """One making of a page in milliseconds: wall and CPU time of this process."""

    wall: float
    cpu: float


VIEWERS = {"法官": "faguan1", "庭长": "tingzhang1", "院长": "yuanzhang1", "上级审管办": "shenguan"}
"""The demo account that holds each post of the morning."""
_FURTHER_LISTS = (
    ("案件一览:已结一年", "state=closed&closed_from=2025-01-01&closed_to=2025-12-31&sort=closed"),
    ("案件一览:标签", "state=all&tag=金融"),
    ("案件一览:深页", "state=all&sort=filed&n=60"),
)


def run(
    n: int | None = None,
    requests: int | None = None,
    rate: float | None = None,
    seconds: int | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield one line a viewer and page: `ours` p95, `against` the target, both in milliseconds.

    With a `rate` (requests a second, for so many `seconds`) the pages are asked for under load.
    """
    _fill(n or DEFAULT_CASES)
    size = Case.objects.count()
    if rate:
        from shenguan.lab import bench_load

        yield from bench_load.run(rate, seconds or DEFAULT_SECONDS, size)
        return
    for post in MORNING:
        client = _enter(VIEWERS[post.name])
        if client is None:
            continue
        for page in _pages(client, post):
            yield _line(post.name, page, client, requests or DEFAULT_REQUESTS, size)


def _fill(cases: int) -> None:
    """Build the demo city where the home has none, bring figures, warnings and search up to it."""
    from shenguan.lab.simulate import land

    if land.already_there():
        return
    from click.testing import CliRunner

    from shenguan.lab.commands_simulate import simulate
    from shenguan.programs.casebook.finding import keeping
    from shenguan.spine.indicators import services as indicators
    from shenguan.spine.warnings import services as warnings

    done = CliRunner().invoke(
        simulate, ["--seed", "1", "--cases", str(cases), "--courts", str(COURTS), "--demo"]
    )
    if done.exit_code:
        raise RuntimeError(f"示范市未能生成：{done.output}")
    now = clock.now()
    indicators.catch_up(settings.HOME, now=now)
    warnings.tick(on=clock.day_of(now), now=now)
    keeping.catch_up()


def _enter(username: str) -> Client | None:
    """Sign a viewer in; None where the city has no such post."""
    account = Account.objects.filter(user__username=username).select_related("user").first()
    return entered(account, clock.now()) if account else None


def _pages(client: Client, post: Post) -> Iterator[Page]:
    """Yield what the post opens of a morning, and lists that are opened more rarely."""
    for opening in post.opens:
        if opening.address == SEARCH:
            for name, text in _searches():
                yield Page(f"{opening.name}:{name}", SEARCH, opening.target, text)
        elif opening.address != CASE:
            yield Page(opening.name, opening.address, opening.target)
        elif rows := shown_cases(
            client.get("/cases/?state=all&sort=filed&down=1").content.decode()
        ):
            yield Page(opening.name, rows[len(rows) // 2], opening.target)
    for name, query in _FURTHER_LISTS:
        yield Page(name, f"/cases/?{query}", LIST)


def _searches() -> tuple[tuple[str, str], ...]:
    party = Party.objects.filter(name__contains="某").order_by("pk").first()
    named = party.name[:2] if party else "某"
    return ("拼音", "zsf"), ("当事人", named), ("案由和年度", "2025 借贷"), ("编号", "12")


def _line(viewer: str, page: Page, client: Client, requests: int, size: int) -> dict[str, Any]:
    try:
        with CaptureQueriesContext(connection) as asked:
            _cost(page, client)
        queries, said = len(asked), ""
        costs = [_cost(page, client) for _ in range(requests)]
    except PageFailed as failed:
        costs, queries, said = [], None, f" {failed}"
    p50, p95 = (quantile([cost.wall for cost in costs], percent) for percent in (50, 95))
    return {
        "name": f"{viewer} {page.name}{said}",
        "ours": p95,
        "against": page.target,
        "ratio": round(p95 / page.target, 2) if p95 else None,
        "unit": "ms p95",
        "n": size,
        "p50": p50,
        "cpu": round(median(cost.cpu for cost in costs), 1) if costs else None,
        "queries": queries,
    }


def _cost(page: Page, client: Client) -> Cost:
    """Return what it took until the page had been made; a search is both of its requests."""
    wall, cpu = time.perf_counter(), time.process_time()
    if page.asked:
        found = client.post(page.address, {"q": page.asked})
        answer = client.get(found["Location"])
    else:
        answer = client.get(page.address)
    cost = Cost((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)
    if answer.status_code not in {200, 302}:
        raise PageFailed(f"答复 {answer.status_code}")
    return cost
