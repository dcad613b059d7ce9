"""The one command: what it prints, what it passes on, how fast it is."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys

import pytest

import start
from tests.architecture.source import ROOT
from tools import serve


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "start.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("line", "command", "rest"),
    [
        ([], "run", []),
        (["setup"], "setup", []),
        (["cli", "due", "--in", "x.jsonl"], "cli", ["due", "--in", "x.jsonl"]),
        (["cli", "--help"], "cli", ["--help"]),
        (["--offline", "a.tar", "cli", "--home", "d", "today"], "cli", ["--home", "d", "today"]),
        (["test", "quick", "-k", "calendar"], "test", ["quick", "-k", "calendar"]),
    ],
)
def test_what_follows_the_command_is_passed_on_untouched(line, command, rest):
    options = start.arguments(line)
    assert (options.command, options.rest) == (command, rest)


def test_the_home_folder_is_an_option_of_both_sides():
    assert start.arguments(["--home", "d"]).home == "d"
    assert start.arguments(["cli", "--home", "d"]).home is None


def test_cli_prints_nothing_of_its_own_and_passes_the_exit_code():
    done = call("cli", "--version")
    assert (done.returncode, done.stdout) == (0, done.stdout)
    assert done.stdout.startswith("shenguan, version ")
    assert done.stdout.count("\n") == 1
    assert call("cli", "no-such-command").returncode == 2


def test_files_are_named_from_where_the_person_stands(tmp_path):
    (tmp_path / "line.jsonl").write_text("not json\n")
    command = [sys.executable, str(ROOT / "start.py"), "cli", "due", "--in", "line.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert '"error"' in done.stdout


def test_an_unknown_command_says_so_in_chinese():
    done = call("nonsense")
    assert done.returncode == 1
    assert "没有“nonsense”这个命令" in done.stderr


def test_cli_costs_less_than_a_third_of_a_second_over_the_command_itself():
    python = [sys.executable, "-c", "import shenguan.cli"]

    def seconds(command: list[str]) -> float:
        """CPU-seconds of the command and its children, so that a busy machine doesn't count."""
        began = os.times()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        ended = os.times()
        spent = (ended.children_user, ended.children_system)
        return sum(spent) - began.children_user - began.children_system

    bare = min(seconds(python) for _ in range(3))
    wrapped = min(seconds([sys.executable, "start.py", "cli", "--version"]) for _ in range(3))
    assert wrapped - bare < 0.3


def test_a_taken_port_gives_way_to_a_free_one(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.free_port(port) != port
    assert "被占用" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("bash") is None, reason="没有 bash")
def test_ci_calls_the_same_command_as_everyone():
    assert "python3 start.py test" in (ROOT / ".ci" / "run").read_text()
