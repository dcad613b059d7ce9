"""Fixtures of all tests."""

import pytest


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    """Hash passwords cheaply: argon2 is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
