"""What the interface promises in its OpenAPI document holds for generated requests."""

from __future__ import annotations

from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shenguan.base.accounts import tokens
from shenguan.base.accounts.models import Account
from shenguan.base.ops import clock
from shenguan.web.api.root import api
from shenguan.web.tests.test_matrix import cases, client_of  # noqa: F401 - a fixture
from shenguan.web.wsgi import application

pytestmark = pytest.mark.django_db
EXAMPLES = 4
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
SCHEMA.app = application
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
QUICK = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, settings):
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))


@pytest.fixture
def secret(cases) -> str:  # noqa: F811
    client_of("审管办主任")
    now = clock.now()
    expires_on = clock.day_of(now) + timedelta(9)
    account = Account.objects.latest("pk")
    return tokens.make(account, name="测", expires_on=expires_on, acts=None, now=now)


@pytest.fixture(autouse=True)
def one_connection(secret):  # after the sign-in, for Django's client puts the receivers back
    """Keep the connection of the test's transaction, as Django's own test client does.

    The application closes old connections around each request; SQLite in memory ignores it, PostgreSQL doesn't.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_every_address_keeps_its_promise(operation, secret):
    headers = {"Authorization": f"Bearer {secret}", "Host": "localhost"}

    @QUICK
    @given(case=operation.as_strategy())
    def keep(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    keep()
