"""Where the matter of a warning is dealt with: each program names the page of its own kinds of subject."""

from __future__ import annotations

from django.urls import reverse

_PAGES: dict[str, str] = {}


def stands_at(prefix: str, view: str) -> None:
    """Say that a subject `prefix:id` has the page of that name, which takes the id."""
    _PAGES[prefix] = view


def page_of(subject: str) -> str:
    """Return the address of a subject's page, "" where it has none."""
    prefix, _, key = subject.partition(":")
    view = _PAGES.get(prefix)
    return reverse(view, args=[int(key)]) if view and key.isdigit() else ""
