"""Invented courts, units, people and posts."""

from __future__ import annotations

from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from shenguan.base.org.models import Court, Person, Unit


class CourtFactory(DjangoModelFactory[Court]):
    class Meta:
        model = Court

    code = Sequence(lambda n: f"示{n + 100:04d}")  # type: ignore[no-untyped-call]
    name = Sequence(lambda n: f"示范市第{n}区人民法院")  # type: ignore[no-untyped-call]
    level = Court.Level.BASIC


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    court = SubFactory(CourtFactory)  # type: ignore[no-untyped-call]
    name = Sequence(lambda n: f"民事审判第{n}庭")  # type: ignore[no-untyped-call]


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    court = SubFactory(CourtFactory)  # type: ignore[no-untyped-call]
    name = Sequence(lambda n: f"张示范{n}")  # type: ignore[no-untyped-call]


def make_court(**fields: Any) -> Court:
    return CourtFactory.create(**fields)


def make_unit(**fields: Any) -> Unit:
    return UnitFactory.create(**fields)


def make_person(**fields: Any) -> Person:
    return PersonFactory.create(**fields)
