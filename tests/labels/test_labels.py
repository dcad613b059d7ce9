"""Shape of the hand labels: closed codes, halves by hash, no name, and documents that exist."""

import hashlib
import json
import lzma
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HALVES = ("dev", "held")
SETS = {
    "criminal": "judgments/criminal_first_instance.jsonl.xz",
    "civil_ip": "judgments/civil_ip.jsonl.xz",
    "lecard": "similar/lecard_documents.jsonl.xz",
}
SIZES = {"criminal": 24, "civil_ip": 28, "lecard": 28}
CODES: dict[str, list[str]] = yaml.safe_load((HERE / "codes.yaml").read_text("utf-8"))
CODED = ("set", "type", "instance", "procedure", "procedure_basis", "disposition")
NULLABLE = {"procedure", "procedure_basis"}
PLAIN = (
    *("court", "case_number", "filed_on", "prosecuted_on", "hearings", "judged_on", "costs"),
    *("prior_case_number", "prior_court", "cause", "statutes", "parties", "panel", "appeal_days"),
)
DATE = re.compile(r"(19|20)\d\d-[01]\d-[0-3]\d")
STATUTE = re.compile(r"[^|《》\s]+\|(\d+(之[一二三四五六七八九十]+)?)?\|\d*\|\d*")
NUMBER = re.compile(r"（(19|20)\d\d）[^\s()〔〕\[\]]+号")
Label = dict[str, Any]


def labels(half: str) -> dict[str, Label]:
    loaded = yaml.safe_load((HERE / f"judgments_{half}.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def every_label() -> Iterator[tuple[str, Label]]:
    for half in HALVES:
        yield from labels(half).items()


def shared() -> Path:
    folder = Path(os.environ.get("SHENGUAN_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip(f"shared judgments are missing: {folder}")
    return folder


def test_eighty_documents_are_labelled_and_split_by_their_hash() -> None:
    assert sum(len(labels(half)) for half in HALVES) == 80
    for half in HALVES:
        assert {int(key, 16) % 2 for key in labels(half)} == {HALVES.index(half)}
    sets = [label["set"] for _, label in every_label()]
    assert {name: sets.count(name) for name in SETS} == SIZES


def test_every_label_has_every_field_and_a_reason_for_each_absence() -> None:
    for key, label in every_label():
        assert set(label) - {"also", "note"} == {*CODED, *PLAIN, "why"}, key
        absent = {f for f, value in label.items() if value is None} - {"procedure_basis"}
        assert set(label["why"]) == absent, key
        assert set(label["why"].values()) <= set(CODES["why"]), key


def test_codes_and_roles_come_from_the_closed_lists() -> None:
    for key, label in every_label():
        for field in CODED:
            value = label[field]
            assert value in CODES[field] or (value is None and field in NULLABLE), (key, field)
        for field in ("parties", "panel"):
            assert set(label[field] or {}) <= set(CODES[field]), (key, field)
            assert all(count > 0 for count in (label[field] or {}).values()), (key, field)


def test_dates_numbers_and_statutes_have_one_form() -> None:
    for key, label in every_label():
        days = [label["filed_on"], label["prosecuted_on"], label["judged_on"]]
        for day in [*days, *(label["hearings"] or [])]:
            assert day is None or DATE.fullmatch(day), key
        for number in (label["case_number"], label["prior_case_number"]):
            assert number is None or NUMBER.fullmatch(number), key
        assert all(STATUTE.fullmatch(statute) for statute in label["statutes"]), key
        assert len(label["statutes"]) == len(set(label["statutes"])), key
        assert label["costs"] is None or label["costs"] > 0, key


def test_no_field_could_hold_a_name() -> None:
    for key, label in every_label():
        assert not re.search(r"[\u3400-\u9fff]", label.get("note", "")), key
        for field in ("court", "prior_court"):
            assert label[field] is None or label[field].endswith("法院"), (key, field)
        assert all(cause.endswith(("罪", "纠纷")) for cause in label["cause"]), key
        assert set(label.get("also", {})) <= {"disposition", "cause", "appeal_days"}, key


@pytest.mark.judgments
@pytest.mark.parametrize("name", SETS)
def test_labelled_documents_are_among_the_shared_ones(name: str) -> None:
    wanted = {key for key, label in every_label() if label["set"] == name}
    with lzma.open(shared() / SETS[name], "rt", encoding="utf-8") as lines:
        texts = (json.loads(line)["text"].encode() for line in lines)
        found = {hashlib.sha256(text).hexdigest()[:16] for text in texts}
    assert wanted <= found
