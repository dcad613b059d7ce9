"""A chain shows what was edited, removed, inserted or cut off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import transaction

from shenguan.base.audit import services
from shenguan.base.audit.commands import audit
from shenguan.base.audit.models import AuditRow

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, 30, 15, 123456, tzinfo=UTC)


def act(chain: str = "示0101", subject: str = "") -> AuditRow:
    return services.append(
        chain=chain, actor="张示范", action="导出", subject=subject, detail={"件数": 3}, now=NOW
    )


def test_an_untouched_chain_verifies():
    for number in range(3):
        assert act().number == number + 1
    assert services.verify("示0101") == []


def test_each_court_has_its_own_chain():
    assert [act("示0101").number, act("示0102").number, act("示0101").number] == [1, 1, 2]
    assert services.verify_all() == []


def test_an_edited_row_shows():
    act()
    act()
    AuditRow.objects.filter(number=1).update(actor="李示范")
    (fault,) = services.verify("示0101")
    assert str(fault) == "审计链“示0101”第1条：内容与摘要不符，记录被改动"


def test_a_removed_row_shows():
    for _ in range(3):
        act()
    AuditRow.objects.filter(number=2).delete()
    assert [fault.reason for fault in services.verify("示0101")] == ["前缺第2条至第2条"]


def test_a_rewritten_row_with_a_fresh_digest_breaks_the_link():
    act()
    act()
    row = AuditRow.objects.get(number=1)
    row.action = "查看"
    row.digest = services.digest_of(row)
    row.save()
    assert [fault.reason for fault in services.verify("示0101")] == ["与前一条的摘要不相连"]


def test_a_cut_off_tail_shows_only_against_a_checkpoint():
    act()
    act()
    kept = services.read_checkpoints(services.checkpoint_line(services.heads()))
    AuditRow.objects.filter(number=2).delete()
    assert services.verify_all() == []
    assert [f.reason for f in services.verify_all(kept)] == ["检查点所载记录已不存在，链尾被截断"]


def test_a_chain_that_has_gone_altogether_shows_against_a_checkpoint():
    act()
    kept = services.heads()
    AuditRow.objects.all().delete()
    assert len(services.verify_all(kept)) == 1


def test_an_act_that_is_rolled_back_leaves_no_row():
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
    assert services.heads() == []


def test_a_checkpoint_file_is_kept_and_checked_by_command(tmp_path: Path):
    act(subject="（2026）示0101民初1号")
    file = tmp_path / "另存" / "检查点.jsonl"
    runner = CliRunner()
    assert runner.invoke(audit, ["checkpoint", str(file)]).exit_code == 0
    act()
    passed = runner.invoke(audit, ["verify", "--against", str(file)])
    assert (passed.exit_code, passed.stdout) == (0, "审计链校验通过:1条链,2条记录,检查点1个\n")
    AuditRow.objects.all().delete()
    failed = runner.invoke(audit, ["verify", "--against", str(file)])
    assert failed.exit_code == 1
    assert "链尾被截断" in failed.stdout


def test_an_unreadable_checkpoint_file_is_named_with_its_line(tmp_path: Path):
    file = tmp_path / "检查点.jsonl"
    file.write_text('{"heads": []}\n不是检查点\n', encoding="utf-8")
    failed = CliRunner().invoke(audit, ["verify", "--against", str(file)])
    assert failed.exit_code == 2
    assert "检查点文件第2行不可读" in failed.stderr
