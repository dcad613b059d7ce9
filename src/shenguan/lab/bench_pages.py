"""How long pages take to make, for the posts that open them, on a demo registry of a size one names.

Server time of the whole request (sign-in, scope, database, template) through Django's test client, in wall
milliseconds, p50 and p95; each page is opened once unmeasured. `--at` names a demo home to measure as it is
(or where to keep the one that is made); without it a throw-away home is built and removed.

`--rate` asks the server that `serve` starts instead, many people at once (`bench_load`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from shenguan.base.accounts.models import Account
from shenguan.base.ops import clock
from shenguan.lab.measure import quantile
from shenguan.lab.morning import DASHBOARD, LIST, shown_cases
from shenguan.lab.visitors import entered
from shenguan.spine.cases.models import Case, Party

DEFAULT_CASES = 20_000
DEFAULT_REQUESTS = 20
DEFAULT_SECONDS = 60
COURTS = 10


class PageFailed(RuntimeError):  # noqa: N818 - it says what the page did
    """A page that wasn't made, with the answer it gave."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A post at a level of court, with the demo account that holds it."""

    name: str
    username: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: GET of an address, or a search asked by POST and opened by its token."""

    name: str
    address: str
    target: int
    asked: str = ""


VIEWERS = (
    Viewer("院长", "yuanzhang1"),
    Viewer("庭长", "tingzhang1"),
    Viewer("法官", "faguan1"),
    Viewer("上级审管办", "shenguan"),
)
_LISTS = (
    ("案件一览:未结按届满日", ""),
    ("案件一览:全部按立案日期", "state=all&sort=filed&down=1"),
    ("案件一览:案由含借贷", "state=all&cause=借贷"),
    ("案件一览:15日内届满", "mark=due_near"),
    ("案件一览:已结一年", "state=closed&closed_from=2025-01-01&closed_to=2025-12-31&sort=closed"),
    ("案件一览:标签", "state=all&tag=金融"),
    ("案件一览:深页", "state=all&sort=filed&n=60"),
)
_DASHBOARDS = (
    ("首页", "/"),
    ("今日清单", "/today/"),
    ("预警督办", "/warnings/"),
    ("体检表", "/indicators/"),
    ("收结存", "/figures/"),
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
    for viewer in VIEWERS:
        client = _enter(viewer)
        if client is None:
            continue
        for page in _pages(client):
            yield _line(viewer, page, client, requests or DEFAULT_REQUESTS, size)


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


def _enter(viewer: Viewer) -> Client | None:
    """Sign the viewer in; None where the city has no such post."""
    account = Account.objects.filter(user__username=viewer.username).select_related("user").first()
    return entered(account, clock.now()) if account else None


def _pages(client: Client) -> Iterator[Page]:
    for name, query in _LISTS:
        yield Page(name, f"/cases/?{query}", LIST)
    shown = client.get("/cases/?state=all&sort=filed&down=1").content.decode()
    if rows := shown_cases(shown):
        yield Page("案件页", rows[len(rows) // 2], LIST)
    for name, text in (
        ("拼音", "zsf"),
        ("当事人", _party()),
        ("案由和年度", "2025 借贷"),
        ("编号", "12"),
    ):
        yield Page(f"检索:{name}", "/search/", LIST, text)
    for name, address in _DASHBOARDS:
        yield Page(name, address, DASHBOARD)


def _party() -> str:
    party = Party.objects.filter(name__contains="某").order_by("pk").first()
    return party.name[:2] if party else "某"


def _line(viewer: Viewer, page: Page, client: Client, requests: int, size: int) -> dict[str, Any]:
    try:
        times = [_time(page, client) for _ in range(requests + 1)][1:]
    except PageFailed as failed:
        times, said = [], f" {failed}"
    else:
        said = ""
    p50, p95 = quantile(times, 50), quantile(times, 95)
    return {
        "name": f"{viewer.name} {page.name}{said}",
        "ours": p95,
        "against": page.target,
        "ratio": round(p95 / page.target, 2) if p95 else None,
        "unit": "ms p95",
        "n": size,
        "p50": p50,
    }


def _time(page: Page, client: Client) -> float:
    """Return the milliseconds until the page has been made; a search is both of its requests."""
    started = time.perf_counter()
    if page.asked:
        found = client.post(page.address, {"q": page.asked})
        answer = client.get(found["Location"])
    else:
        answer = client.get(page.address)
    spent = (time.perf_counter() - started) * 1000
    if answer.status_code not in {200, 302}:
        raise PageFailed(f"答复 {answer.status_code}")
    return spent
