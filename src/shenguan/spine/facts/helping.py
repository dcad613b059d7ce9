"""What a process of the pool runs. It is imported before Django is set up there, so it imports nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_own: dict[str, Any] = {}
"""This process's deriver."""


def begin(on: date) -> None:
    """Set the process up."""
    import django

    django.setup()
    from shenguan.rulebook import load
    from shenguan.spine.facts.deriving import Deriver

    _own["deriver"] = Deriver(load(), on=on)


def work(chunk: Sequence[int], before: Mapping[int, tuple[int, int]]) -> Mapping[str, Any]:
    """Return the tables of one chunk."""
    from shenguan.spine.facts.shaping import make

    return make(_own["deriver"], chunk, dict(before))
