"""Coded entries: read one way whatever the kind, replaced by a court's own, in force for their days."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import coded, corrections
from shenguan.rulebook.loaders.obligations import PART, worked

BOOK = load()
WAITS = {
    ("approvals", "_obligations"): BOOK.approvals.obligations,
    ("appeals", PART): BOOK.appeals.obligations,
    ("casereview", PART): BOOK.casereview.obligations,
    ("supervision", PART): BOOK.supervision.obligations,
    ("", corrections.PART): BOOK.corrections,
}
EXAMPLES = [
    (rules[entry], example)
    for (kind, part), rules in WAITS.items()
    for _part, entry, example in coded.examples(kind, (part,), DATA)
]
OWN = """
reasons:
  - {id: fact, name: 事实, law: [{cite: 本院}], status: local, valid_to: 2026-06-30}
  - {id: own, name: 本院另设, law: [{cite: 本院}], status: local, valid_from: 2026-07-01}
"""


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda one: getattr(one, "id", ""))
def test_every_wait_does_what_its_examples_say(rule, example):
    assert worked(rule, example["start"], example["day"], BOOK.calendar) == example["expect"]


def test_a_court_may_change_a_wait(tmp_path):
    file = f"{corrections.PART}.yaml"
    text = (DATA / file).read_text("utf-8").replace("workdays: 3", "workdays: 1", 1)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert corrections.load(DATA, tmp_path)["存疑待认定"].workdays == 1
    assert corrections.load(DATA)["存疑待认定"].workdays == 3


def test_a_code_is_offered_on_its_days_and_keeps_its_name_for_ever(tmp_path):
    (tmp_path / "appeals").mkdir()
    (tmp_path / "appeals" / "changes.yaml").write_text(OWN, encoding="utf-8")
    rules = load(tmp_path).appeals
    june, july = (rules.offered("reasons", date(2026, month, 1)) for month in (6, 7))
    assert ("fact" in june, "own" in june) == (True, False)
    assert ("fact" in july, "own" in july) == (False, True)
    assert "law" in july
    assert rules.name("reasons", "fact") == "事实"


def test_an_entry_without_law_is_refused(tmp_path):
    (tmp_path / "appeals").mkdir()
    text = OWN.replace("law: [{cite: 本院}], ", "")
    (tmp_path / "appeals" / "changes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="appeals：fact 缺少 law"):
        coded.coded_lists("appeals", ("changes",), DATA, tmp_path)
