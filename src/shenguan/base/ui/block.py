"""A part of a home page that a program offers: `home_block(scope, access, on) -> Block | None`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, the template that draws what is under it, its plain data, the address of the whole list.

    `key` is the anchor on the page and stands once; a `wide` block takes the full width.
    """

    key: str
    title: str
    template: str
    context: Mapping[str, Any]
    more: str = ""
    wide: bool = False
