"""`shenguan bench civil`: a stand-in for labels on civil judgments, of which there are none in public.

No one has graded civil judgments for likeness, so nobody knows how well they are ranked. What can be
counted without labels: whether the pleadings of a judgment, its parties' names taken out, find the facts
the court found in it among judgments of the same kind of dispute, with the weights learned from criminal
ones, beside plain BM25. Which articles two judgments share says nothing here: it follows the law's year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from shenguan import rulebook
from shenguan.core.judgment import Judgment, read
from shenguan.core.similar.model import Entry, Question
from shenguan.core.similar.series import Filed, Litigant, masked
from shenguan.core.similar.words import content_line, content_words
from shenguan.lab.judgments import documents
from shenguan.lab.measure import Pair, line
from shenguan.programs.similar.commands import make_reader
from shenguan.programs.similar.index import Incoming, JudgmentIndex
from shenguan.programs.similar.ranker import FusedRanker, PlainRanker, Ranker
from shenguan.rulebook.loaders import similar as loader

LEAST = 100  # characters of pleadings and of facts
DEEP = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A judgment in two tellings: `entry` holds the facts found, `question` asks with the pleadings."""

    entry: Entry
    question: Question


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the share found first and among ten, ours and BM25."""
    told = _told(n)
    rules = loader.load(rulebook.DATA)
    with TemporaryDirectory(prefix="shenguan-bench-") as folder:
        index = JudgmentIndex(Path(folder))
        index.add(Incoming(each.entry) for each in told)
        rankers: list[Ranker] = [
            FusedRanker(index, rules.weights, rules.elements),
            PlainRanker(index),
        ]
        ranked = [[_ranking(ranker, each) for each in told] for ranker in rankers]
    for name, cut in (("首位", 1), (f"前{DEEP}", DEEP)):
        pair = Pair(*(_found(rankings, told, cut) for rankings in ranked))
        yield line(f"民事代理：诉辩找本案事实，{name}", pair, n=len(told), unit="比例")


def _told(most: int | None) -> list[Told]:
    """The shared civil judgments that tell both what was pleaded and what was found."""
    reader = make_reader()
    told: list[Told] = []
    for row in documents("civil_ip")[:most]:
        judgment = read(row["text"], reader.codes)
        pleaded, found = (_stretch(row["text"], judgment, name) for name in ("claims", "facts"))
        if min(len(pleaded), len(found)) < LEAST:
            continue
        base = reader.incoming(row, str(len(told))).entry
        parties = tuple(Litigant(each.name) for each in judgment.parties.value or ())
        asked = masked(Filed(base.id, pleaded, litigants=parties))
        words = content_words(asked, reader.stop)
        told.append(
            Told(
                Entry(
                    f"甲{len(told)}",
                    content_line(found, reader.stop),
                    causes=base.causes,
                    statutes=base.statutes,
                    facts=found,
                ),
                Question(tuple(words), asked, base.causes),
            )
        )
    return told


def _stretch(text: str, judgment: Judgment, name: str) -> str:
    span = judgment.segments[name].value
    return text[span[0] : span[1]] if span else ""


def _ranking(ranker: Ranker, each: Told) -> list[str]:
    return [hit.entry.id for hit in ranker.rank(each.question, limit=DEEP)]


def _found(rankings: Sequence[Sequence[str]], told: Sequence[Told], cut: int) -> float:
    return fmean(
        each.entry.id in ranking[:cut] for ranking, each in zip(rankings, told, strict=True)
    )
