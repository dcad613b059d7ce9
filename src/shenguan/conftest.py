"""Fixtures of all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def fast_passwords(pytestconfig: pytest.Config) -> Iterator[None]:
    """Hash passwords cheaply: argon2 is slow on purpose. The core is tested without Django."""
    if not pytestconfig.pluginmanager.hasplugin("django"):
        yield
        return
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
