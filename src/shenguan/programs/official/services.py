"""Loading official values, and publishing our own as frozen rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.ops import home as homes
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.core.indicator import say
from shenguan.core.indicator.model import Indicator, Library, Version
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.terms import Term
from shenguan.programs.official import reading
from shenguan.programs.official.candidates import LINEAR, Candidate
from shenguan.programs.official.compare import counter_of
from shenguan.programs.official.models import OfficialValue, Snapshot
from shenguan.rulebook import load as load_rulebook
from shenguan.spine.indicators.entered import Entry, enter
from shenguan.spine.indicators.opening import opened
from shenguan.spine.indicators.services import Question, values


def load(path: Path, *, actor: str, now: datetime) -> reading.Read:
    """Keep the values of a workbook; a value stated again by the same source replaces the earlier one."""
    found = reading.read(path, load_rulebook().library)
    with transaction.atomic():
        for row in found.rows:
            OfficialValue.objects.update_or_create(
                court=row.court,
                code=row.code,
                period_start=row.period.start,
                period_end=row.period.end,
                source=row.source,
                defaults={
                    "numerator": row.numerator,
                    "denominator": row.denominator,
                    "printed": row.printed,
                    "place": row.place,
                    "loaded_at": now,
                },
            )
        detail = {"file": path.name, "rows": len(found.rows), "errors": len(found.errors)}
        audit.append(chain="", actor=actor, action="装入外部数值", detail=detail, now=now)
    return found


def load_entered(path: Path, *, actor: str, now: datetime) -> tuple[reading.Read, int]:
    """Enter the 填报数 of a workbook (指标 期间 法院 值 来源); return what was read and how many are new."""
    found = reading.read(path, load_rulebook().library, entered=True)
    entries = [
        Entry(r.court, r.code, r.period, int(r.printed.replace(",", "")), r.source, r.place)
        for r in found.rows
    ]
    return found, enter(entries, actor=actor, now=now)


def publish(
    scope: Scope, *, court: Court, period: Period, codes: Sequence[str], now: datetime
) -> list[Snapshot]:
    """Freeze the figures of a court as they stand; raises `IndicatorError` for an unknown code."""
    home, rules = homes.current(), load_rulebook()
    answer = values(scope, Question(period, tuple(codes), where={"court": (court.pk,)}))
    counter = counter_of(scope, opened(home, rules).facts, court.pk, period)
    made = []
    with transaction.atomic():
        for row in answer.rows:
            snapshot = Snapshot(
                court=court,
                code=row.indicator.code,
                regime=row.version.regime,
                definition=fingerprint(row.indicator, row.version, rules.library),
                said=said(row.indicator, row.version, rules.library),
                period_start=period.start,
                period_end=period.end,
                as_known_at=now,
                position=answer.position,
                numerator=row.figure.numerator,
                denominator=row.figure.denominator,
                printed=row.printed,
                published_by=scope.actor,
            )
            if row.indicator.kind in LINEAR and not rules.library.needs(row.version):
                own = Candidate(row.version, own=True)
                snapshot.cases = {
                    part: sorted(counter.cases(own, term).items())
                    for part, term in parts(row.version)
                }
            snapshot.save()
            made.append(snapshot)
        detail = {"court": court.name, "period": period.text, "rows": len(made)}
        audit.append(chain="", actor=scope.actor, action="发布指标", detail=detail, now=now)
    return made


def parts(version: Version) -> list[tuple[str, Term]]:
    """Return the parts of a figure that have cases."""
    both = (("numerator", version.numerator), ("denominator", version.denominator))
    return [(name, term) for name, term in both if term is not None]


def said(indicator: Indicator, version: Version, library: Library) -> str:
    """Return the definition in words, down to the atoms."""
    found = [say.formula(indicator, version, library)]
    found += [say.atom(library.atoms[r.code]) for r in version.refs if r.code in library.atoms]
    return "；".join(found)


def fingerprint(indicator: Indicator, version: Version, library: Library) -> str:
    """Return a digest of everything a definition says; another digest is another definition."""
    atoms = [repr(library.atoms[r.code]) for r in version.refs if r.code in library.atoms]
    core = (
        indicator.kind,
        version.regime,
        version.numerator,
        version.denominator,
        version.formula,
        version.of,
        version.q,
    )
    return sha256(repr((core, atoms)).encode()).hexdigest()
