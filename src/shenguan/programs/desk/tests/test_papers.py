"""The president's page is one page, says why figures moved, and names no judge as a cause."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shenguan.base.accounts.access import access_of
from shenguan.base.accounts.services import open_account
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Unit
from shenguan.base.papers.look import SHEET
from shenguan.base.papers.pdf import pages
from shenguan.base.papers.sources import read_sources
from shenguan.base.papers.word import write_docx
from shenguan.core.indicator.period import Period
from shenguan.programs.desk import duty, instructions, onepage, papers
from shenguan.programs.desk.meeting import meeting
from shenguan.programs.desk.spark import spark
from shenguan.programs.desk.tests.bench import DIVISION, NOW, ON, ORDINARY, make_court
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators import services as indicators
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import add_case, demo_court
from shenguan.spine.warnings.services import tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    found = make_court()
    for year, closed in ((2025, 12), (2026, 24)):
        for number in range(closed):
            add_case(
                f"（{year}）示0101民初{100 + number}号",
                {f"{year}-01-{number % 28 + 1:02d}": "立案", f"{year}-03-02": "报结"},
                court=demo_court(),
                division=DIVISION,
                **ORDINARY,
            )
    indicators.catch_up(tmp_path, now=NOW)
    tick(on=ON, now=NOW)
    return found


def access(person):
    account = open_account(username="u", password="一个很长的口令-2026", person=person)
    return access_of(account, ON)


def test_the_one_page_is_one_a4_however_long_the_texts(people):
    who = access(people["president"])
    for number in range(8):
        instructions.give(
            actor=people["president"],
            owner=people["judge"],
            text="请逐案说明进展并列出时间表。" * 30,
            due_on=ON + timedelta(days=number),
            on=ON,
            now=NOW,
        )
    page = onepage.one_page(who, ON)
    assert len(page.instructions) == onepage.MOST
    assert pages(papers.one_page(page), papers.TIGHT) == 1


def test_a_change_says_which_division_and_cause_and_never_which_judge(people):
    page = onepage.one_page(access(people["president"]), ON)
    by_name = {change.row.indicator.name: change for change in page.changes}
    closed = by_name["结案数"]
    assert (closed.row.printed, closed.before, closed.change) == ("24件", "12件", "+12件")
    assert closed.causes == [f"{DIVISION} +12件", "合同纠纷 +12件"]
    assert not any("法官" in cause for change in page.changes for cause in change.causes)


def test_the_cases_are_those_with_the_gravest_warnings(people):
    page = onepage.one_page(access(people["president"]), ON)
    assert {one.case.number for one in page.cases} <= {
        "（2026）示0101民初1号",
        "（2026）示0101民初2号",
    }
    assert all(one.level in {"督办", "催办"} and one.says for one in page.cases)


def test_every_figure_of_the_printed_page_says_where_it_comes_from(people, tmp_path):
    file = tmp_path / "页.docx"
    write_docx(
        papers.one_page(onepage.one_page(access(people["president"]), ON)), file, papers.TIGHT
    )
    assert any(one.source.get("code") == "closed_cases" for one in read_sources(file).sourced)


def test_a_printed_page_says_what_its_figures_lack(people):
    page = onepage.one_page(access(people["president"]), ON)
    assert "指标数字未含最近登记的7个事件" in str(papers.one_page(page, behind=7).blocks[0])
    assert "未含" not in str(papers.one_page(page).blocks[0])


def test_the_meeting_list_holds_the_divisions_cases_and_says_what_is_empty(people):
    unit = Unit.objects.get(name=DIVISION)
    made = meeting(access(people["chief"]).scope, unit, ON)
    soon = next(section for section in made.sections if "5日内" in section.title)
    assert [row.what for row in soon.rows] == ["（2026）示0101民初1号", "（2026）示0101民初2号"]
    assert any(not section.rows for section in made.sections)
    assert pages(papers.meeting(made), SHEET) >= 1


def test_the_ledger_counts_what_leaders_did_and_nothing_of_judges(people):
    made = instructions.give(
        actor=people["president"],
        owner=people["judge"],
        text="请说明进展",
        due_on=ON,
        on=ON,
        now=NOW,
    )
    case = Case.objects.get(number="（2026）示0101民初1号")
    record([NewEvent(case.pk, "阅核", ON, {})], actor="庭长甲", now=NOW)
    record([NewEvent(case.pk, "阅核", ON, {})], actor="法官甲一", now=NOW)
    scope = access(people["president"]).scope
    found = duty.ledger(scope, made.court, Period(date(2026, 1, 1), ON), ON)
    counts = {one.name: {name: n for name, n in one.counts if n} for one in found}
    assert counts == {"院长甲": {"批示交办": 1}, "庭长甲": {"阅核与监督": 1}}
    assert not any(one.entries for one in duty.ledger(scope, made.court, Period.parse("2025"), ON))


def test_the_log_is_halved_to_the_first_event_recorded_at_a_moment(people):
    case = Case.objects.get(number="（2026）示0101民初1号")
    later = datetime(2026, 12, 1, tzinfo=COURT_ZONE)
    (position,) = record([NewEvent(case.pk, "合议", ON, {})], actor="测", now=later)
    assert duty.position_at(later) == position
    assert duty.position_at(later + timedelta(days=1)) == position + 1
    assert duty.position_at(datetime(2020, 1, 1, tzinfo=COURT_ZONE)) <= 1


def test_a_trend_skips_months_without_a_value_and_needs_two():
    assert spark([1.0]).points == ""
    line = spark([0.0, None, 10.0])
    assert line.points.split() == ["3.0,25.0", "117.0,3.0"]
    assert line.last == (117.0, 3.0)
