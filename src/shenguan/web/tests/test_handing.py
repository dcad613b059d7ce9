"""What is taken out of the platform stays on record, once."""

from __future__ import annotations

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.spine.tests.registry import demo_court

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "action"),
    [("/caseplans/", "导出文件"), ("/cases/", "导出案件列表"), ("/instructions/", "导出文件")],
)
def test_a_list_that_is_taken_out_leaves_one_row(page, action):
    office = signed_in("审管办主任", demo_court())
    assert office.get(page).status_code == 200
    assert not AuditRow.objects.filter(action__startswith="导出").exists()
    assert office.get(page, {"format": "xlsx"}).status_code == 200
    (row,) = AuditRow.objects.filter(action__startswith="导出")
    assert row.action == action
