"""How many queries each page of the menu may ask: checked in, so that none grows unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shenguan.base.accounts.access import access_of
from shenguan.base.accounts.models import Account
from shenguan.spine.tests.registry import NOW
from shenguan.web.menu import GROUPS
from shenguan.web.tests.test_matrix import cases, client_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
POSTS = (
    *("审管办主任", "院长", "庭长", "立案庭工作人员", "法官"),
    *("系统管理员", "安全管理员", "审计管理员"),
)
"""Who opens a page: the first of them whose menu has it."""
BUDGETS = {
    "/": 30,
    "/today/": 8,
    "/warnings/": 5,
    "/approvals/": 7,
    "/cases/": 11,
    "/hearings/": 9,
    "/register/": 5,
    "/register/bulk/": 4,
    "/assignment/": 13,
    "/similar/": 4,
    "/similar/duty/": 5,
    "/similar/scale/": 4,
    "/caseplans/": 7,
    "/reviews/": 21,
    "/four-kinds/": 10,
    "/casereview/": 10,
    "/appeals/": 6,
    "/appeals/analysis/": 5,
    "/meetings/": 6,
    "/appraisals/": 7,
    "/supervision/statistics/": 11,
    "/load/": 11,
    "/instructions/": 5,
    "/onepage/": 21,
    "/meeting/": 15,
    "/duty/": 30,  # of which PostgreSQL asks 29 and SQLite 20
    "/wall/": 13,
    "/indicators/": 9,
    "/figures/": 9,
    "/stages/": 12,
    "/freestats/": 9,
    "/official/": 5,
    "/library/": 4,
    "/reports/": 8,
    "/reports/meetings/": 7,
    "/imports/": 5,
    "/imports/reconciliation/": 5,
    "/rulebook/": 4,
    "/imports/quality/": 6,
    "/register/mode/": 6,
    "/settings/": 12,
    "/administration/people/": 9,
    "/administration/units/": 6,
    "/administration/roster/": 2,
    "/administration/posts/": 6,
    "/administration/log/": 7,
    "/hooks/": 3,
    "/api/docs/": 4,
}


def _asked(address: str, clients: dict) -> int:
    for client, access in clients.values():
        entry = next(e for group in GROUPS for e in group.entries if e.address == address)
        if entry.who(access):
            client.get(address)  # what is made once a process isn't the page's
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, address
            return len(queries.captured_queries)
    pytest.fail(f"{address} stands in nobody's menu")


def test_each_page_of_the_menu_keeps_its_budget_of_queries(cases):  # noqa: F811
    clients = {}
    for post in POSTS:
        client = client_of(post)
        account = Account.objects.order_by("pk").last()
        clients[post] = client, access_of(account, NOW.date())
    addresses = [entry.address for group in GROUPS for entry in group.entries]
    asked = {address: _asked(address, clients) for address in addresses}
    assert set(BUDGETS) == set(addresses), "a page of the menu without a budget, or the reverse"
    over = {a: (n, BUDGETS[a]) for a, n in asked.items() if n > BUDGETS[a]}
    assert not over
