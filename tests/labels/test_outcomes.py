"""How well the outcome of a judgment is read: 104 labels, nothing of the texts is kept."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from shenguan import rulebook
from shenguan.core.judgment import read
from shenguan.core.similar.outcome import Decided, Sentence, read_outcome
from tests.labels.test_labels import CODES, SETS, shared

LABELS: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("outcomes.yaml").read_text("utf-8")
)
FIELDS = ("outcome", "kinds", "months", "probation", "fine", "amount")
LEAST = 0.97


def test_labels_are_at_least_a_hundred_of_closed_codes() -> None:
    assert len(LABELS) >= 100
    assert {label["set"] for label in LABELS.values()} == set(SETS)
    assert {label.get("outcome") for label in LABELS.values()} <= {None, *CODES["disposition"]}


@pytest.mark.judgments
def test_outcome_months_fine_and_amount_are_read_as_labelled() -> None:
    right: Counter[tuple[str, str]] = Counter()
    scored: Counter[tuple[str, str]] = Counter()
    for label, decided, outcome in _read(shared()):
        kind = "criminal" if "sentences" in label else "civil and administrative"
        for field, wanted, got in _compared(label, decided, outcome):
            for of in ("all", kind):
                scored[of, field] += 1
                right[of, field] += wanted == got
    print({f"{of} {field}": f"{right[of, field]}/{n}" for (of, field), n in scored.items()})
    assert all(right["all", field] >= LEAST * scored["all", field] > 0 for field in FIELDS)


def _read(folder: Path) -> list[tuple[dict[str, Any], Decided, str | None]]:
    codes = rulebook.load().codes
    found: dict[str, tuple[dict[str, Any], Decided, str | None]] = {}
    for file in SETS.values():
        with lzma.open(folder / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                key = hashlib.sha256(text.encode()).hexdigest()[:16]
                if (label := LABELS.get(key)) is not None:  # some stand in two files
                    judgment = read(text, codes)
                    span = judgment.segments["ruling"].value or (0, 0)
                    decided = read_outcome(text[span[0] : span[1]])
                    found[key] = (label, decided, judgment.disposition.value)
    return list(found.values())


def _compared(
    label: dict[str, Any], decided: Decided, outcome: str | None
) -> list[tuple[str, Any, Any]]:
    amount = None if decided.amount is None else decided.amount / 100
    pairs: list[tuple[str, Any, Any]] = [("amount", label["amount"], amount)]
    if label.get("outcome"):
        pairs.append(("outcome", label["outcome"], outcome))
    if "sentences" in label:
        wanted, got = [Sentence(**each) for each in label["sentences"]], decided.sentences
        pairs.append(("kinds", [s.kind for s in wanted], [s.kind for s in got]))
        pairs += [
            (name, [getattr(s, name) for s in wanted], [getattr(s, name) for s in got])
            for name in ("months", "probation", "fine")
        ]
    return pairs
