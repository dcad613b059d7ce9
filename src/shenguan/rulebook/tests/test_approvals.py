"""Procedures of approval: their examples hold, their posts and reasons exist, the law decides who."""

from __future__ import annotations

from pathlib import Path

import pytest

from shenguan.rulebook import DATA, load
from shenguan.rulebook.checking import check
from shenguan.rulebook.loaders import approvals

BOOK = load().approvals


def test_every_example_of_every_procedure_holds():
    (report,) = check(kinds=["approvals"])
    assert report.mistakes == ()
    assert report.examples >= 25


def test_every_procedure_has_examples_law_and_reasons_for_saying_no():
    with_examples = {procedure for procedure, _ in approvals.examples(DATA)}
    for procedure in BOOK:
        assert procedure.id in with_examples
        assert procedure.laws
        assert BOOK.reasons(procedure.refusal)


def test_the_president_approves_by_law_and_the_court_above_the_second_time():
    president = BOOK.by_approver("延长审限", "本院院长")
    above = BOOK.by_approver("延长审限", "上一级人民法院")
    assert president
    assert above
    assert [step.posts for step in president.steps][-1] == ("院长",)
    assert [step.place for step in above.steps] == ["unit", "court", "above"]


def test_every_approver_of_the_time_limit_rules_has_a_procedure():
    named = {
        name
        for rule in load().timelimits.rules
        for stage in rule.stages
        for name in stage.approvers
    }
    assert {name for name in named if BOOK.by_approver("延长审限", name) is None} == set()


def test_no_check_may_refuse_and_no_chief_may_block():
    for procedure in BOOK:
        if procedure.group == "延长审限":
            assert procedure.steps[0].objects == "passes"
    assert {p.group for p in BOOK if p.mode == "check"} == {"扣除", "中止", "公告送达"}


def test_a_court_replaces_a_procedure_by_its_own(tmp_path: Path):
    folder = tmp_path / "approvals"
    folder.mkdir()
    text = (DATA / "approvals" / "elevation.yaml").read_text("utf-8").replace("30,", "45,")
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    own = approvals.load(DATA, tmp_path)
    assert own["elevation.report"].apply_before == 45
    assert own["extension.president"].name == BOOK["extension.president"].name


def test_an_unknown_procedure_or_list_is_refused_in_chinese():
    with pytest.raises(approvals.UnknownApproval, match="没有审批事项“加班”"):
        BOOK["加班"]
    with pytest.raises(approvals.UnknownApproval, match="没有事由表"):
        BOOK.reasons("加班")


def test_a_procedure_must_end_with_the_step_that_decides(tmp_path: Path):
    folder = tmp_path / "approvals"
    folder.mkdir()
    text = (DATA / "approvals" / "elevation.yaml").read_text("utf-8")
    (folder / "own.yaml").write_text(text.replace(", decides: true", ""), encoding="utf-8")
    with pytest.raises(ValueError, match="最后一步"):
        approvals.load(DATA, tmp_path)
