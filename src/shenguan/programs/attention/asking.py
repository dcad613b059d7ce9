"""What a list of warnings asks for: conditions read from an address and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from shenguan.base.inbox.models import Watch
from shenguan.base.org.scope import Scope
from shenguan.spine.cases.asking import whole_number

LEVELS = ("督办", "催办", "提示")
LATE, OPEN, ANSWERED, HELD = "late", "open", "answered", "held"
ANSWERS = {OPEN: "未答复", LATE: "逾期未答复", ANSWERED: "已答复", HELD: "数据存疑"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Every condition; empty or None is no condition."""

    level: str = ""
    kind: str = ""
    court: int | None = None
    unit: int | None = None
    owner: str = ""
    answer: str = ""
    mine: bool = False
    words: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Asked:
        """Read an address; what isn't a condition is left out."""
        level, answer = given.get("level", ""), given.get("answer", "")
        return cls(
            level=level if level in LEVELS else "",
            kind=given.get("kind", "")[:40],
            court=_id(given.get("court", "")),
            unit=_id(given.get("unit", "")),
            owner=given.get("owner", "").strip()[:60],
            answer=answer if answer in ANSWERS else "",
            mine=given.get("mine") == "1",
            words=given.get("words", "").strip()[:60],
        )

    @property
    def query(self) -> str:
        """Return the conditions as an address writes them."""
        given = {
            "level": self.level, "kind": self.kind, "court": self.court, "unit": self.unit,
            "owner": self.owner, "answer": self.answer, "mine": "1" if self.mine else "",
            "words": self.words,
        }  # fmt: skip
        return urlencode({name: value for name, value in given.items() if value})

    def on(self, level: str) -> Asked:
        """Return the same conditions on another level."""
        return replace(self, level=level)

    def of(self, rows: QuerySet[Watch], scope: Scope, today: date) -> QuerySet[Watch]:
        """Return the rows that fit; the level too."""
        fits = {
            "level": self.level, "kind": self.kind, "court": self.court, "unit": self.unit,
            "owner__name": self.owner,
        }  # fmt: skip
        rows = rows.filter(**{name: value for name, value in fits.items() if value})
        if self.mine:
            rows = rows.filter(owner__in=scope.person_ids)
        if self.words:
            rows = rows.filter(say__contains=self.words)
        return rows.filter(_answered(self.answer, today))


def _answered(answer: str, today: date) -> Q:
    """Of a 催办 an answer is owed; the other levels may be answered too."""
    silent = Q(answered_on=None, held_since=None)
    if answer == OPEN:
        return silent
    if answer == LATE:
        return silent & Q(answer_by__lt=today)
    if answer == HELD:
        return Q(held_since__isnull=False)
    return Q(answered_on__isnull=False) if answer == ANSWERED else Q()


def _id(text: str) -> int | None:
    return whole_number(text)
