"""The manifest of an offline archive vouches for every file in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import bundle, environment
from tools.environment import SetupError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "a.whl").write_bytes(b"a")
    (tmp_path / "b.txt").write_text("b")
    bundle.write_manifest(tmp_path)
    return tmp_path


def test_a_whole_archive_is_accepted(folder):
    bundle.check_manifest(folder)


def test_a_changed_file_is_named(folder):
    (folder / "b.txt").write_text("c")
    with pytest.raises(SetupError, match=r"b\.txt 与清单不符"):
        bundle.check_manifest(folder)


def test_a_missing_file_is_named(folder):
    (folder / "wheels" / "a.whl").unlink()
    with pytest.raises(SetupError, match=r"缺少 wheels/a\.whl"):
        bundle.check_manifest(folder)


def test_a_file_that_is_not_listed_is_refused(folder):
    (folder / "extra").write_text("x")
    with pytest.raises(SetupError, match="extra"):
        bundle.check_manifest(folder)


def test_a_folder_without_manifest_is_no_archive(tmp_path):
    with pytest.raises(SetupError, match="没有清单"):
        bundle.check_manifest(tmp_path)


def test_an_archive_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SetupError, match=r"none\.tar"), bundle.opened(tmp_path / "none.tar"):
        pass


def test_an_environment_of_another_folder_is_not_current(monkeypatch):
    monkeypatch.setattr(environment, "read_stamp", lambda: {"root": "elsewhere"})
    assert not environment.is_current("base")


def test_a_dev_environment_serves_as_base_too(monkeypatch):
    lock = environment.digest(environment.REQUIREMENTS / "dev.txt")
    stamp = {"root": str(environment.ROOT), "dev": lock}
    monkeypatch.setattr(environment, "read_stamp", lambda: stamp)
    assert environment.is_current("base")
    assert environment.is_current("dev")


def test_everything_locked_to_run_is_locked_for_checks_at_the_same_version():
    def pins(name: str) -> set[str]:
        lines = (environment.REQUIREMENTS / f"{name}.txt").read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and line[0].isalpha()}

    assert pins("base") <= pins("dev")


def test_the_lock_holds_one_version_for_every_python():
    # pip judges such markers by its own Python and would pack the wrong wheel for another
    assert "python_full_version" not in (environment.REQUIREMENTS / "base.txt").read_text()
    assert "python_version" not in (environment.REQUIREMENTS / "base.txt").read_text()
