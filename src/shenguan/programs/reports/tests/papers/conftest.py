from dataclasses import dataclass
from pathlib import Path

import pytest

from shenguan.base.org.models import Court
from shenguan.programs.reports.tests.papers.city import standing_city


@dataclass(frozen=True)
class World:
    home: Path
    upper: Court

    @property
    def lower(self) -> Court:
        return Court.objects.get(code="示0101")


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The city once for all tests of papers; they only read it."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), standing_city(home) as upper:
        yield World(home, upper)


@pytest.fixture
def world(built, db):
    return built
