"""Related cases of a case in the registry: chain of instances, shared parties, contract, agents, series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from shenguan.base.org.scope import Scope
from shenguan.core.similar import series
from shenguan.core.similar.model import cite_key
from shenguan.core.similar.related import NAMES, Link, Relatable, matters, relation
from shenguan.core.similar.series import Filed, Litigant, party_name
from shenguan.programs.similar.models import Pleading
from shenguan.programs.similar.push import pleaded
from shenguan.spine.cases.models import Case, Party
from shenguan.spine.cases.selectors import chain, visible_cases

MOST = 50
_FORMS = ("", "公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
_PROSECUTOR = "检察院"


@dataclass(frozen=True, slots=True)
class Kin:
    """A related case: how it is linked, by what, whether only by name (possible).

    `likeness` of the pleaded facts is None where one side has none on record.
    """

    case: Case
    link: str
    because: str
    possible: bool
    likeness: float | None = None


def related(scope: Scope, case: Case) -> list[Kin]:
    """Cases the scope shows that are linked to one, the strongest link first."""
    linked = {each.pk: each for each in chain(scope, case.pk) if each.pk != case.pk}
    others = {each.pk: each for each in _sharing(scope, case)} | linked
    cases = [case, *others.values()]
    texts, parties = texts_of(cases), parties_of(cases)
    own = _relatable(case, parties, texts)
    found = [
        kin
        for other in others.values()
        if (kin := _kin(own, other, parties, texts, in_chain=other.pk in linked)) is not None
    ]
    order = list(NAMES.values())
    return sorted(found, key=lambda k: (order.index(k.link), -(k.likeness or 0), k.case.pk))[:MOST]


def _sharing(scope: Scope, case: Case) -> Iterable[Case]:
    """Cases with a party or an agent of the same name, or a pleading that names the same matter."""
    names = {
        bare + form
        for name in Party.objects.filter(case=case).values_list("name", flat=True)
        if _PROSECUTOR not in name and len(name) > 1
        for bare in {name, party_name(name)}
        for form in _FORMS
    }
    keys = Party.objects.filter(case=case).exclude(key="").values("key")
    with_party = Party.objects.filter(Q(name__in=names) | Q(key__in=keys)).values("case_id")
    marks = [mark for text in texts_of([case]).values() for mark in matters(text)]
    with_matter = Q(pk__in=_naming(case, marks)) if marks else Q(pk=None)
    wanted = Q(pk__in=with_party) | with_matter
    return (
        visible_cases(scope)
        .filter(wanted)
        .exclude(pk=case.pk)
        .select_related("court")
        .order_by("-filed_on", "pk")[: 4 * MOST]
    )


def _naming(case: Case, marks: Sequence[str]) -> list[int]:
    """Cases whose pleadings may name one of these matters; `relation` reads them exactly."""
    wanted = Q()
    for mark in marks[:10]:
        wanted |= Q(text__icontains=mark[-4:])
    rows = Pleading.objects.filter(wanted).exclude(case=case)
    return list(rows.values_list("case_id", flat=True)[:MOST])


def _kin(
    own: Relatable,
    other: Case,
    parties: Mapping[int, Sequence[Party]],
    texts: Mapping[int, str],
    *,
    in_chain: bool,
) -> Kin | None:
    alike = _likeness(own, other, parties, texts)
    found = relation(own, _relatable(other, parties, texts), likeness=alike or 0.0)
    if in_chain and (found is None or found.link is not Link.CITES):
        return Kin(other, NAMES[Link.CITES], "同一纠纷的审级链", possible=False, likeness=alike)
    if found is None:
        return None
    return Kin(other, NAMES[found.link], found.because, found.link.possible, alike)


def _likeness(
    own: Relatable, other: Case, parties: Mapping[int, Sequence[Party]], texts: Mapping[int, str]
) -> float | None:
    first, second = texts.get(int(own.id), ""), texts.get(other.pk, "")
    if not first or not second:
        return None
    masks = (
        series.masked(Filed("", text, litigants=litigants_of(parties.get(pk, ()))))
        for pk, text in ((int(own.id), first), (other.pk, second))
    )
    one, two = (series.shingles(each) for each in masks)
    return round(series.likeness(one, two), 3)


def _relatable(
    case: Case, parties: Mapping[int, Sequence[Party]], texts: Mapping[int, str]
) -> Relatable:
    prior = cite_key(case.prior_court_name or case.court.name, case.prior_key)
    return Relatable(
        id=str(case.pk),
        number=cite_key(case.court.name, case.number_key),
        cites=frozenset({prior} if case.prior_key else ()),
        cause=case.cause,
        litigants=litigants_of(parties.get(case.pk, ())),
        matters=matters(texts.get(case.pk, "")),
        agents=frozenset(_agents(parties.get(case.pk, ()))),
    )


def litigants_of(parties: Iterable[Party]) -> tuple[Litigant, ...]:
    """Parties as they tell cases apart, without the prosecutor."""
    return tuple(Litigant(p.name, p.role, p.key) for p in parties if _PROSECUTOR not in p.name)


def _agents(parties: Iterable[Party]) -> Iterator[str]:
    for party in parties:
        for agent in party.agents:
            if isinstance(agent, Mapping) and (name := str(agent.get("name") or "")):
                yield name


def parties_of(cases: Sequence[Case]) -> dict[int, list[Party]]:
    """The parties of each case that has any."""
    found: dict[int, list[Party]] = {}
    for party in Party.objects.filter(case__in=[each.pk for each in cases]).order_by("seq"):
        found.setdefault(party.case_id, []).append(party)
    return found


def texts_of(cases: Sequence[Case]) -> dict[int, str]:
    """What is pleaded now in each case that has pleadings."""
    found: dict[int, list[Pleading]] = {}
    for each in Pleading.objects.filter(case__in=[case.pk for case in cases]):
        found.setdefault(each.case_id, []).append(each)
    return {pk: pleaded(held) for pk, held in found.items()}


def same_series(scope: Scope, case: Case) -> list[Kin]:
    """Cases that may form a series with one: one party on one side, the same cause, facts alike if known.

    Facts are known where pleadings are on record; without them court and cause decide, and it says so.
    """
    found = []
    for kin in related(scope, case):
        if kin.case.cause != case.cause or kin.link == NAMES[Link.CITES]:
            continue
        if kin.likeness is not None and kin.likeness < series.WITH_PARTY:
            continue
        known = kin.likeness is not None
        say = f"事实相近度 {kin.likeness:.0%}" if known else "未录入诉辩内容，仅按当事人、案由"
        found.append(Kin(kin.case, kin.link, f"{kin.because}；{say}", not known, kin.likeness))
    return found
