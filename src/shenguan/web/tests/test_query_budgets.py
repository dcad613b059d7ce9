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
    "/": 34,
    "/today/": 10,
    "/warnings/": 10,
    "/approvals/": 10,
    "/cases/": 14,
    "/hearings/": 14,
    "/register/": 8,
    "/register/bulk/": 7,
    "/assignment/": 17,
    "/similar/": 7,
    "/similar/duty/": 8,
    "/similar/scale/": 7,
    "/caseplans/": 10,
    "/reviews/": 24,
    "/four-kinds/": 13,
    "/casereview/": 13,
    "/appeals/": 9,
    "/appeals/analysis/": 8,
    "/meetings/": 9,
    "/appraisals/": 10,
    "/supervision/statistics/": 14,
    "/load/": 13,
    "/instructions/": 8,
    "/onepage/": 21,
    "/meeting/": 16,
    "/duty/": 30,
    "/wall/": 16,
    "/indicators/": 11,
    "/figures/": 10,
    "/stages/": 12,
    "/freestats/": 11,
    "/official/": 8,
    "/library/": 7,
    "/reports/": 11,
    "/reports/meetings/": 10,
    "/imports/": 8,
    "/imports/reconciliation/": 8,
    "/rulebook/": 7,
    "/imports/quality/": 9,
    "/register/mode/": 9,
    "/settings/": 15,
    "/administration/people/": 12,
    "/administration/units/": 9,
    "/administration/roster/": 5,
    "/administration/posts/": 9,
    "/administration/log/": 10,
    "/hooks/": 6,
    "/api/docs/": 7,
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
