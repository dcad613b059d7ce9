"""One search as the user sees it: question, ranking, authority order and reasons of each hit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shenguan.core.similar.authority import Standpoint
from shenguan.core.similar.explain import Reasons, reasons
from shenguan.core.similar.model import Filters, Question, Ranked
from shenguan.core.similar.words import content_words
from shenguan.programs.similar.index import JudgmentIndex
from shenguan.programs.similar.ranker import FusedRanker, Ranker
from shenguan.programs.similar.reading import Reader
from shenguan.rulebook.loaders.similar import SimilarRules

LIKENESS, AUTHORITY = "相似度", "权威层级"
_LONGEST = 20_000  # characters of a question that are looked at
_COMMON_STATUTES = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A found judgment with its rank by art 4, whether it is recent, and why it was found."""

    ranked: Ranked
    authority: str
    effect: str
    recent: bool
    reasons: Reasons


@dataclass(frozen=True)
class Search:
    """Searches one index; `ranker` is ours unless a court plugs its own."""

    index: JudgmentIndex
    reader: Reader
    rules: SimilarRules
    ranker: Ranker | None = None

    def ask(
        self,
        text: str,
        *,
        causes: Sequence[str] = (),
        without: frozenset[str] = frozenset(),
        filters: Filters | None = None,
    ) -> Question:
        """A question from any text: a judgment's facts, or what the user wrote."""
        facts = self.reader.question_text(text)[:_LONGEST]
        return Question(
            words=tuple(content_words(facts, self.rules.stop)),
            text=facts,
            causes=self.reader.any_causes(causes),
            without=without,
            filters=filters or Filters(),
        )

    def ask_case(self, number: str, *, filters: Filters | None = None) -> Question | None:
        """A question from an indexed case, which is never its own answer; None where it isn't there."""
        found = self.index.numbered(number)
        if not found:
            return None
        case = found[0]
        return Question(
            words=tuple(case.words.split()),
            text=case.facts[:_LONGEST],
            causes=case.causes,
            statutes=case.statutes,
            without=frozenset(each.id for each in found),
            filters=filters or Filters(),
        )

    def run(
        self, question: Question, *, limit: int, at: Standpoint, order: str = LIKENESS
    ) -> list[Hit]:
        """The best `limit` hits, by likeness or by the authority order beside it."""
        ranker = self.ranker or FusedRanker(self.index, self.rules.weights, self.rules.elements)
        found = ranker.rank(question, limit=limit)
        if order == AUTHORITY:
            found = self.rules.authority.sorted(found, at)
        frequencies = self.index.frequencies(set(question.words))
        common = _common_statutes(found)
        return [self._hit(each, question, frequencies, common, at) for each in found]

    def _hit(
        self,
        ranked: Ranked,
        question: Question,
        frequencies: dict[str, int],
        common: frozenset[str],
        at: Standpoint,
    ) -> Hit:
        level = self.rules.authority.level(ranked.entry, at)
        why = reasons(
            question,
            ranked.entry,
            elements=self.rules.elements,
            frequencies=frequencies,
            size=len(self.index),
            statutes=common,
        )
        recent = self.rules.authority.is_recent(ranked.entry, at)
        return Hit(ranked, level.name, level.effect, recent, why)


def _common_statutes(found: Sequence[Ranked]) -> frozenset[str]:
    """Provisions that at least two hits rest on, the most frequent first."""
    counts = Counter(s for each in found for s in set(each.entry.statutes))
    return frozenset(s for s, n in counts.most_common(_COMMON_STATUTES) if n > 1)


def to_json(hit: Hit) -> dict[str, Any]:
    """A hit as plain values."""
    entry = hit.ranked.entry
    return {
        "id": entry.id,
        "number": entry.number,
        "title": entry.title,
        "court": entry.court,
        "level": entry.level,
        "causes": list(entry.causes),
        "disposition": entry.disposition,
        "judged_on": entry.judged_on.isoformat() if entry.judged_on else None,
        "score": round(hit.ranked.score, 4),
        "features": {name: round(v, 4) for name, v in hit.ranked.features.items()},
        "authority": hit.authority,
        "effect": hit.effect,
        "recent": hit.recent,
        "reasons": asdict(hit.reasons),
    }
