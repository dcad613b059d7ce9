"""What the kinds of warning are called."""

from __future__ import annotations

from shenguan.base.inbox.directing import NAME
from shenguan.base.inbox.orders import DIRECTED
from shenguan.rulebook import load


def names() -> dict[str, str]:
    """Return the name of each kind that doesn't bear it already: those of rules, and what people direct."""
    book = load()
    rules = {rule.id: rule.name for rule in book.warnings}
    return {**rules, **{rule.id: rule.name for rule in book.corrections.values()}, DIRECTED: NAME}
