from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shenguan.rulebook import load
from shenguan.spine.facts.commands import COMMANDS
from shenguan.spine.facts.page import page
from shenguan.spine.facts.tests.scenario import civil, first_part

(FACTS,) = COMMANDS
PAGE = Path(__file__).parents[5] / "docs" / "facts.md"


def run(home: Path, *args: str):
    return CliRunner().invoke(FACTS, args, env={"SHENGUAN_HOME": str(home)})


@pytest.mark.django_db
def test_rebuild_catch_up_and_status_say_what_they_did(tmp_path: Path):
    first_part()
    assert "已重算：4 个案件" in run(tmp_path, "rebuild").output
    civil("9", {"2026-05-01": "立案"})
    assert "更新 1 个案件" in run(tmp_path, "catch-up").output
    told = json.loads(run(tmp_path, "status", "--format", "json").output)
    assert (told["behind"], told["rows"]["case"], told["current"]) == (0, 5, True)
    assert "案件\t5 行" in run(tmp_path, "status").output


@pytest.mark.django_db
def test_an_empty_home_says_that_nothing_was_made_yet(tmp_path: Path):
    assert "尚未生成" in run(tmp_path, "status").output
    assert "已重算：0 个案件" in run(tmp_path, "rebuild").output


def test_the_page_of_the_facts_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(load()), (
        "请运行 shenguan facts page -o docs/facts.md"
    )


def test_the_page_can_be_written_to_a_file(tmp_path: Path):
    run(tmp_path, "page", "-o", str(tmp_path / "facts.md"))
    assert (tmp_path / "facts.md").read_text(encoding="utf-8") == run(tmp_path, "page").output
