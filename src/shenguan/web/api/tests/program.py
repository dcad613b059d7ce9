"""A program with the token of whoever signed in last."""

from __future__ import annotations

import json
from datetime import timedelta

from django.test import Client

from shenguan.base.accounts import tokens
from shenguan.base.accounts.models import Account
from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.ops import clock
from shenguan.base.org.models import Appointment, Person


class Program:
    """Calls the interface with a token of its own, limited to `acts` where they are given."""

    def __init__(self, acts: list[str] | None = None, account: Account | None = None) -> None:
        account, now = account or Account.objects.latest("pk"), clock.now()
        expires_on = clock.day_of(now) + timedelta(9)
        self.secret = tokens.make(account, name="测", expires_on=expires_on, acts=acts, now=now)

    def call(self, method: str, address: str, body: object = None, **headers: str):
        return Client().generic(
            method,
            f"/api/v1{address}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def get(self, address: str):
        return self.call("GET", address)

    def post(self, address: str, body: object = None, **headers: str):
        return self.call("POST", address, body or {}, **headers)


def program_of(person: Person, acts: list[str] | None = None) -> Program:
    """Return a program of someone who already holds a post."""
    held = Appointment.objects.filter(person=person).first()
    assert held is not None
    signed_in(held.post, held.court, unit=held.unit, name=person.name)
    return Program(acts, Account.objects.get(person=person))
