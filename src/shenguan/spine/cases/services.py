"""Case identities, and writing what the fold says of them."""

from __future__ import annotations

from shenguan.spine.cases.identities import Identity, Key, identify
from shenguan.spine.cases.rows import CaseRows, case_rows
from shenguan.spine.cases.states import Folded, fold_cases

__all__ = ["CaseRows", "Folded", "Identity", "Key", "case_rows", "fold_cases", "identify"]
