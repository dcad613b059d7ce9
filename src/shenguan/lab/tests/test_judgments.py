"""Reading measured on the shared documents and the hand labels; skipped where they are missing."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from shenguan.lab import judgments
from shenguan.lab.judgments import Figures, SharedDataMissingError, figures, label_errors

pytestmark = pytest.mark.judgments
LABELS = Path(__file__).resolve().parents[4] / "tests" / "labels"


@pytest.fixture(autouse=True)
def _shared() -> None:
    try:
        judgments.shared_folder()
    except SharedDataMissingError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def found() -> Figures:
    return figures()


def errors_of(half: str) -> Counter[str]:
    path = LABELS / f"judgments_{half}.yaml"
    if not path.is_file():
        pytest.skip(f"hand labels are missing: {path.name}")
    return label_errors(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize("half", ["dev", "held"])
def test_at_most_one_error_a_field_against_the_hand_labels(half: str) -> None:
    errors = errors_of(half)
    # Counts only: which documents of the held half are wrong must not be known while tuning.
    too_many = {name: count for name, count in errors.items() if count > 1}
    assert not too_many, f"errors by field: {dict(errors)}"


def test_all_shared_documents_are_read(found: Figures) -> None:
    assert dict(found.counted) == {"criminal": 251, "civil_ip": 202, "lecard": 9088}


@pytest.mark.parametrize("name", ["court_of_code", "dates_in_order", "number_year"])
def test_readings_agree_with_themselves(found: Figures, name: str) -> None:
    share = found.shares[name]
    assert share.of > 1000
    assert share.share >= judgments.TARGETS[name], share.exceptions


@pytest.mark.parametrize("name", judgments.GOLD)
def test_stretches_agree_with_the_cut_of_the_source(found: Figures, name: str) -> None:
    assert found.mean_iou(name) >= judgments.TARGETS[name]
