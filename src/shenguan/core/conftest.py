"""The core's tests answer in seconds: sixty examples a property, new ones each time they run."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("core", max_examples=60, deadline=None, database=None)
settings.load_profile("core")
