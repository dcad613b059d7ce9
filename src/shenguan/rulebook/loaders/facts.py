"""Reads `facts.yaml`: the fact tables and the code tables they are encoded with."""

from __future__ import annotations

from pathlib import Path

from shenguan.core.indicator.facttable import CodeTables, Facts, fact_table
from shenguan.rulebook.loaders import facts_codes
from shenguan.rulebook.reading import read_yaml


def load(data_dir: Path, overlay: Path | None = None) -> Facts:
    """Return the declared fact tables and their code tables; raises `IndicatorError`."""
    declared = read_yaml(data_dir / "facts.yaml")
    tables = {name: fact_table(name, entry) for name, entry in declared.items()}
    return Facts(tables, CodeTables(facts_codes.tables(data_dir, overlay)))
