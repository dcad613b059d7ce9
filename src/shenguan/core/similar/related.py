"""关联案件: how two cases hang together, in the order in which it matters to the bench."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from shenguan.core.similar.series import Litigant, names, shared

LIKE = 0.2


class Link(IntEnum):
    """Kinds of link, the strongest first."""

    CITES = 1
    SAME_PARTIES = 2
    PARTY_CAUSE_FACTS = 3
    SAME_MATTER = 4
    SAME_PERSON = 5
    NAME_ONLY = 6
    SAME_AGENT = 7

    @property
    def possible(self) -> bool:
        """Whether it only may be a link: a name alone proves no identity."""
        return self in (Link.NAME_ONLY, Link.SAME_AGENT)


NAMES = {
    Link.CITES: "援引案号（审级链）",
    Link.SAME_PARTIES: "当事人相同",
    Link.PARTY_CAUSE_FACTS: "同一当事人、同一案由且事实相近",
    Link.SAME_MATTER: "同一合同、事故或保单",
    Link.SAME_PERSON: "同一当事人（证件号码一致）",
    Link.NAME_ONLY: "当事人同名（可能）",
    Link.SAME_AGENT: "代理人、案由相同（可能）",
}

_MATTER = re.compile(
    r"(?:合同|协议书?|借据|借款凭证|保险单|保单|认定书|仲裁裁决书|鉴定意见书|房产证|不动产权证书?)"
    r"(?:编号|证号|号码|号)?(?:为|是|[:：])?第?(?P<mark>[A-Za-z0-9〔〕［］\[\]（）()年字第\-—–－/]{6,40})号?"
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Relatable:
    """A case with what it may be linked by. `number` and `cites` are keys: court name + case number."""

    id: str
    number: str = ""
    cites: frozenset[str] = frozenset()
    cause: str = ""
    litigants: tuple[Litigant, ...] = ()
    matters: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Related:
    """A link with what it rests on (Chinese)."""

    link: Link
    because: str


def matters(text: str) -> frozenset[str]:
    """Marks of contracts, accidents, policies and the like named in a text."""
    marks = (re.sub(r"[^0-9A-Za-z]", "", each["mark"]).upper() for each in _MATTER.finditer(text))
    return frozenset(mark for mark in marks if len(mark) >= 6 and _DIGIT.search(mark))


def relation(first: Relatable, second: Relatable, *, likeness: float = 0.0) -> Related | None:
    """The strongest link of two cases; `likeness` of their masked facts, 0–1."""
    if (cited := _cited(first, second)) is not None:
        return Related(Link.CITES, cited)
    common = shared(first.litigants, second.litigants)
    if same := _same_parties(first, second, common):
        return Related(Link.SAME_PARTIES, same)
    said = names(common)
    if common and first.cause and first.cause == second.cause and likeness >= LIKE:
        return Related(Link.PARTY_CAUSE_FACTS, f"{said}；{first.cause}；相近度 {likeness:.0%}")
    if matter := first.matters & second.matters:
        return Related(Link.SAME_MATTER, "、".join(sorted(matter)))
    if proven := [pair for pair in common if pair[0].key and pair[0].key == pair[1].key]:
        return Related(Link.SAME_PERSON, names(proven))
    return Related(Link.NAME_ONLY, said) if common else _by_agent(first, second)


def _same_parties(
    first: Relatable, second: Relatable, common: list[tuple[Litigant, Litigant]]
) -> str:
    """Who, where at least two parties are shared and the case with fewer has no other; else ""."""
    fewest = min(_parties(first.litigants), _parties(second.litigants))
    if fewest >= 2 and _parties(one for one, _ in common) >= fewest:
        return names(common)
    doubtful = _all_named(first, second) if common else ""
    return doubtful and f"{doubtful}（证件号码不一致，请核对）"


def _all_named(first: Relatable, second: Relatable) -> str:
    """The names of all parties where numbers alone differ; namesakes of one opponent would be rarer."""
    if len(first.litigants) < 2 or len(first.litigants) != len(second.litigants):
        return ""
    pairs = [
        next(((one, other) for other in second.litigants if one.has_name_of(other)), None)
        for one in first.litigants
    ]
    return names(pair for pair in pairs if pair) if all(pairs) else ""


def _parties(of: Iterable[Litigant]) -> int:
    """How many parties these mentions are."""
    told: list[Litigant] = []
    for each in of:
        if not any(map(each.is_one_with, told)):
            told.append(each)
    return len(told)


def _by_agent(first: Relatable, second: Relatable) -> Related | None:
    agents = first.agents & second.agents
    if not agents or not first.cause or first.cause != second.cause:
        return None
    return Related(Link.SAME_AGENT, "、".join(sorted(agents)))


def links(
    cases: Mapping[str, Relatable], likeness: Callable[[str, str], float]
) -> dict[tuple[str, str], Related]:
    """Every linked pair of cases, ids in order; only pairs that share something are looked at."""
    sharing: dict[tuple[str, ...], list[str]] = {}
    for key, case in cases.items():
        marks: set[tuple[str, ...]] = {
            ("party", mark) for each in case.litigants for mark in each.marks
        }
        marks |= {("matter", each) for each in case.matters}
        marks |= {("number", each) for each in (*case.cites, case.number) if each}
        marks |= {("agent", case.cause, each) for each in case.agents}
        for mark in marks:
            sharing.setdefault(mark, []).append(key)
    wanted = {pair for keys in sharing.values() for pair in combinations(sorted(keys), 2)}
    found = {}
    for one, two in sorted(wanted):
        common = shared(cases[one].litigants, cases[two].litigants)
        alike = likeness(one, two) if common else 0.0
        if (link := relation(cases[one], cases[two], likeness=alike)) is not None:
            found[one, two] = link
    return found


def _cited(first: Relatable, second: Relatable) -> str | None:
    if first.number and first.number in second.cites:
        return first.number
    return second.number if second.number and second.number in first.cites else None


def chain(start: str, cases: Mapping[str, Relatable]) -> list[str]:
    """Ids of every case linked to `start` by citations, in either direction, sorted, with itself."""
    by_number: dict[str, str] = {each.number: key for key, each in cases.items() if each.number}
    links: dict[str, set[str]] = {key: set() for key in cases}
    for key, each in cases.items():
        for cited in (by_number[n] for n in each.cites if n in by_number):
            links[key].add(cited)
            links[cited].add(key)
    reached, waiting = {start}, [start]
    while waiting:
        new = links.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += sorted(new)
    return sorted(reached)


def strongest(found: Iterable[tuple[str, Related]]) -> list[tuple[str, Related]]:
    """Links in the order of the push: the strongest first, then by id."""
    return sorted(found, key=lambda each: (each[1].link, each[0]))
