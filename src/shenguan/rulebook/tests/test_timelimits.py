"""The 审限 entries: every example, every source id, every validity, every overlay."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from shenguan.core.timelimit import CaseHistory, TimelineEvent, compute, flags, mistakes
from shenguan.core.timelimit.rule import TERM
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders.timelimits import examples
from shenguan.rulebook.loaders.timelimits import load as load_rules

RULES = load().timelimits
EXAMPLES = examples(DATA)
SOURCE_IDS = """
civ_1_ordinary civ_1_summary civ_1_small civ_special civ_voter civ_2_judgment civ_2_ruling civ_retrial_review
civ_retrial_1 civ_retrial_2 civ_protest civ_procuratorial_suggestion civ_third_party_rev_filing civ_third_party_rev
civ_enf_obj_suit civ_payment_order civ_public_notice civ_maritime_collision civ_foreign civ_protection_order
civ_tw_judgment civ_fine_detention_review pres_prelit pres_inlit_urgent pres_inlit pres_review pres_lift
cri_1_public cri_1_private_detained cri_1_private cri_1_summary cri_1_fast cri_2 cri_2_spc cri_death_review
cri_below_min_review cri_retrial cri_petition_review cri_remand cri_confiscation cri_compulsory_medical
cri_commutation cri_civil_attach adm_1 adm_1_summary adm_2 adm_retrial_review adm_retrial adm_nonlit
adm_nonlit_expro adm_nonlit_review comp_committee comp_selfliable comp_petition comp_rehear enf_first enf_resume
enf_nonlit enf_criminal_property enf_objection enf_review enf_entrust enf_exit_review bk_accept_creditor
bk_accept_other bk_notice bk_claims bk_plan bk_case
""".split()  # noqa: SIM905 - 69 ids read better as a list of words


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.rule_id}#{e.number}")
def test_the_example_of_a_rule_comes_out_as_worked_by_hand(example):
    assert mistakes(example, RULES, load().calendar) == ()


def test_all_69_limits_of_the_source_table_have_a_rule():
    known = {source for rule in RULES.rules for source in rule.source_ids}
    assert len(SOURCE_IDS) == 69
    assert known == set(SOURCE_IDS)


@pytest.mark.parametrize("source", SOURCE_IDS)
def test_naming_a_rule_by_its_source_id_is_enough(source):
    filed = TimelineEvent(date(2026, 1, 15), "立案")
    named = CaseHistory("1", "民初", "普通程序", (filed,), date(2026, 1, 16), rule=source)
    assert compute(named, RULES, load().calendar).state != "no_rule"


def test_every_rule_has_two_examples_at_least_and_a_law():
    counts = Counter(example.rule_id for example in EXAMPLES)
    assert [rule.id for rule in RULES.rules if counts[rule.id] < 2 or not rule.law] == []


def test_every_extension_names_its_article():
    assert all(stage.law for rule in RULES.rules for stage in rule.stages)


def test_what_is_inferred_is_unverified():
    assert {r.id for r in RULES.rules if r.certainty in ("inference", "general")} == {
        r.id for r in RULES.rules if r.status == "unverified"
    }


def _first_day(rule) -> list[TimelineEvent]:
    return [TimelineEvent(rule.valid_from, rule.start[0])]


@pytest.mark.parametrize(
    "rule", [r for r in RULES.rules if r.kind == TERM], ids=lambda r: f"{r.id}@{r.valid_from}"
)
def test_a_rule_holds_on_its_first_day_and_another_or_none_the_day_before(rule):
    def chosen(day: date):
        event = TimelineEvent(day, rule.start[0])
        history = CaseHistory("一", "", None, (event,), day, rule=rule.id)
        return compute(history, RULES, None)

    first = chosen(rule.valid_from)
    assert (first.rule_id, first.state) == (rule.id, "running")
    before = chosen(rule.valid_from - timedelta(days=1))
    earlier = [r for r in RULES.versions(rule.id) if r.valid_from < rule.valid_from]
    assert before.state == ("running" if earlier else "no_rule")
    if not earlier:
        assert flags.BEFORE_TEXT in before.flags


def test_versions_of_a_rule_follow_one_another_without_gap_or_overlap():
    for rule_id in {rule.id for rule in RULES.rules}:
        versions = RULES.versions(rule_id)
        ends = [version.valid_to for version in versions[:-1]]
        starts = [version.valid_from for version in versions[1:]]
        assert [end + timedelta(days=1) for end in ends if end] == starts


@pytest.mark.parametrize(
    ("filed", "wanted"),
    [("2015-04-29", "2015-07-29"), ("2015-04-30", "2015-07-30"), ("2015-05-01", "2015-11-01")],
)
def test_administrative_first_instance_changed_on_the_first_of_may_2015(filed, wanted):
    event = TimelineEvent(date.fromisoformat(filed), "立案")
    history = CaseHistory("一", "行初", "普通程序", (event,), event.on)
    assert compute(history, RULES, None).due == date.fromisoformat(wanted)


@pytest.mark.parametrize(
    "case_type", ["民他", "行他", "刑他", "执监", "执保", "民辖", "诉前调书", "清申"]
)
def test_a_type_the_law_gives_no_limit_is_left_alone(case_type):
    event = TimelineEvent(date(2026, 1, 15), "立案")
    found = compute(CaseHistory("一", case_type, "普通程序", (event,), event.on), RULES, None)
    assert found.state == "no_rule"


OVERLAY = """
- id: civil.first.small
  name: 本院小额
  class: 民事
  applies: [{type: 民初, procedure: 小额诉讼程序}]
  law: [{cite: 本院规定}]
  valid_from: 2026-06-01
  status: local
  certainty: text
  start: 立案
  length: {days: 45}
"""


def _overlay(folder: Path, text: str) -> Path:
    (folder / "timelimits").mkdir()
    (folder / "timelimits" / "local.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("filed", "wanted"), [("2026-05-31", "2026-07-31"), ("2026-06-01", "2026-07-16")]
)
def test_a_courts_later_rule_does_not_rewrite_the_past(tmp_path, filed, wanted):
    rules = load_rules(DATA, _overlay(tmp_path, OVERLAY))
    event = TimelineEvent(date.fromisoformat(filed), "立案")
    history = CaseHistory("一", "民初", "小额诉讼程序", (event,), event.on)
    assert compute(history, rules, None).due == date.fromisoformat(wanted)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("status: local", "status: 大概", "status 的值“大概”无效"),
        ("length: {days: 45}", "length: {}", "length 须为正"),
        ("length: {days: 45}", "special: 也许", "special 的值“也许”无效"),
        ("class: 民事", "class: 军事", "军事"),
        (
            "length: {days: 45}",
            "length: {days: 45}\n  extend: [{days: 5, approver: 庭长, law: 无}]",
            "庭长",
        ),
    ],
)
def test_a_faulty_entry_names_file_entry_and_reason(tmp_path, old, new, message):
    folder = _overlay(tmp_path, OVERLAY.replace(old, new))
    with pytest.raises(
        ValueError, match=r"timelimits/local\.yaml 的条目“civil\.first\.small”"
    ) as e:
        load_rules(DATA, folder)
    assert message in str(e.value)
