import pytest

from shenguan import rulebook
from shenguan.programs.similar.index import JudgmentIndex
from shenguan.programs.similar.search import Search
from shenguan.programs.similar.tests import factories
from shenguan.rulebook.loaders import similar as loader


@pytest.fixture(scope="session")
def reader():
    return factories.reader()


@pytest.fixture(scope="session")
def rules():
    return loader.load(rulebook.DATA)


@pytest.fixture(scope="session")
def index(reader, tmp_path_factory):
    made = JudgmentIndex(tmp_path_factory.mktemp("index"))
    made.add(reader.incoming(row, "") for row in factories.library())
    return made


@pytest.fixture(scope="session")
def search(index, reader, rules):
    return Search(index, reader, rules)
