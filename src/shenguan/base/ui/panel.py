"""A part that a program offers for a page that isn't its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading, the template that draws what is under it, and its plain data."""

    title: str
    template: str
    context: Mapping[str, Any]
