"""The indicator library: complete against the published names, honest about status, right in every example."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from shenguan.core.indicator.checks import RULES
from shenguan.rulebook import DATA, load
from shenguan.rulebook.checking import KINDS, check, entries
from shenguan.rulebook.commands import rulebook_command

LIBRARY = load().library
INDICATORS = LIBRARY.indicators
FACTS = load().facts

PUBLISHED = yaml.safe_load(
    Path(__file__).with_name("published_names.yaml").read_text(encoding="utf-8")
)
NAMES = {indicator.name for indicator in INDICATORS.values()}
ALIASES = " ".join(i.meaning for i in INDICATORS.values() if "又称" in i.meaning)
BY_NAME = {indicator.name: indicator for indicator in INDICATORS.values()}


@pytest.mark.parametrize("name", sorted({name for names in PUBLISHED.values() for name in names}))
def test_every_published_name_is_in_the_library(name):
    assert name in NAMES or f"又称{name}" in ALIASES


def test_the_library_is_wide_enough():
    stages = [
        code for code in INDICATORS if "_to_" in code and code.startswith(("median_", "p90_"))
    ]
    assert len(INDICATORS) - len(stages) / 2 >= 100  # median and P90 of a stage count once
    assert len(LIBRARY.atoms) >= 40
    with_source = [i for i in INDICATORS.values() if not LIBRARY.needs(i.versions[-1])]
    assert len(with_source) >= 120


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_finds_a_fault(rule):
    assert list(RULES[rule](LIBRARY, FACTS)) == []


def test_every_atom_is_used():
    used = {ref.code for i in INDICATORS.values() for version in i.versions for ref in version.refs}
    assert set(LIBRARY.atoms) - used == set()


@pytest.mark.parametrize("name", PUBLISHED["只作统计"])
def test_what_the_supreme_court_dropped_is_only_a_statistic(name):
    assert BY_NAME[name].statistic
    assert BY_NAME[name].direction == "none"


def test_no_interval_is_shipped():
    filled = [c for c, i in INDICATORS.items() for v in i.versions for r in v.reference if r.filled]
    assert filled == []


def test_the_systems_of_2024_claim_no_official_formula():
    for indicator in INDICATORS.values():
        for version in indicator.versions:
            if version.regime.startswith("spc-"):
                assert version.status == "unverified", indicator.code
                assert "未公开" in version.say["rule"] + version.source, indicator.code


def test_membership_of_the_18_is_only_stated_where_certain():
    certain = {
        "案-件比",
        "审限内结案率",
        "超12个月未结案件比",
        "执行到位率",
        "二审改判-发回重审比",
        "再审改判-发回重审比",
    }
    stated = {i.name for i in INDICATORS.values() for v in i.versions if v.regime == "spc-2024-09"}
    assert stated == certain


def test_regimes_hold_on_their_days():
    days = {"spc-2024-01": ("2024-01-01", "2024-09-30"), "spc-2024-09": ("2024-10-01", "None")}
    for indicator in INDICATORS.values():
        for version in indicator.versions:
            if version.regime in days:
                assert (str(version.valid_from), str(version.valid_to)) == days[version.regime]


def test_a_rate_near_the_top_is_read_beside_its_guards():
    guards = set(INDICATORS["timely_closing_rate"].guard)
    assert {
        "last_five_workdays_share",
        "closing_evenness",
        "excluded_rate",
        "extended_rate",
    } <= guards


def test_numbers_the_court_enters_are_declared_as_lacking():
    lacking = {i.name for i in INDICATORS.values() if LIBRARY.needs(i.versions[-1])}
    assert {"法官人均结案数", "万人起诉率", "案件质量综合指数"} <= lacking
    assert "民事裁判自动履行率" not in lacking  # the register has a column for it


def test_files_stay_short_enough_to_read():
    for kind in ("atoms", "indicators"):
        for path in (DATA / kind).glob("*.yaml"):
            assert path.read_text(encoding="utf-8").count("\n") <= 400, path.name


def test_every_kind_of_the_rulebook_checks_out():
    wrong = {report.kind: report.mistakes for report in check() if report.mistakes}
    assert wrong == {}


def test_the_check_counts_by_kind_and_status():
    output = CliRunner().invoke(
        rulebook_command, ["check", "--format", "json", "--kind", "indicators"]
    )
    assert output.exit_code == 0
    found = json.loads(output.stdout)["kinds"]["indicators"]
    assert found["entries"] == sum(found["statuses"].values()) == len(INDICATORS)
    assert found["examples"] == sum(len(i.examples) for i in INDICATORS.values())


def test_a_wrong_example_of_a_court_ends_the_check_with_1(tmp_path):
    entry = dict(entries("indicators")["closed_cases"][0])
    entry["examples"] = [{**entry["examples"][0], "expect": 7}, entry["examples"][1]]
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "own.yaml").write_text(
        yaml.safe_dump({"closed_cases": entry}, allow_unicode=True), encoding="utf-8"
    )
    output = CliRunner().invoke(
        rulebook_command, ["check", "--kind", "indicators", "--overlay", str(tmp_path)]
    )
    assert output.exit_code == 1
    assert "应为 7，算出 1/1" in output.stdout


def test_a_misspelt_column_is_reported_with_file_and_code(tmp_path):
    (tmp_path / "atoms").mkdir()
    (tmp_path / "atoms" / "own.yaml").write_text(
        "own_closed: {name: 甲, meaning: 乙, month: 结案月, where: 审限类}", encoding="utf-8"
    )
    reports = {report.kind: report for report in check(tmp_path, ["atoms"])}
    assert any(
        "own.yaml" in m and "own_closed" in m and "审限类" in m for m in reports["atoms"].mistakes
    )


def test_an_entry_is_shown_by_its_chinese_name():
    output = CliRunner().invoke(rulebook_command, ["show", "终本率"])
    assert output.exit_code == 0
    assert "terminated_rate:" in output.stdout
    assert CliRunner().invoke(rulebook_command, ["show", "无此条"]).exit_code == 1


def test_every_kind_has_a_chinese_name():
    assert all(name for name, _ in KINDS.values())
