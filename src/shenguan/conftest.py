"""Fixtures of all tests."""

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True, scope="session")
def fast_passwords():
    """Hash passwords cheaply: argon2 is slow on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
