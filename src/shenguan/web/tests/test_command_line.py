"""What `shenguan --help` lists can be called."""

from __future__ import annotations

from importlib import import_module

import pytest
from click.testing import CliRunner

from shenguan.cli import MOUNTED, main


@pytest.mark.parametrize("name", MOUNTED)
def test_every_listed_command_stands_in_its_module(name):
    commands = import_module(MOUNTED[name].module).COMMANDS
    assert name in {command.name for command in commands}


def test_the_help_says_of_every_command_what_it_is_for():
    shown = CliRunner().invoke(main, ["--help"]).output
    assert all(f"  {name} " in shown and one.says in shown for name, one in MOUNTED.items())
