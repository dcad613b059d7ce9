"""How well and how fast judgments are read, measured over the shared documents.

Nothing of a document leaves this module but the first 16 hex digits of its text's SHA-256.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from shenguan import rulebook
from shenguan.base.papers.reading import records_of
from shenguan.core.casenumber import CaseNumberError, Codes, parse
from shenguan.core.judgment import Judgment, read, to_json
from shenguan.core.judgment.model import FIELDS
from shenguan.lab.measure import Pair, alternate, line, rate_line

ROOT = Path(__file__).resolve().parents[3]
SETS = {
    "criminal": "judgments/criminal_first_instance.jsonl.xz",
    "civil_ip": "judgments/civil_ip.jsonl.xz",
    "lecard": "similar/lecard_documents.jsonl.xz",
}
GOLD = ("facts", "reasoning", "ruling")
TARGETS = {
    "court_of_code": 0.99,
    "dates_in_order": 0.99,
    "number_year": 0.99,
    "ruling": 0.98,
    "reasoning": 0.95,
    "facts": 0.92,
}
MODERN = 2016
Span = tuple[int, int]


class SharedDataMissingError(click.ClickException):
    """The folder of shared documents isn't there (Chinese message)."""


def shared_folder() -> Path:
    """`$SHENGUAN_SHARED/data`, else `../shared/data` beside the checkout."""
    folder = Path(os.environ.get("SHENGUAN_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        raise SharedDataMissingError(f"未找到共享文书目录：{folder}（可用 SHENGUAN_SHARED 指定）")
    return folder


def key_of(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of the text: the only name a document has here."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def documents(name: str) -> list[Mapping[str, Any]]:
    """The rows of one set (`criminal`, `civil_ip`, `lecard`); each has `id` and `text`."""
    return list(records_of(shared_folder() / SETS[name]))


@dataclass(slots=True)
class Share:
    """So many of so many hold, and which don't."""

    held: int = 0
    of: int = 0
    exceptions: list[str] = field(default_factory=list)

    def add(self, key: str, *, holds: bool) -> None:
        """Count one document."""
        self.of += 1
        self.held += holds
        if not holds:
            self.exceptions.append(key)

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 when nothing was tested."""
        return self.held / self.of if self.of else 1.0


@dataclass(slots=True)
class Figures:
    """What `figures` measured: shares with exceptions, mean IoU by stretch, absent fields."""

    shares: dict[str, Share]
    iou: dict[str, list[float]]
    absent: dict[str, Counter[str]]
    counted: Counter[str]

    def mean_iou(self, name: str) -> float:
        """Mean character IoU of a stretch over the documents whose source marks it."""
        values = self.iou[name]
        return sum(values) / len(values) if values else 0.0


def figures(names: Sequence[str] = tuple(SETS)) -> Figures:
    """Read every shared document once and compare what can be compared without labels."""
    codes = rulebook.load().codes
    shares = {name: Share() for name in ("court_of_code", "dates_in_order", "number_year")}
    found = Figures(shares, {name: [] for name in GOLD}, {n: Counter() for n in names}, Counter())
    for name in names:
        for row in documents(name):
            judgment = read(row["text"], codes)
            found.counted[name] += 1
            found.absent[name].update(f for f in FIELDS if getattr(judgment, f).value is None)
            _consistency(key_of(row["text"]), judgment, codes, shares)
            if name == "lecard":
                _stretches(row, judgment, found.iou)
    return found


def _consistency(key: str, judgment: Judgment, codes: Codes, shares: dict[str, Share]) -> None:
    same = court_of_code(judgment, codes)
    if same is not None:
        shares["court_of_code"].add(key, holds=same)
    days = [judgment.filed_on.value, *(judgment.hearings.value or ()), judgment.judged_on.value]
    known = [day for day in days if day]
    if len(known) > 1:
        shares["dates_in_order"].add(key, holds=known == sorted(known))
    year = number_year(judgment)
    if year and judgment.judged_on.value:
        shares["number_year"].add(key, holds=year <= judgment.judged_on.value.year)


def number_year(judgment: Judgment) -> int | None:
    """The year of the case number, None without a readable number."""
    try:
        return parse(judgment.case_number.value or "").year
    except CaseNumberError:
        return None


def court_of_code(judgment: Judgment, codes: Codes) -> bool | None:
    """Is the printed court the one the number's code means? None for old numbers or no court."""
    printed = judgment.court.value
    try:
        number = parse(judgment.case_number.value or "")
    except CaseNumberError:
        return None
    if number.court_code is None or number.year < MODERN or printed is None:
        return None
    court = codes.court(number.court_code, number.year)
    if court is None:
        return False
    meant = {each.name for each in codes.courts_named(printed)}
    return court.name == printed or court.name in meant


def _stretches(row: Mapping[str, Any], judgment: Judgment, iou: dict[str, list[float]]) -> None:
    """Compare with the source's cut: its facts are our claims and facts together."""
    ours = {name: each.value for name, each in judgment.segments.items()}
    ours["facts"] = _together(ours["claims"], ours["facts"])
    at = 0
    for name in GOLD:
        gold = row.get(name)
        if not gold or not gold.strip():
            continue
        start = max(row["text"].find(gold, at), row["text"].find(gold) if at else -1)
        at = start + len(gold)
        iou[name].append(_iou(ours[name], _trimmed(row["text"], start, at)))


def _together(first: Span | None, second: Span | None) -> Span | None:
    both = [span for span in (first, second) if span]
    return (min(a for a, _ in both), max(b for _, b in both)) if both else None


def _trimmed(text: str, start: int, end: int) -> Span:
    stretch = text[start:end]
    lead = len(stretch) - len(stretch.lstrip())
    return start + lead, start + len(stretch.rstrip())


def _iou(ours: Span | None, gold: Span) -> float:
    if ours is None:
        return 0.0
    common = max(0, min(ours[1], gold[1]) - max(ours[0], gold[0]))
    union = ours[1] - ours[0] + gold[1] - gold[0] - common
    return common / union if union else 1.0


Label = Mapping[str, Any]
_SETS_OF_VALUES = ("cause", "statutes", "hearings")
_COUNTS = ("parties", "panel")


def label_errors(labels: Mapping[str, Label]) -> Counter[str]:
    """Errors by field against hand labels (tests/labels); documents aren't told apart."""
    texts = texts_of(labels)
    errors: Counter[str] = Counter()
    for key, label in labels.items():
        judgment = read(texts[key])
        errors.update(name for name in labelled(label) if not agrees(judgment, name, label))
    return errors


def texts_of(labels: Mapping[str, Label]) -> dict[str, str]:
    """The texts of the labelled documents by their keys."""
    rows = (row for name in SETS for row in _rows(name))
    return {key: row["text"] for row in rows if (key := key_of(row["text"])) in labels}


@lru_cache(maxsize=len(SETS))
def _rows(name: str) -> list[Mapping[str, Any]]:
    return documents(name)


def labelled(label: Label) -> list[str]:
    """The fields of ours that a label speaks of."""
    return [name for name in FIELDS if name in label]


def agrees(judgment: Judgment, name: str, label: Label) -> bool:
    """Does the field equal its label, or the second reading that counts as right?"""
    ours = _comparable(name, to_json(judgment, "")[name])
    accepted = [label[name]]
    if name in label.get("also", {}):
        accepted.append(label["also"][name])
    return any(ours == _comparable(name, value) for value in accepted)


def _comparable(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _SETS_OF_VALUES:
        return {_statute(each) for each in (value if isinstance(value, list) else [value])}
    if name in _COUNTS and isinstance(value, list):
        return Counter(each["role"] for each in value)
    return str(value) if not isinstance(value, (int, float, dict)) else value


def _statute(each: Any) -> str:
    if isinstance(each, dict):
        return "|".join(each[part] for part in ("law", "article", "paragraph", "item"))
    return str(each)


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """`shenguan bench judgments`: documents a second, then every share against its target."""
    texts = [row["text"] for name in SETS for row in documents(name)][: n or 1000]
    pair = alternate(_reader(texts))
    yield rate_line("文书识别：每秒份数", pair, n=len(texts))
    found = figures()
    total = sum(found.counted.values())
    for name, share in found.shares.items():
        yield line(
            name,
            Pair(share.share, TARGETS[name]),
            n=share.of,
            unit="share",
            exceptions=share.exceptions,
        )
    for name in GOLD:
        pair = Pair(found.mean_iou(name), TARGETS[name])
        yield line(f"iou:{name}", pair, n=len(found.iou[name]), unit="IoU")
    yield line("文书总数", Pair(total, None), n=total, unit="件")


def _reader(texts: Sequence[str]) -> Callable[[], object]:
    return lambda: [read(text) for text in texts]
