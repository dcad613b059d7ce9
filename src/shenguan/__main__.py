"""`python -m shenguan` is the `shenguan` command."""

from __future__ import annotations

from shenguan.cli import main

main()
