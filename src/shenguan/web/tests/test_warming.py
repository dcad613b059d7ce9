"""The night's preparing: after it no page of the morning asks the facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.inbox.heartbeat import last_run
from shenguan.base.org.models import Unit
from shenguan.spine.indicators import freshness, services
from shenguan.spine.indicators.engines.duckdb import DuckEngine
from shenguan.spine.tests.registry import NOW, add_case, demo_court
from shenguan.web import warming

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
LACKING = "指标数字未含最近登记的 3 个事件，每夜更新。"
COMMON = ("/", "/indicators/", "/stages/")
OPENED = {
    "院长": (*COMMON, "/onepage/", "/load/"),
    "审管办主任": (*COMMON, "/meeting/", "/load/"),
    "庭长": (*COMMON, "/meeting/", "/load/plan/"),
}


@pytest.fixture(autouse=True)
def home(tmp_path, settings, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, **ORDINARY)
    services.catch_up(tmp_path, now=NOW)
    with time_machine.travel(NOW, tick=False):
        yield


def _warmed(**more) -> warming.Warmed:
    return warming.warm(on=TODAY, now=NOW, **more)


def test_after_a_night_no_page_of_the_morning_asks_the_facts(monkeypatch):
    court, unit = demo_court(), Unit.objects.get(name="民事审判第一庭")
    units = {"庭长": unit}
    clients = {post: signed_in(post, court, unit=units.get(post)) for post in OPENED}
    seen = list[tuple[int, int]]()
    assert _warmed(progress=lambda done, of: seen.append((done, of))) == warming.Warmed(3, 3)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    freshness.forget()  # what the pages find was left by another process

    def asked(*_: object) -> None:
        raise AssertionError("a page asked the facts")

    for way in ("run", "fetch"):
        monkeypatch.setattr(DuckEngine, way, asked)
    for post, pages in OPENED.items():
        for page in pages:
            answer = clients[post].get(page)
            assert answer.status_code == 200, (post, page)
            assert LACKING not in answer.content.decode()
    add_case("（2026）示0101民初2号", {"2026-11-19": "立案"}, **ORDINARY)
    for post, pages in OPENED.items():
        for page in pages:
            assert LACKING in clients[post].get(page).content.decode(), (post, page)


def test_who_sees_the_same_is_prepared_once_and_the_night_s_time_is_limited():
    court = demo_court()
    for name in ("审管甲一", "审管甲二"):
        signed_in("审管办工作人员", court, name=name)
    signed_in("审计管理员", court)
    assert len(warming.viewers(TODAY)) == 1
    assert _warmed(longest=timedelta(0)) == warming.Warmed(0, 1)
    beat = last_run(warming.JOB)
    assert beat is not None
    assert (beat.on, beat.detail) == (TODAY, {"已备": 0, "应备": 1})
