"""The bench of pages: what it opens is there, and a page that isn't made is said, not hidden."""

import pytest
from click.testing import CliRunner
from django.test import Client

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.lab import bench_pages
from shenguan.lab.commands import bench
from shenguan.lab.morning import MORNING
from shenguan.programs.casebook.finding import keeping
from shenguan.spine.tests.registry import add_case, demo_court


@pytest.fixture
def client(tmp_path, settings, db):
    settings.HOME = tmp_path
    parties = [{"role": "原告", "name": "甲某"}]
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, case_type="民初", parties=parties)
    yield signed_in("审管办主任", demo_court())
    keeping._open.cache_clear()


def test_every_page_of_the_bench_is_made(client):
    pages = list(bench_pages._pages(client, MORNING[-1]))
    assert {"案件页", "案件一览:深页", "检索:拼音", "预警督办"} <= {page.name for page in pages}
    for page in pages:
        if page.address.startswith(("/cases/", "/search/", "/warnings/", "/today/", "/figures/")):
            assert bench_pages._cost(page, client).wall > 0, page
    assert {post.name for post in MORNING} == set(bench_pages.VIEWERS)


def test_a_line_says_what_was_measured_against_the_target(client):
    page = bench_pages.Page("案件一览", "/cases/", 300)
    line = bench_pages._line("院长", page, client, 2, 1)
    assert (line["name"], line["against"], line["unit"]) == ("院长 案件一览", 300, "ms p95")
    assert line["ours"] >= line["p50"] > 0
    assert line["cpu"] > 0
    assert line["queries"] > 0


def test_a_page_that_is_not_made_is_named_with_its_answer(client):
    page = bench_pages.Page("无此页", "/cases/999999/", 300)
    line = bench_pages._line("院长", page, client, 2, 1)
    assert "答复 404" in line["name"]
    assert line["ours"] is None


def test_options_of_the_pages_alone_are_refused_elsewhere():
    done = CliRunner().invoke(bench, ["due", "--requests", "3"])
    assert done.exit_code == 2
    assert "只用于 pages" in done.output


def test_a_stranger_measures_nothing(db):
    page = bench_pages.Page("案件一览", "/cases/", 300)
    answer = Client().get(page.address)
    assert answer.status_code == 302
