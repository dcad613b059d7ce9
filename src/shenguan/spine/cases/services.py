"""Case identities, and writing what the fold says of them."""

from __future__ import annotations

from shenguan.spine.cases.identities import Identity, Key, identify
from shenguan.spine.cases.states import Folded, fold_cases, save_states

__all__ = ["Folded", "Identity", "Key", "fold_cases", "identify", "save_states"]
