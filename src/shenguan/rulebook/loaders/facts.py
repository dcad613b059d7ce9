"""Reads `facts.yaml`: the fact tables and the code tables they are encoded with."""

from __future__ import annotations

from pathlib import Path

import yaml

from shenguan.core.indicator.facttable import CodeTables, Facts, fact_table
from shenguan.rulebook.loaders import facts_codes

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(data_dir: Path, overlay: Path | None = None) -> Facts:
    """Return the declared fact tables and their code tables; raises `IndicatorError`."""
    declared = yaml.load((data_dir / "facts.yaml").read_text(encoding="utf-8"), Loader=_Loader)
    tables = {name: fact_table(name, entry) for name, entry in declared.items()}
    return Facts(tables, CodeTables(facts_codes.tables(data_dir, overlay)))
