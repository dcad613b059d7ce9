"""Signing in within tests: a client that holds a post."""

from __future__ import annotations

from django.test import Client

from shenguan.base.accounts.services import open_account
from shenguan.base.org.models import Appointment, Court, Person, Unit

PASSWORD = "一个很长的口令-2026"


def signed_in(
    post: str,
    court: Court,
    *,
    unit: Unit | None = None,
    name: str = "",
    serves: Person | None = None,
) -> Client:
    """Return a client whose person holds `post` in `court` (and `unit`)."""
    person, _made = Person.objects.get_or_create(court=court, name=name or f"{post}某")
    Appointment.objects.create(person=person, court=court, unit=unit, post=post, serves=serves)
    username = f"u{person.pk}"
    open_account(username=username, password=PASSWORD, person=person)
    client = Client()
    answer = client.post("/login/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client
