"""A time limit as data, and the choice of the one that governs a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from shenguan.core.timelimit import flags, vocabulary
from shenguan.core.timelimit.model import TimeLimitError

# What kind of limit an entry states (data README, "Special units").
TERM, HOURS, NONE, MINIMUM, ELECTION = "term", "hours", "none", "minimum", "election"
RESTART, FOLLOW = "restart", "follow"
KINDS = (TERM, HOURS, NONE, MINIMUM, ELECTION, RESTART, FOLLOW)

CRIMINAL = "刑事"


@dataclass(frozen=True, slots=True)
class Stage:
    """One extension the law allows.

    `months`/`days` is what may be added, or with `total` what the whole term may reach; both zero:
    the law gives no length, `at_most` months if it caps it. No `approvers`: the law doesn't say who.
    """

    law: str
    months: int = 0
    days: int = 0
    total: bool = False
    at_most: int | None = None
    approvers: frozenset[str] = frozenset()
    times: int | None = 1
    apply_before: int | None = None
    decide_before: int | None = None

    @property
    def open_length(self) -> bool:
        """Whether the law leaves the length open."""
        return not (self.months or self.days)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason that stops the clock from its `begin` event to its `end` event, in one class of case.

    Empty `kinds` admits any. `grace` maps a procedure (or "" for the rest) to the days that count
    before the exclusion starts. A `restarts` reason makes the clock start anew on its end.
    """

    reason: str
    begin: str
    end: str
    law: str
    kinds: frozenset[str] = frozenset()
    capped_kinds: frozenset[str] = frozenset()
    cap_months: int = 0
    cap_days: int = 0
    agreed: bool = False
    grace: Mapping[str, int] = field(default_factory=dict)
    restarts: bool = False
    local: bool = False


@dataclass(frozen=True, slots=True)
class Applies:
    """When a rule is chosen: type codes, procedures (none: any), and what the case must be."""

    case_types: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    against: str | None = None
    detained: bool | None = None

    def fits(self, marks: frozenset[str], against: str | None, detained: bool) -> bool:
        """Whether everything but type and procedure holds."""
        return (
            self.marks <= marks
            and not (self.without & marks)
            and (self.against is None or self.against == against)
            and (self.detained is None or self.detained == detained)
        )

    @property
    def weight(self) -> int:
        """How special the conditions are; the more special rule wins."""
        return (
            2 * len(self.marks)
            + (self.against is not None)
            + (self.detained is not None)
            + bool(self.procedures)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One version of one limit: valid for cases filed in [valid_from, valid_to], both included."""

    id: str
    name: str
    case_class: str
    kind: str
    law: str
    valid_from: date
    valid_to: date | None
    status: str
    start: tuple[str, ...]
    months: int = 0
    days: int = 0
    hours: int = 0
    stages: tuple[Stage, ...] = ()
    opens: Mapping[str, Exclusion] = field(default_factory=dict)
    foreign: str = ""
    conversion: str = ""
    procedure: str = ""
    counter_application: bool = False
    default_against: bool = False
    applies: tuple[Applies, ...] = ()
    source_ids: tuple[str, ...] = ()
    certainty: str = ""
    note: str = ""
    law_text: str = ""

    @property
    def criminal(self) -> bool:
        """Whether months are counted under 刑诉解释第202条."""
        return self.case_class == CRIMINAL


@dataclass(frozen=True, slots=True)
class Choice:
    """The versions of the chosen rule, oldest first; empty with the flag that says why."""

    versions: tuple[Rule, ...]
    missing: str | None = None

    def on(self, day: date) -> tuple[Rule | None, str | None]:
        """Return the version for a case whose clock starts on `day`, or why there is none."""
        for rule in self.versions:
            if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to):
                return rule, None
        if not self.versions:
            return None, self.missing
        early = day < self.versions[0].valid_from
        return None, flags.BEFORE_TEXT if early else flags.AFTER_TEXT


_Key = tuple[str, str | None, frozenset[str], str | None, bool, str | None]


class Rules:
    """All rules of a rulebook, indexed for choosing; immutable but for its memory of choices."""

    def __init__(self, rules: Iterable[Rule], known_events: Iterable[str] = ()) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.valid_from))
        self.known_events = vocabulary.KNOWN_EVENTS | frozenset(known_events)
        self._by_id: dict[str, list[Rule]] = {}
        self._by_type: dict[str, list[tuple[Applies, str]]] = {}
        self._alias: dict[str, list[str]] = {}
        for rule in self.rules:
            self._index(rule)
        self._chosen: dict[_Key, Choice] = {}

    def _index(self, rule: Rule) -> None:
        self._by_id.setdefault(rule.id, []).append(rule)
        for alias in rule.source_ids:
            ids = self._alias.setdefault(alias, [])
            if rule.id not in ids:
                ids.append(rule.id)
        for applies in rule.applies:
            for case_type in applies.case_types:
                entries = self._by_type.setdefault(case_type, [])
                if (applies, rule.id) not in entries:
                    entries.append((applies, rule.id))

    def __len__(self) -> int:
        return len(self.rules)

    def versions(self, rule_id: str) -> tuple[Rule, ...]:
        """Return the versions of one rule by its id, oldest first; KeyError when unknown."""
        return tuple(self._by_id[rule_id])

    def choose(
        self,
        case_type: str,
        procedure: str | None,
        marks: frozenset[str] = frozenset(),
        against: str | None = None,
        detained: bool = False,
        rule: str | None = None,
    ) -> Choice:
        """Choose the rule of a case: by `rule` (id or source id) if given, else by its facts.

        Where the case type fixes the rule `procedure` is ignored. Raises TimeLimitError for an
        unknown `rule`.
        """
        key = (case_type, procedure, marks, against, detained, rule)
        found = self._chosen.get(key)
        if found is None:
            found = self._named(*key) if rule else self._by_facts(*key[:5])
            if len(self._chosen) < 1 << 16:  # marks are free text; don't let them fill the memory
                self._chosen[key] = found
        return found

    def _by_facts(
        self,
        case_type: str,
        procedure: str | None,
        marks: frozenset[str],
        against: str | None,
        detained: bool,
    ) -> Choice:
        entries = self._by_type.get(case_type)
        if not entries:
            return Choice((), flags.NO_TYPE_RULE)
        fitting = [
            (applies, rule_id)
            for applies, rule_id in entries
            if applies.fits(marks, against, detained)
            and (not applies.procedures or procedure in applies.procedures)
        ]
        if not fitting:
            return Choice((), self._why(entries, procedure))
        best = max(fitting, key=lambda entry: entry[0].weight)[1]
        return self._resolve(best, case_type, procedure, marks, detained)

    @staticmethod
    def _why(entries: list[tuple[Applies, str]], procedure: str | None) -> str:
        if not any(applies.procedures for applies, _ in entries):
            return flags.NO_CONDITION
        return flags.NO_PROCEDURE_RULE if procedure else flags.NO_PROCEDURE

    def _named(
        self,
        case_type: str,
        procedure: str | None,
        marks: frozenset[str],
        against: str | None,
        detained: bool,
        rule: str | None,
    ) -> Choice:
        ids = [rule] if rule in self._by_id else self._alias.get(rule or "", [])
        if not ids:
            raise TimeLimitError(f"字段 rule 的值“{rule}”不是规则库中的规则编号")
        ways = [
            (position, rule_id, applies)
            for position, rule_id in enumerate(ids)
            for applies in self._by_id[rule_id][-1].applies or (Applies(),)
        ]
        # Who names the rule has said what all its variants take for granted.
        known = marks | frozenset.intersection(*(applies.marks for _, _, applies in ways))
        ranked = [
            (procedure in applies.procedures, applies.weight, -position, rule_id)
            for position, rule_id, applies in ways
            if len(ids) == 1 or applies.fits(known, against, detained)
        ]
        if not ranked:
            return Choice((), flags.NO_PROCEDURE)
        return self._resolve(max(ranked)[3], case_type, procedure, marks, detained)

    def _resolve(
        self,
        rule_id: str,
        case_type: str,
        procedure: str | None,
        marks: frozenset[str],
        detained: bool,
    ) -> Choice:
        versions = self.versions(rule_id)
        head = versions[-1]
        if head.kind not in (RESTART, FOLLOW):
            return Choice(versions)
        consumed = frozenset(mark for applies in head.applies for mark in applies.marks)
        base = self._by_facts(case_type, procedure, marks - consumed, None, detained)
        return Choice(tuple(_borrowed(rule, head) for rule in base.versions), base.missing)


def _borrowed(base: Rule, head: Rule) -> Rule:
    """The base procedure's limit under the borrowing entry's name, start and article."""
    return replace(
        base,
        id=head.id,
        name=f"{head.name}（{base.name}）",
        law=f"{head.law}；{base.law}",
        start=head.start or base.start,
    )
