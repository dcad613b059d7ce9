"""Where the matter of a warning is dealt with: each program names the page of its own kinds of subject."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.urls import reverse

_PAGES: dict[str, Callable[[str], str]] = {}


def stands_at(prefix: str, view: str) -> None:
    """Say that a subject `prefix:id` has the page of that name, which takes the id."""
    leads_to(prefix, lambda key: reverse(view, args=[int(key)]) if key.isdigit() else "")


def leads_to(prefix: str, address: Callable[[str], str]) -> None:
    """Say how the address of a subject `prefix:key` follows from its key."""
    _PAGES[prefix] = address
    page_of.cache_clear()


@lru_cache(maxsize=4096)
def page_of(subject: str) -> str:
    """Return the address of a subject's page, "" where it has none."""
    prefix, _, key = subject.partition(":")
    return _PAGES[prefix](key) if prefix in _PAGES else ""
