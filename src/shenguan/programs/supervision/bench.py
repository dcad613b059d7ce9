"""Who decides a case, and who may therefore not read its decision."""

from __future__ import annotations

from shenguan.base.org.models import Person
from shenguan.spine.cases.bench import ALONE, bench_of
from shenguan.spine.cases.models import Case, Event

__all__ = ["ALONE", "barred_of", "bench_of"]

RECUSED = "回避决定"


def barred_of(case: Case) -> dict[int, str]:
    """Return who may not read the case's decision, by id: its bench, and who was recused from it."""
    found = {person.pk: "本案审判组织成员不阅核自己的案件" for person, _role in bench_of(case)}
    decided = Event.objects.filter(case=case, kind=RECUSED, voided_by=None)
    names = {
        payload.get("person")
        for payload in decided.values_list("payload", flat=True)
        if "驳回" not in str(payload.get("result") or "")
    }
    people = Person.objects.filter(court=case.court_id, name__in=[n for n in names if n])
    return found | dict.fromkeys(people.values_list("pk", flat=True), "在本案中已经回避")
