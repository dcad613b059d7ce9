"""案件范围 as files: examples hold, no case type falls through, mistakes are named."""

from pathlib import Path

import pytest
import yaml

from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import scopes as loader

SCOPES = load().scopes
ENTRIES = yaml.safe_load((DATA / "scopes.yaml").read_text(encoding="utf-8"))["scopes"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["name"])
def test_examples_of_the_scope_hold(entry):
    assert entry["meaning"]
    assert entry["status"] in {"official", "local", "unverified"}
    for code in entry["examples"].get("in", []):
        assert SCOPES.contains(entry["name"], code), code
    for code in entry["examples"].get("out", []):
        assert not SCOPES.contains(entry["name"], code), code


def test_the_default_takes_everything_but_pretrial_mediation():
    assert SCOPES.default == "全部"
    assert SCOPES.type_codes("全部") is None
    assert SCOPES.excluded("全部") == {"诉前调书", "诉前调确"}
    assert SCOPES.contains("全部", "CR-2024")


def test_trial_execution_and_the_rest_share_no_case_and_miss_none():
    parts = ["审判", "执行", "管辖", "救助协助制裁", "诉前调解"]
    groups = [SCOPES.type_codes(name) or frozenset() for name in parts]
    preservation = {"财保", "行保", "行保复", "证保"}
    assert frozenset().union(*groups, preservation) == set(load().codes.case_types)
    assert sum(map(len, groups)) + len(preservation) == len(load().codes.case_types)


def test_an_unknown_scope_is_refused_with_the_list():
    with pytest.raises(KeyError, match="没有案件范围“审理”，可用：全部、"):
        SCOPES.contains("审理", "民初")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("families: [无此类别]", "程序类别不存在"),
        ("types: [民无]", "类型代字不存在"),
        ("includes: [甲]", "互相包含"),
    ],
)
def test_a_mistake_in_an_overlay_is_named(tmp_path: Path, line, reason):
    entry = f"scopes:\n  - {{id: x, name: 甲, meaning: 示范, status: local, {line}}}\n"
    (tmp_path / "scopes.yaml").write_text(entry, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        loader.load(DATA, tmp_path)


def test_a_court_adds_a_scope_of_its_own(tmp_path: Path):
    entry = (
        "scopes:\n  - {id: x, name: 未成年, meaning: 示范, status: local, types: [刑初, 民初]}\n"
    )
    (tmp_path / "scopes.yaml").write_text(entry, encoding="utf-8")
    assert loader.load(DATA, tmp_path).type_codes("未成年") == frozenset({"刑初", "民初"})
