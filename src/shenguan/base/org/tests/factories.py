"""Invented courts, units, people and posts."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from shenguan.base.org.models import Court, Person, Unit


class CourtFactory(DjangoModelFactory[Court]):
    class Meta:
        model = Court

    code = factory.Sequence(lambda n: f"示{n + 100:04d}")
    name = factory.Sequence(lambda n: f"示范市第{n}区人民法院")
    level = Court.Level.BASIC


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    court = factory.SubFactory(CourtFactory)
    name = factory.Sequence(lambda n: f"民事审判第{n}庭")


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    court = factory.SubFactory(CourtFactory)
    name = factory.Sequence(lambda n: f"张示范{n}")


def make_court(**fields: Any) -> Court:
    return CourtFactory.create(**fields)


def make_unit(**fields: Any) -> Unit:
    return UnitFactory.create(**fields)


def make_person(**fields: Any) -> Person:
    return PersonFactory.create(**fields)
