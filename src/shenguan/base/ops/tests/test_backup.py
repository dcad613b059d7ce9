"""A backup is whole, is checked before anything is touched, and never overwrites in silence."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from shenguan.base.ops import backup as backups
from shenguan.base.ops.commands import COMMANDS

NOW = datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC)
backup_command, restore_command = COMMANDS


@pytest.fixture(autouse=True)
def _database_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHENGUAN_DATABASE", raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "体检报告𠮷.txt").write_text("示范市中级法院")
    (folder / "static").mkdir()
    (folder / "static" / "page.css").write_text("derived")
    (folder / "secret.key").write_text("key")
    with closing(sqlite3.connect(folder / "shenguan.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE event (position INTEGER, kind TEXT)")
        connection.execute("INSERT INTO event VALUES (1, '立案')")
        connection.commit()
    return folder


def make(home: Path, target: Path) -> backups.Backup:
    return backups.back_up(home=home, target=target, now=NOW, version="0.1.0")


def events(home: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(home / "shenguan.sqlite3")) as connection:
        return connection.execute("SELECT position, kind FROM event").fetchall()


def test_backup_and_restore_give_the_same_data(home, tmp_path):
    made = make(home, tmp_path / "b.tar.gz")
    back = tmp_path / "back"
    assert backups.restore(archive=made.path, home=back, now=NOW) == made
    assert events(back) == [(1, "立案")]
    assert (back / "papers" / "体检报告𠮷.txt").read_text() == "示范市中级法院"
    assert (back / "secret.key").read_text() == "key"


def test_a_backup_during_a_transaction_holds_only_what_was_committed(home, tmp_path):
    with closing(sqlite3.connect(home / "shenguan.sqlite3")) as writer:
        writer.execute("INSERT INTO event VALUES (2, '结案')")
        made = make(home, tmp_path / "b.tar.gz")
        writer.commit()
    backups.restore(archive=made.path, home=tmp_path / "back", now=NOW)
    assert events(tmp_path / "back") == [(1, "立案")]
    assert events(home) == [(1, "立案"), (2, "结案")]


def test_committed_events_still_in_the_wal_are_saved(home, tmp_path):
    with closing(sqlite3.connect(home / "shenguan.sqlite3")) as writer:
        writer.execute("INSERT INTO event VALUES (2, '开庭')")
        writer.commit()
        made = make(home, tmp_path / "b.tar.gz")
    assert "shenguan.sqlite3-wal" not in made.files
    backups.restore(archive=made.path, home=tmp_path / "back", now=NOW)
    assert len(events(tmp_path / "back")) == 2


def test_derived_files_are_left_out(home, tmp_path):
    assert not any(name.startswith("static/") for name in make(home, tmp_path / "b.tar.gz").files)


def test_a_backup_is_readable_by_its_owner_alone(home, tmp_path):
    assert make(home, tmp_path / "b.tar.gz").path.stat().st_mode & 0o077 == 0


def test_restore_refuses_a_home_with_data(home, tmp_path):
    made = make(home, tmp_path / "b.tar.gz")
    with pytest.raises(backups.BackupError, match="已有数据"):
        backups.restore(archive=made.path, home=home, now=NOW)


def test_forced_restore_keeps_the_old_data_beside(home, tmp_path):
    made = make(home, tmp_path / "b.tar.gz")
    (home / "later.txt").write_text("written after the backup")
    backups.restore(archive=made.path, home=home, now=NOW, force=True)
    assert not (home / "later.txt").exists()
    assert (tmp_path / "home.before-20260105-010203" / "later.txt").exists()


@pytest.mark.parametrize("change", ["altered", "missing", "added"])
def test_a_changed_archive_is_refused_and_nothing_is_touched(home, tmp_path, change):
    made = make(home, tmp_path / "b.tar.gz")
    broken = rewrite(made.path, tmp_path, change)
    with pytest.raises(backups.BackupError, match="与清单不符"):
        backups.restore(archive=broken, home=home, now=NOW, force=True)
    assert events(home) == [(1, "立案")]


def open_up(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        for member in tar:
            backups.extract(tar, member, folder, member.name)


def rewrite(archive: Path, tmp_path: Path, change: str) -> Path:
    folder, broken = tmp_path / "open", tmp_path / "broken.tar.gz"
    open_up(archive, folder)
    key = folder / "data" / "secret.key"
    if change == "missing":
        key.unlink()
    else:
        (key if change == "altered" else key.with_name("extra")).write_text("other")
    with tarfile.open(broken, "w:gz") as tar:
        tar.add(folder, arcname=".", recursive=False)
        for entry in sorted(folder.iterdir()):
            tar.add(entry, arcname=entry.name)
    return broken


@pytest.mark.parametrize("name", ["data/../outside", "data//outside", "data/link"])
def test_an_archive_that_reaches_out_of_the_home_is_refused(tmp_path, name):
    evil = tmp_path / "evil.tar.gz"
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"format": 1, "version": "0", "made_at": "", "files": {}}))
    (tmp_path / "link").symlink_to("/etc/hostname")
    with tarfile.open(evil, "w:gz") as tar:
        tar.add(manifest, arcname="manifest.json")
        tar.add(tmp_path / "link" if name.endswith("link") else manifest, arcname=name)
    with pytest.raises(backups.BackupError, match="不是普通文件"):
        backups.restore(archive=evil, home=tmp_path / "back", now=NOW)
    assert not (tmp_path / "outside").exists()


def test_half_a_file_is_refused_as_incomplete(home, tmp_path):
    whole = make(home, tmp_path / "b.tar.gz").path.read_bytes()
    half = tmp_path / "half.tar.gz"
    half.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(backups.BackupError, match="不是完整的审管备份"):
        backups.restore(archive=half, home=tmp_path / "back", now=NOW)
    assert not (tmp_path / "back").exists()


def test_a_later_format_is_refused(home, tmp_path):
    made = make(home, tmp_path / "b.tar.gz")
    folder = tmp_path / "open"
    open_up(made.path, folder)
    manifest = json.loads((folder / "manifest.json").read_text()) | {"format": 99}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(tmp_path / "later.tar.gz", "w:gz") as tar:
        tar.add(folder / "manifest.json", arcname="manifest.json")
    with pytest.raises(backups.BackupError, match="99"):
        backups.restore(archive=tmp_path / "later.tar.gz", home=tmp_path / "back", now=NOW)


def test_backup_overwrites_nothing_and_refuses_an_empty_home(home, tmp_path):
    made = make(home, tmp_path / "b.tar.gz")
    with pytest.raises(backups.BackupError, match="已经存在"):
        make(home, made.path)
    with pytest.raises(backups.BackupError, match="是空的"):
        make(tmp_path / "nowhere", tmp_path / "c.tar.gz")


def test_commands_back_up_and_restore_the_home_named_by_the_environment(
    home, tmp_path, monkeypatch
):
    runner = CliRunner()
    monkeypatch.setenv("SHENGUAN_HOME", str(home))
    made = runner.invoke(backup_command, ["--out", str(tmp_path / "b.tar.gz")])
    assert made.exit_code == 0
    assert "已备份 3 个文件" in made.output
    refused = runner.invoke(restore_command, [str(tmp_path / "b.tar.gz")])
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert runner.invoke(restore_command, [str(tmp_path / "b.tar.gz"), "--force"]).exit_code == 0


def test_a_backup_in_the_home_is_not_part_of_the_next(home, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(home))
    assert CliRunner().invoke(backup_command).exit_code == 0
    assert len(list((home / "backups").glob("shenguan-*.tar.gz"))) == 1
    assert not any("backups" in file.parts for file in backups.data_files(home))


def test_a_database_on_a_server_is_left_to_its_own_tools(monkeypatch):
    monkeypatch.setenv("SHENGUAN_DATABASE", "postgres://shenguan@127.0.0.1/shenguan")
    answer = CliRunner().invoke(backup_command)
    assert answer.exit_code == 1
    assert "pg_dump" in answer.output
