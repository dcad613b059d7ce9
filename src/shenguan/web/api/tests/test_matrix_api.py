"""Role × endpoint over all GET operations of the document: nothing breaks, nobody reads beyond the scope."""

from __future__ import annotations

import json
import re

import pytest
import time_machine

from shenguan.spine.tests.registry import NOW
from shenguan.web.api.root import api
from shenguan.web.api.tests.program import Program
from shenguan.web.tests.test_matrix import (
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
    shown,
)

pytestmark = pytest.mark.django_db
PERIOD = "统计期=2026-01..2026-10"
CODE = "closed_cases"
EACH_KIND = ("院长", "庭长", "法官", "书记员", "审管办工作人员", "司法统计人员", "系统管理员")
"""One post of each kind of scope; every post lists its cases in test_api."""
FIGURES = {"督办人员", "考核人员", "司法统计人员", "督察人员"}
ASKED = {
    "/indicators": PERIOD,
    "/indicators/{code}/why": PERIOD,
    "/indicators/{code}/cases": "period=2026-01..2026-10",
    "/cases": "状态=all",
    "/approvals": "清单=全部",
}
"""What an address can't do without, or shows most with."""


def _schema():
    return api.get_openapi_schema()


def addresses(case_id: int) -> list[str]:
    """Return every GET address with `case_id` in its place and some id in others."""
    found = []
    for path, operations in _schema()["paths"].items():
        if "get" not in operations:
            continue
        short = path.removeprefix("/api/v1")
        address = short.replace("{case_id}", str(case_id)).replace("{code}", CODE)
        address = address.replace("{measure}", "新收").replace("{kind}", "timelimits")
        address = re.sub(r"{\w+_id}", "1", address.replace("{entry_id}", "没有"))
        address = address.replace("{form}", "docx")
        found.append(f"{address}?{ASKED.get(short, '')}")
    return found


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, settings):
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("post", EACH_KIND)
def test_every_address_answers_and_names_no_case_beyond_the_scope(post, cases):  # noqa: F811
    client_of(post)
    program = Program([])
    for number, case_id in cases.items():
        every = addresses(case_id)
        for address in every if number == next(iter(cases)) else _of_case(every, case_id):
            answer = program.get(address)
            said = json.dumps(answer.json(), ensure_ascii=False)
            assert answer.status_code in {200, 403, 404, 409, 422}, (address, said)
            assert shown(said) <= SEEN[post], (post, address)
            if _is_of_case(address, case_id) and number not in SEEN[post]:
                assert answer.status_code in {403, 404}, (post, address)


def _is_of_case(address: str, case_id: int) -> bool:
    return address.startswith(f"/cases/{case_id}")


def _of_case(every: list[str], case_id: int) -> list[str]:
    return [address for address in every if _is_of_case(address, case_id)]


@pytest.mark.parametrize("post", EACH_KIND)
def test_the_numbers_are_those_of_the_cases_one_may_see(post, cases):  # noqa: F811
    client_of(post)
    program = Program([])
    (total,) = program.get("/figures?自=2026-01-01&分组=合计").json()
    assert total["新收"] == (3 if post in FIGURES else len(SEEN[post]))
    behind = program.get("/figures/新收?自=2026-01-01").json()
    assert {one["案号"] for one in behind["条目"]} == SEEN[post]


def test_every_name_of_the_document_means_one_thing():
    """Two schemas of one name would overwrite each other in the document."""
    named: dict[str, set[int]] = {}
    for path_view in (
        view for _prefix, router in api._routers for view in router.path_operations.values()
    ):
        for operation in path_view.operations:
            for model in operation.models:
                if model.__ninja_param_source__ == "query":
                    continue  # spread over the address, named nowhere
                for field in model.model_fields.values():
                    _collect(field.annotation, named)
            for response in operation.response_models.values():
                if hasattr(response, "model_fields"):
                    for field in response.model_fields.values():
                        _collect(field.annotation, named)
    assert not {name for name, ids in named.items() if len(ids) > 1}


def _collect(annotation: object, named: dict[str, set[int]]) -> None:
    for one in (annotation, *getattr(annotation, "__args__", ())):
        fields = getattr(one, "model_fields", None)
        if fields is None or (one is annotation and not isinstance(one, type)):
            if one is not annotation:
                _collect(one, named)
            continue
        name = one.__name__  # type: ignore[attr-defined]
        if id(one) not in named.setdefault(name, set()):
            named[name].add(id(one))
            for field in fields.values():
                _collect(field.annotation, named)
