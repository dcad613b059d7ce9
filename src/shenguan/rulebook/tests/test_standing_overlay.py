"""A court's own overlay is read without being named, wherever the composition root has said so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from shenguan import rulebook

ATOM = """
own_closed:
  name: {name}
  meaning: 本院自己的结案数
  month: 结案月
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "overlay"
    (folder / "atoms").mkdir(parents=True)
    (folder / "atoms" / "own.yaml").write_text(ATOM.format(name="本院结案数"), encoding="utf-8")
    rulebook.stand_on(lambda: folder)
    yield folder
    rulebook.stand_on(None)


def test_the_court_s_own_entries_stand_on_top(overlay: Path):
    atoms = rulebook.load().library.atoms
    assert atoms["own_closed"].name == "本院结案数"
    assert "closed" in atoms


def test_a_change_of_the_overlay_is_seen_by_a_running_process(overlay: Path):
    before = rulebook.load()
    (overlay / "atoms" / "own.yaml").write_text(ATOM.format(name="新名称"), encoding="utf-8")
    assert rulebook.load() is before
    stamp = overlay / rulebook.STAMP
    stamp.write_text("{}", encoding="utf-8")
    os.utime(stamp, ns=(1, 1))
    assert rulebook.load().library.atoms["own_closed"].name == "新名称"


def test_without_a_standing_overlay_there_is_the_nation_alone():
    assert "own_closed" not in rulebook.load().library.atoms
