"""One look at some cases: where their warnings stand, and when to look again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db import transaction

from shenguan.base.inbox.models import Transition, Watch
from shenguan.base.inbox.posting import Subject, Watches, post, watches_of
from shenguan.base.inbox.roster import Place
from shenguan.base.ops.bulk import insert, inserting, updating
from shenguan.core.warning.kinds import KINDS
from shenguan.core.warning.patterns import CHAINS, Chain
from shenguan.core.warning.rule import DURING
from shenguan.core.warning.standing import Evaluated, Memory, evaluate, stand
from shenguan.rulebook import Rulebook
from shenguan.spine.warnings import disputes, feeding
from shenguan.spine.warnings.handing import memory_of, posting_of, together
from shenguan.spine.warnings.ledger import open_plans
from shenguan.spine.warnings.models import CaseCheck
from shenguan.spine.warnings.night import Night
from shenguan.spine.warnings.reading import Seen, cases_seen

CHUNK = 400
LINK_CHUNK = 5000
CASE_KINDS = frozenset({*KINDS, *CHAINS})
"""Kinds that one case can give rise to, its dispute included."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a case's warnings come to on a day."""

    seen: Seen
    place: Place
    found: Evaluated

    @property
    def subject(self) -> str:
        """Return the key under which the inbox knows the case."""
        return subject_of(self.seen.case_id)


def subject_of(case_id: int) -> str:
    """Return the key under which the inbox knows a case."""
    return f"case:{case_id}"


def case_of(subject: str) -> int | None:
    """Return the case a subject stands for, None for other subjects."""
    kind, _, number = subject.partition(":")
    return int(number) if kind == "case" else None


def look(
    night: Night, case_ids: Sequence[int], watches: Watches, *, learn: bool = False
) -> list[Looked]:
    """Return where these cases stand on the night's day; with `learn` what they feed is noted first."""
    cases = list(cases_seen(night, case_ids))
    if learn:
        feeding.learn(night, cases)
    return [
        _looked(night, seen, memory_of(watches.get(subject_of(seen.case_id), ()))) for seen in cases
    ]


def check(night: Night, case_ids: Sequence[int], *, now: datetime) -> list[Transition]:
    """Bring the warnings of these cases up to the night's day; returns what changed."""
    made: list[Transition] = []
    ordered = sorted(case_ids)
    for start in range(0, len(ordered), CHUNK):
        with transaction.atomic():
            made += _check(night, ordered[start : start + CHUNK], now)
    return made


def note_links(night: Night, case_ids: Collection[int]) -> set[int]:
    """Note refilings and chains around cases with news; returns these and the cases whose chain changed."""
    found: set[int] = set()
    ordered = sorted(case_ids)
    for start in range(0, len(ordered), LINK_CHUNK):
        chunk = ordered[start : start + LINK_CHUNK]
        found.update(chunk, _linked(night, chunk))
    return found


def _linked(night: Night, case_ids: Collection[int]) -> set[int]:
    known = set(CaseCheck.objects.filter(case__in=case_ids).values_list("case_id", flat=True))
    fresh = set(case_ids) - known
    if fresh:
        refiled = disputes.refiled_among(fresh, night.rulebook)
        rows = [
            CaseCheck(case_id=pk, refiled=refiled.get(pk, ""), next_on=night.on) for pk in fresh
        ]
        inserting(rows, ignore_conflicts=True).run()
    heads = disputes.heads_of(case_ids, night.rulebook, night.on)
    insert(
        [CaseCheck(case_id=head.case_id, chain=head.chain, next_on=night.on) for head in heads],
        ending="ON CONFLICT (case_id) DO UPDATE SET chain = excluded.chain",
    )
    return {head.case_id for head in heads}


def _check(night: Night, case_ids: Sequence[int], now: datetime) -> list[Transition]:
    watches = watches_of(subject_of(pk) for pk in case_ids)
    looked = look(night, case_ids, watches, learn=True)
    subjects = [_subject(night, one) for one in looked]
    posted = post(subjects, on=night.on, now=now, watches=watches)
    open_plans(night, _for_ledger(looked))
    _note_rechecked(watches, night.on)
    rows = [
        (one.seen.case_id, {"next_on": _earlier(one.found.next_on, posted.answers_due, one)})
        for one in looked
    ]
    updating(CaseCheck, rows).run()
    return posted.transitions


def _note_rechecked(watches: Watches, on: date) -> None:
    asked = [w.pk for held in watches.values() for w in held if w.recheck_on and w.recheck_on <= on]
    if asked:
        Watch.objects.filter(pk__in=asked).update(recheck_on=None)


def _for_ledger(looked: Sequence[Looked]) -> Iterator[tuple[int, str, int | None]]:
    """Yield (case, why, owner) of cases that belong on the 一案一策 ledger."""
    for one in looked:
        kinds = {standing.rule.kind for standing in one.found.standing}
        for kind, why in (("long_pending", "长期未结"), ("idle_chain", "程序空转")):
            if kind in kinds:
                yield one.seen.case_id, why, one.place.owner_id


def _earlier(next_on: date | None, answers: Mapping[str, date], one: Looked) -> date | None:
    days = [day for day in (next_on, answers.get(one.subject)) if day is not None]
    return min(days, default=None)


def _looked(night: Night, seen: Seen, memory: Memory) -> Looked:
    state = seen.view.state
    place = night.place(seen.court_id, state.division, state.undertaker)
    rules, tools = night.rules(seen.court_id), night.tools(seen.court_id)
    found = evaluate(seen.view, night.case_rules(seen.court_id), tools, memory)
    if not seen.chain or seen.view.ended_on is not None:
        return Looked(seen, place, found)
    value = Chain(**{**seen.chain, "since": date.fromisoformat(seen.chain["since"])})
    more = [
        stand(rule, CHAINS[rule.kind](value, rule), night.on, {"number": seen.view.number},
              tools.calendar, memory)
        for rule in rules
        if rule.kind in CHAINS
    ]  # fmt: skip
    return Looked(seen, place, together([found, *more]))


@cache
def _covered(rulebook: Rulebook) -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules that a look at a case covers, and those that its end ends without a word."""
    rules = [rule for rule in rulebook.warnings if rule.kind in CASE_KINDS]
    during = (rule.id for rule in rules if rule.stage == DURING or rule.kind in CHAINS)
    return frozenset(rule.id for rule in rules), frozenset(during)


def _subject(night: Night, one: Looked) -> Subject:
    covers, during = _covered(night.rulebook)
    quiet = during if one.seen.view.ended_on is not None else frozenset[str]()
    sensitive = one.seen.view.state.confidentiality
    postings = [posting_of(night, s, one.place, sensitive) for s in one.found.standing]
    return Subject(one.subject, postings, covers, quiet)
