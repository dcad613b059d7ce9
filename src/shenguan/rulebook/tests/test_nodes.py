"""节点期限 entries: examples, sources and overlays."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from shenguan.core.timelimit import node_mistakes
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders.nodes import examples
from shenguan.rulebook.loaders.nodes import load as load_nodes

NODES = {node.id: node for node in load_nodes(DATA)}
EXAMPLES = examples(DATA)
CATALOGUE = {
    *(
        "FIL-1",
        "FIL-2",
        "FIL-3",
        "FIL-4",
        "FIL-5",
        "APP-1",
        "APP-2",
        "APP-3",
        "EXT-1",
        "EXT-2",
        "EXT-3",
    ),
    *("HRG-1", "MED-1", "MED-2", "CONF-1", "SUG-1", "PET-1", "CNF-1"),
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.node_id}#{e.number}")
def test_the_example_of_a_node_comes_out_as_worked_by_hand(example):
    assert node_mistakes(example, NODES, load().calendar) == ()


def test_every_entry_of_the_catalogue_has_its_node():
    # CONF-1's fifteen and thirty days to decide are 审限 rules, see timelimits/civil_other.yaml.
    assert {source for node in NODES.values() for source in node.source_ids} >= CATALOGUE


def test_every_node_has_a_law_and_two_examples():
    counts = Counter(example.node_id for example in EXAMPLES)
    assert [node.id for node in NODES.values() if counts[node.id] < 2 or not node.law] == []


def test_an_example_that_is_wrong_is_found_out():
    example = next(e for e in EXAMPLES if e.node_id == "filing.civil")
    wrong = replace(example, expect={"due": None})
    assert "due 应为 无，算得 2026-03-09" in node_mistakes(wrong, NODES, load().calendar)[0]


def test_triggers_are_kinds_of_the_event_table():
    known = set(load().events.kinds) | {"审限届满日"}
    used = {name for n in NODES.values() for m in (n.trigger, n.done) if m for name in m.events}
    assert used <= known


def test_a_court_may_replace_a_node(tmp_path):
    (tmp_path / "nodes").mkdir()
    text = "- {id: filing.civil, name: 立案, law: 本院规定, status: local, valid_from: 2026-01-01, length: {days: 3}}"
    (tmp_path / "nodes" / "local.yaml").write_text(text, encoding="utf-8")
    ours = {node.id: node for node in load_nodes(DATA, tmp_path)}
    assert (ours["filing.civil"].days, len(ours)) == (3, len(NODES))


def test_a_node_without_a_length_is_refused_with_its_name(tmp_path):
    (tmp_path / "nodes").mkdir()
    text = "- {id: x, name: 某, law: 无, status: local, valid_from: 2026-01-01}"
    (tmp_path / "nodes" / "local.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"nodes/local\.yaml 的条目“x”不可读.*缺少 length"):
        load_nodes(DATA, tmp_path)
