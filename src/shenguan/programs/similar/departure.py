"""裁判偏离提示: a draft's outcome beside those of the closest cases. Shown to the bench, kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shenguan.core.judgment import read
from shenguan.core.judgment.disposition import read_disposition
from shenguan.core.judgment.text import even
from shenguan.core.similar.model import Entry, Question
from shenguan.core.similar.outcome import DETENTION, FIXED, Decided, read_outcome
from shenguan.core.similar.spread import LEAST, Departure, RareOutcome, departure, rarity
from shenguan.programs.similar.ranker import FusedRanker
from shenguan.programs.similar.shelf import Shelf
from shenguan.rulebook import load

_CONVICTS = re.compile("被告人|被告单位")
CLOSE = 60
"""How many of the closest cases of the same cause a draft is held against."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft decides: the outcome code, and the sentences and sum of its 主文."""

    outcome: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class Hint:
    """The draft beside the close cases; `enough` is False with fewer than `LEAST`."""

    draft: Draft
    close: Sequence[Entry]
    outcome: RareOutcome | None
    numbers: Sequence[Departure]

    @property
    def enough(self) -> bool:
        """Whether there are close cases enough to say anything."""
        return len(self.close) >= LEAST

    @property
    def departs(self) -> bool:
        """Whether outcome or one of the numbers departs."""
        return any(n.departs for n in self.numbers) or bool(self.outcome and self.outcome.departs)


def read_draft(text: str, outcome: str = "") -> Draft:
    """A draft from its whole text or its 主文 alone; `outcome` said by the judge goes first."""
    judgment = read(text, load().codes)
    segment = judgment.segments.get("ruling")
    span = segment.value if segment else None
    ruling = text[span[0] : span[1]] if span else text
    read_from = judgment.disposition.value or _of_ruling(ruling)
    return Draft(outcome or read_from, read_outcome(ruling))


def _of_ruling(ruling: str) -> str:
    """The outcome of a 主文 without the judgment around it, which no one can tell of an appeal."""
    level = even(ruling)
    criminal = bool(_CONVICTS.search(ruling))
    whole = (0, len(level.even))
    return read_disposition(level, whole, "一审", criminal=criminal, kind="判决书").value or ""


def hint(draft: Draft, question: Question, on: Shelf) -> Hint:
    """Hold a draft against the closest cases of the same cause."""
    close = closest(question, on)
    found = [read_outcome(each.ruling) for each in close]
    numbers = [
        departure(
            name, unit, value, [v for v in (number(name, each) for each in found) if v is not None]
        )
        for name, unit in NUMBERS
        if (value := number(name, draft.decided)) is not None
    ]
    outcomes = [each.disposition for each in close if each.disposition]
    said = [each for each in numbers if each is not None]
    return Hint(draft, close, rarity(draft.outcome, outcomes), said)


def closest(question: Question, on: Shelf) -> list[Entry]:
    """The closest cases that share a cause, of first instance where any are told apart."""
    search = on.search
    ranker = search.ranker or FusedRanker(search.index, search.rules.weights, search.rules.elements)
    wanted = set(question.causes)
    ranked = [each.entry for each in ranker.rank(question, limit=3 * CLOSE)]
    same = [each for each in ranked if wanted & set(each.causes)]
    return [each for each in same if each.instance in ("", "一审")][:CLOSE]


TERM, PROBATION, FINE, AMOUNT = "刑期", "缓刑考验期", "罚金", "给付金额"
NUMBERS = ((TERM, "个月"), (PROBATION, "个月"), (FINE, "元"), (AMOUNT, "元"))


def number(name: str, decided: Decided) -> float | None:
    """One number of what was decided: of a criminal case that of the first defendant."""
    if name == AMOUNT:
        return None if decided.amount is None else decided.amount / 100
    first = decided.sentences[0] if decided.sentences else None
    if first is None:
        return None
    if name == FINE:
        return None if first.fine is None else float(first.fine)
    if name == PROBATION:
        return float(first.probation) if first.probation else None
    return float(first.months) if first.kind in (FIXED, DETENTION) else None
