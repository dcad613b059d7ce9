"""What disputed data wait for: each example gives its level and its day."""

from __future__ import annotations

import pytest

from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import corrections
from shenguan.rulebook.loaders.obligations import worked


@pytest.mark.parametrize(("obligation", "example"), corrections.examples(DATA))
def test_every_wait_does_what_its_examples_say(obligation, example):
    rule = load().corrections[obligation]
    assert worked(rule, example["start"], example["day"], load().calendar) == example["expect"]


def test_a_court_may_change_a_wait(tmp_path):
    text = (DATA / corrections.FILE).read_text("utf-8").replace("workdays: 3", "workdays: 1", 1)
    (tmp_path / corrections.FILE).write_text(text, encoding="utf-8")
    assert corrections.load(DATA, tmp_path)["存疑待认定"].workdays == 1
    assert corrections.load(DATA)["存疑待认定"].workdays == 3
