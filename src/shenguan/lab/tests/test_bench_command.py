"""`shenguan bench` prints one agreed line a comparison and refuses names it doesn't know."""

from __future__ import annotations

import json

from click.testing import CliRunner

from shenguan.lab.commands import bench


def test_a_bench_prints_one_json_line_a_comparison():
    got = CliRunner().invoke(bench, ["simulate", "--n", "50", "--format", "json"])
    assert got.exit_code == 0, got.output
    lines = [json.loads(line) for line in got.output.splitlines()]
    assert [list(line) for line in lines] == [["name", "ours", "against", "ratio", "unit", "n"]]
    assert lines[0]["n"] == 50


def test_an_unknown_bench_is_refused_with_the_names_there_are():
    got = CliRunner().invoke(bench, ["飞行"])
    assert got.exit_code == 2
    assert "simulate" in got.output
