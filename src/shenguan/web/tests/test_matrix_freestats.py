"""Role × 自由统计: each post counts what it may see, judges are named only to those who answer for them."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court
from shenguan.programs.freestats.models import SavedTable
from shenguan.rulebook import load
from shenguan.spine.indicators import services as indicators
from shenguan.spine.tests.registry import NOW
from shenguan.web.tests.test_matrix import (  # noqa: F401
    BELOW,
    COLLEAGUE,
    OTHER_DIVISION,
    OWN,
    SEEN,
    cases,
    client_of,
    shown,
)

pytestmark = pytest.mark.django_db
ASKED = {"rows": "division", "columns": "measure", "measure": "filed_cases", "period": "2026"}
BY_JUDGE = ASKED | {"rows": "judge"}
NONE = {"诉讼参与人", "系统管理员", "安全管理员", "审计管理员"}
OF_OFFICE = {"审管办主任", "审管办工作人员"}
OF_UNIT = {
    "庭长", "副庭长", "人民法庭庭长", "团队负责人", "执行局局长", "分管副院长", "审委会专职委员",
}  # fmt: skip
OF_SELF = {"法官", "审判长", "执行法官", "执行员", "审监庭法官"}


@pytest.fixture(autouse=True)
def standing(cases, tmp_path, settings, monkeypatch):  # noqa: F811
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    settings.HOME = tmp_path
    with time_machine.travel(NOW, tick=False):
        indicators.catch_up(tmp_path, now=NOW)
        yield


def counted(post: str) -> int:
    return 3 if load().posts[post].sees == "figures" else len(SEEN[post])


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_post_counts_what_it_may_see_and_opens_what_it_may_list(post):
    client = client_of(post)
    answer = client.get("/freestats/", ASKED)
    if post in NONE:
        assert answer.status_code == 404
        assert client.get("/freestats/cases/", {"measure": "filed_cases"}).status_code == 404
        return
    assert answer.status_code == 200
    table = answer.context["table"]
    assert table.lines[-1].cells[0].numerator == counted(post)
    assert all(check.adds for check in table.checks)
    listed = client.get("/freestats/cases/", {"measure": "filed_cases", "period": "2026"})
    assert shown(listed.content.decode()) == SEEN[post]
    assert listed.context["total"] == len(SEEN[post])


@pytest.mark.parametrize("post", sorted(set(SEEN) - NONE))
def test_judges_are_named_only_to_those_who_answer_for_them(post):
    client = client_of(post)
    answer = client.get("/freestats/", BY_JUDGE)
    if post not in OF_OFFICE | OF_UNIT | OF_SELF:
        assert answer.status_code == 400
        assert answer.context["table"] is None
        assert "judge" not in dict(answer.context["axes"])
        assert client.get("/freestats/cases/", {**BY_JUDGE, "judge": "1"}).status_code == 404
        return
    names = [line.label for line in answer.context["table"].lines[:-1]]
    expected = {"法官甲一"}
    if post not in OF_SELF:
        expected |= {"法官甲二"}
    if post in OF_OFFICE:
        expected |= {"丙"}
    assert set(names) == expected


def test_the_upper_office_names_no_judges_of_lower_courts():
    client = signed_in("审管办主任", Court.objects.get(code="示01"))
    names = {line.label for line in client.get("/freestats/", BY_JUDGE).context["table"].lines}
    assert names == {"戊", "合计"}


def test_every_cell_is_as_long_as_its_list():
    client = client_of("审管办主任")
    table = client.get("/freestats/", ASKED | {"columns": "procedure"}).context["table"]
    seen = 0
    for line in table.lines:
        for cell in line.cells:
            if cell.address:
                listed = client.get(f"/freestats/cases/?{cell.address}")
                assert listed.context["total"] == cell.numerator
                seen += 1
    assert seen >= 4


@pytest.mark.parametrize(
    "rows", ["cause", "case_class", "instance", "disposition", "month", "case_type"]
)
def test_every_axis_adds_up(rows):
    answer = client_of("院长").get("/freestats/", ASKED | {"rows": rows})
    (check,) = answer.context["table"].checks
    assert check.adds is True


def test_a_case_scope_narrows_the_table():
    client = client_of("院长")
    whole = client.get("/freestats/", ASKED | {"scope": "审判"}).context["table"]
    none = client.get("/freestats/", ASKED | {"scope": "诉讼二审"}).context["table"]
    assert (whole.lines[-1].cells[0].numerator, none.lines[-1].cells[0].numerator) == (3, 0)


def test_an_empty_base_and_few_cases_are_said():
    answer = client_of("院长").get("/freestats/", ASKED | {"measure": "timely_closing_rate"})
    table = answer.context["table"]
    assert table.lines[-1].cells[0].printed == "—"
    assert any("分母为零" in note for note in table.notes)
    assert table.checks[0].adds is None


def test_a_table_is_kept_for_its_owner_alone_and_exported():
    client, other = client_of("院长"), client_of("审管办主任")
    query = "rows=cause&columns=measure&measure=filed_cases&period=2026"
    kept = client.post("/freestats/save/", {"query": query, "name": "收案案由"})
    assert kept.status_code == 302
    assert [one.name for one in client.get("/freestats/").context["saved"]] == ["收案案由"]
    assert list(other.get("/freestats/").context["saved"]) == []
    other.post(f"/freestats/forget/{SavedTable.objects.get().pk}/")
    assert SavedTable.objects.exists()
    file = client.get(f"/freestats/?{query}&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert ("案由", "新收案件数") in rows or any(row[0] == "案由" for row in rows)
    assert ("合计", 3) in [row[:2] for row in rows]


def test_the_page_keeps_its_query_budget(django_assert_max_num_queries):
    client = client_of("审管办主任")
    client.get("/freestats/", ASKED)
    with django_assert_max_num_queries(40):
        client.get("/freestats/", ASKED)


def test_a_faulty_address_says_why():
    answer = client_of("院长").get("/freestats/", ASKED | {"period": "去年"})
    assert answer.status_code == 400
    assert "读不懂" in answer.content.decode()


def test_today_is_the_end_of_the_period_that_is_offered():
    ask = client_of("院长").get("/freestats/").context["ask"]
    assert ask.period.start == date(2026, 1, 1)
