import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.spine.tests.registry import add_case, demo_court

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
NUMBER = "（2026）示0101民初1号"


@pytest.fixture
def case():
    parties = [{"role": "原告", "name": "甲某"}, {"role": "被告", "name": "乙某"}]
    return add_case(NUMBER, {"2026-01-15": "立案"}, parties=parties, **ORDINARY)


@pytest.fixture
def office() -> Client:
    """Someone of the court's trial-management office, signed in."""
    return signed_in("审管办主任", demo_court())


@pytest.fixture
def get(office):
    return lambda address, **query: office.get(address, query)


def test_the_first_page_shows_the_overdue_case_with_its_reason(case, get):
    page = get("/today/", on="2026-07-16").content.decode()
    assert NUMBER in page
    assert "超期1日" in page


def test_a_figure_leads_to_a_list_of_the_same_length(case, get):
    shown = get("/figures/", on="2026-07-16", by="judge").content.decode()
    assert "group=judge%3A" in shown
    listed = get("/figures/pending/", on="2026-07-16").content.decode()
    assert "未结 1件" in listed
    assert NUMBER in listed


def test_the_case_page_says_how_the_due_date_was_computed(case, get):
    page = get(f"/cases/{case.pk}/", on="2026-07-16").content.decode()
    assert "2026-07-15" in page
    assert "第152条" in page
    assert "甲某" in page


def test_party_names_never_stand_in_an_address(case, get):
    page = get("/today/", on="2026-07-16").content.decode()
    addresses = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not any("甲某" in address for address in addresses)


@pytest.mark.parametrize(
    "address",
    ["/lists/none/", "/figures/none/", "/cases/999999/", "/figures/closed/?group=x"],
)
def test_what_is_not_there_is_not_found(address, get):
    assert get(address).status_code == 404


def test_a_faulty_address_falls_back_to_something_sensible(case, get):
    answer = get("/today/", on="gestern", scope="<script>", by="'")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_pages_are_read_only_and_carry_the_strict_policy(case, office, get):
    assert office.post("/today/").status_code == 405
    policy = get("/today/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_figures_page_orders_by_institution_and_says_so(case, get):
    assert "不作排名" in get("/figures/").content.decode()


def test_a_long_list_is_paged(get):
    for serial in range(1, 103):
        add_case(f"（2026）示0101民初{serial}号", {"2026-01-15": "立案"}, **ORDINARY)
    answer = get("/lists/overdue/", on=str(date(2026, 8, 1)))
    assert "1 / 2" in answer.content.decode()


def test_the_next_page_of_a_figure_and_its_export_keep_the_period_and_the_group(case, get):
    period = {"on": "2026-07-16", "from": "2026-01-01", "to": "2026-01-31"}
    shown = get("/figures/", by="judge", **period).content.decode()
    group = re.findall(r"group=([^\"&]+)", shown)[0]
    page = get("/figures/filed/", group=unquote(group), **period).content.decode()
    assert f"from=2026-01-01&amp;to=2026-01-31&amp;group={group}&amp;format=xlsx" in page


def test_the_cases_of_a_list_are_handed_out_and_the_export_stays_on_record(case, get):
    answer = get("/lists/overdue/", on="2026-07-16", format="xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    (row,) = AuditRow.objects.filter(action="导出清单")
    assert row.detail == {"rows": 1}


def test_the_figures_are_handed_out_with_their_total(case, get):
    answer = get("/figures/", on="2026-07-16", format="xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert AuditRow.objects.get(action="导出清单").detail == {"rows": 2}
