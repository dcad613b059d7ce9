"""The rulebook: law, codes and counting rules as data that court experts read and correct.

`load()` gives a frozen, lazy `Rulebook`; each kind of entry is read the first time it is asked for
and kept for the life of the process. A court's overlay folder adds entries of its own on top
(nation → province → court); it has the same sub-folders as this package. The composition roots say where an
installation keeps it (`stand_on`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shenguan.core.calendar import Calendar
    from shenguan.core.casenumber import Codes
    from shenguan.core.causes import Causes
    from shenguan.core.facts.words import Words
    from shenguan.core.indicator import Facts, Library
    from shenguan.core.timelimit import Node, Rules
    from shenguan.core.warning.rule import WarningRule
    from shenguan.rulebook.loaders.appeals import Appeals
    from shenguan.rulebook.loaders.approvals import Approvals
    from shenguan.rulebook.loaders.assignment import AssignmentRules
    from shenguan.rulebook.loaders.casereview import CaseReview
    from shenguan.rulebook.loaders.choices import Choice
    from shenguan.rulebook.loaders.events import EventKinds
    from shenguan.rulebook.loaders.fields import Forms
    from shenguan.rulebook.loaders.gates import Gate
    from shenguan.rulebook.loaders.intake import Vocabulary
    from shenguan.rulebook.loaders.obligations import Obligation
    from shenguan.rulebook.loaders.papers import FollowUp
    from shenguan.rulebook.loaders.posts import Posts
    from shenguan.rulebook.loaders.quality import Quality
    from shenguan.rulebook.loaders.scopes import Scopes
    from shenguan.rulebook.loaders.similar import SimilarRules
    from shenguan.rulebook.loaders.supervision import Supervision
    from shenguan.rulebook.loaders.tags import TagRules
    from shenguan.rulebook.loaders.worklists import WorklistRules

DATA = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything a computation may ask of the law and the code tables, read on first use."""

    overlay: Path | None = None

    def _read(self, kind: str) -> Any:
        loader = import_module(f"shenguan.rulebook.loaders.{kind}")
        return loader.load(DATA, self.overlay)

    @cached_property
    def calendar(self) -> Calendar:
        """Workdays, holidays and make-up days of the years whose calendar is published."""
        return self._read("calendar")  # type: ignore[no-any-return]

    @cached_property
    def codes(self) -> Codes:
        """Courts by code and name, case types by 类型代字."""
        return self._read("codes")  # type: ignore[no-any-return]

    @cached_property
    def causes(self) -> Causes:
        """案由 and 罪名: the trees of civil, criminal and administrative causes."""
        return self._read("causes")  # type: ignore[no-any-return]

    @cached_property
    def scopes(self) -> Scopes:
        """案件范围: the named sets of case types that figures and lists state."""
        return self._read("scopes")  # type: ignore[no-any-return]

    @cached_property
    def timelimits(self) -> Rules:
        """审限 rules in force by case type, procedure and date."""
        return self._read("timelimits")  # type: ignore[no-any-return]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Deadlines inside a case: filing, service, hearings, appeals, mediation."""
        return self._read("nodes")  # type: ignore[no-any-return]

    @cached_property
    def warnings(self) -> tuple[WarningRule, ...]:
        """预警: kinds of warning with their ladders, recipients and sentences."""
        return self._read("warnings")  # type: ignore[no-any-return]

    @cached_property
    def corrections(self) -> Mapping[str, Obligation]:
        """更正任务: how long disputed data may wait for a decision, and a correction to be made."""
        return self._read("corrections")  # type: ignore[no-any-return]

    @cached_property
    def worklists(self) -> WorklistRules:
        """Thresholds of the daily work lists."""
        return self._read("worklists")  # type: ignore[no-any-return]

    @cached_property
    def events(self) -> EventKinds:
        """Kinds of event the log takes, their aliases and payloads."""
        return self._read("events")  # type: ignore[no-any-return]

    @cached_property
    def assignment(self) -> AssignmentRules:
        """分案: who is drawn, the reasons of a choice, the grounds of recusal."""
        return self._read("assignment")  # type: ignore[no-any-return]

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """本院设置: what each court may choose, by its key."""
        return self._read("choices")  # type: ignore[no-any-return]

    @cached_property
    def forms(self) -> Forms:
        """登记表单: the form of each kind of event, its fields and coded choices."""
        return self._read("fields")  # type: ignore[no-any-return]

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """What must (not) stand in the log before an event of a kind is recorded."""
        return self._read("gates")  # type: ignore[no-any-return]

    @cached_property
    def facts(self) -> Facts:
        """Fact tables: columns, types, lineage, and the code tables facts are encoded with."""
        return self._read("facts")  # type: ignore[no-any-return]

    @cached_property
    def fact_words(self) -> Words:
        """Code tables of the facts with the spellings that lead to them."""
        return self._read("facts_codes")  # type: ignore[no-any-return]

    @cached_property
    def library(self) -> Library:
        """Atoms and indicators with all their versions."""
        return self._read("indicators")  # type: ignore[no-any-return]

    @cached_property
    def approvals(self) -> Approvals:
        """审批: procedures of approval and checking with their steps, reasons and papers."""
        return self._read("approvals")  # type: ignore[no-any-return]

    @cached_property
    def supervision(self) -> Supervision:
        """四类案件 and 阅核: criteria, the 阅核清单, opinions, measures, obligations."""
        return self._read("supervision")  # type: ignore[no-any-return]

    @cached_property
    def casereview(self) -> CaseReview:
        """案件评查: kinds of plan, score sheets, grades, coded issues, obligations."""
        return self._read("casereview")  # type: ignore[no-any-return]

    @cached_property
    def appeals(self) -> Appeals:
        """发改反馈, 司法技术, 专业法官会议, 审委会: coded lists and what they wait for."""
        return self._read("appeals")  # type: ignore[no-any-return]

    @cached_property
    def posts(self) -> Posts:
        """职务: what each post sees and does."""
        return self._read("posts")  # type: ignore[no-any-return]

    @cached_property
    def similar(self) -> SimilarRules:
        """类案检索: how cases are compared, when a search is a duty, what its report says."""
        return self._read("similar")  # type: ignore[no-any-return]

    @cached_property
    def tags(self) -> TagRules:
        """审判领域 and case tags: the rules that suggest them."""
        return self._read("tags")  # type: ignore[no-any-return]

    @cached_property
    def follow_ups(self) -> Mapping[str, FollowUp]:
        """What is waited for after a paper: tasks of meetings, replies to letters."""
        return self._read("papers")  # type: ignore[no-any-return]

    @cached_property
    def quality(self) -> Quality:
        """Data-quality checks and their examples."""
        return self._read("quality")  # type: ignore[no-any-return]

    @cached_property
    def intake(self) -> Vocabulary:
        """What courts call their columns and write into them."""
        return self._read("intake")  # type: ignore[no-any-return]


_Standing = Callable[[], "Path | None"]
_standing: list[_Standing] = []
STAMP = "loaded.json"
"""File of an overlay that is written anew at each change; hand-made overlays may do without it."""


def stand_on(overlay: _Standing | None) -> None:
    """Say where the court's own overlay is to be found when none is named; None: nowhere.

    Called by the composition roots alone. Below them nothing knows of folders.
    """
    _standing[:] = [overlay] if overlay else []


def load(overlay: Path | None = None) -> Rulebook:
    """Return the rulebook of this installation, with `overlay` (else the court's own) on top."""
    own = overlay or next((found() for found in _standing), None)
    if own is None:
        return _load(None, 0)
    stamp = own / STAMP
    return _load(own, stamp.stat().st_mtime_ns if stamp.exists() else 0)


@lru_cache(maxsize=8)
def _load(overlay: Path | None, _stamp: int) -> Rulebook:
    return Rulebook(overlay)
