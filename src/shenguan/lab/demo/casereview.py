"""Demo city: one review carried through to rectification, one on its way, one plan not yet drawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from shenguan.base.accounts.models import Account
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.base.org.scope import Scope
from shenguan.programs.casereview import clocks, planning, services
from shenguan.programs.casereview.models import Finding, Issue, Item, Plan
from shenguan.programs.casereview.planning import Planned
from shenguan.programs.casereview.services import Decided, Marked
from shenguan.rulebook import load

MOST = 14
_SAID = "卷内记载明确，按评查表扣分。"


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Plan, draw, score, answer and decide through the program's services."""
    office = (
        Account.objects.filter(person__appointments__post="审管办主任", person__court__code__startswith="示")
        .select_related("person__court").order_by("person__court__order", "pk").first()
    )  # fmt: skip
    if Plan.objects.exists() or office is None:
        return "案件评查：没有生成"
    court, person = office.person.court, office.person
    began = now - timedelta(days=24)
    first = _plan(court, person, began, on, "常规评查（上一季度）", Decimal(3))
    planning.draw(Scope.everything("示范"), first, f"2026-{seed:04d}", person=person, now=began)
    first.refresh_from_db()
    for place, item in enumerate(_items(first)):
        _carry(item, place, court, person, now)
    topical = Planned(
        "裁判说理专项评查", "special", "裁判说理", wanted={**first.wanted, "classes": ["民事"]},
        strata=["procedure"], rate=Decimal(10),
    )  # fmt: skip
    planning.make_plan(court, topical, person=person, now=now)
    clocks.run(on, now)
    return f"案件评查：方案2个，评查案件{first.items.count()}件，问题{Issue.objects.count()}条"


def _plan(court: Court, person: Person, now: datetime, on: date, name: str, rate: Decimal) -> Plan:
    wanted = {"from": str(on - timedelta(days=150)), "to": str(on - timedelta(days=25))}
    what = Planned(
        name, "regular", wanted=wanted, strata=["case_class"], rate=rate, minimum=1, second=50
    )
    return planning.make_plan(court, what, person=person, now=now)


def _items(plan: Plan) -> list[Item]:
    rows = plan.items.filter(state=Item.State.SCORING)
    known = Account.objects.values("person")
    every = rows.select_related(
        "plan__court", "case__court", "case__division", "case__team", "judge"
    )
    return [*every.filter(judge__in=known)[:4], *every.exclude(judge__in=known)[: MOST - 4]]


def _carry(item: Item, place: int, court: Court, office: Person, now: datetime) -> None:
    """Carry a case as far as its place says: scored, answered, decided, put right, checked."""
    if place % 7 == 6:
        return
    for sheet in item.sheets.filter(replaced="").select_related("item__plan__court", "reviewer"):
        marked = _marked(item, place + 3 * sheet.second)
        services.submit_score(
            sheet, marked, _SAID, person=sheet.reviewer, now=now - timedelta(days=12)
        )
    item.refresh_from_db()
    if place % 7 in {0, 5} or item.judge is None:
        return
    objects = place % 7 == 2
    services.reply(
        item, "异议" if objects else "认可", "送达地址已由当事人确认，卷内另有记载。" if objects else "",
        person=item.judge, now=now - timedelta(days=9), reason="A1" if objects else "",
    )  # fmt: skip
    member = _member(court, item, now.date())
    if place % 7 == 1 or member is None:
        return
    upheld = set(Finding.objects.filter(sheet__item=item).values_list("pk", flat=True))
    services.decide(
        item, Decided(upheld, "同意评查意见。", "评查委员会第1次会议"),
        person=member, now=now - timedelta(days=6),
    )  # fmt: skip
    _rectified(item, place, office, now)


def _rectified(item: Item, place: int, office: Person, now: datetime) -> None:
    for number, issue in enumerate(item.issues.select_related("item__plan__court", "item__case")):
        if place % 7 == 3 and item.judge is not None:
            services.rectify(
                issue, "已补正并组织学习。", person=item.judge, now=now - timedelta(days=3)
            )
            if number == 0:
                services.check(issue, "材料齐全。", passed=True, person=office, now=now)


def _marked(item: Item, place: int) -> list[Marked]:
    rules = load().casereview.sheets[item.sheet].items
    entries = list(rules.values())
    chosen = [entries[place % len(entries)], entries[-1 - place % 2]]
    found = {}
    for entry in chosen:
        deduction = next(d for d in entry.deductions.values() if not d.bars)
        found[entry.id, deduction.id] = Marked(
            entry.id, deduction.id, f"正卷第{place + 3}页", 1 + place % 2, "见卷"
        )
    return list(found.values())


def _member(court: Court, item: Item, on: date) -> Person | None:
    posts = load().casereview.lists["committee"]
    held = Appointment.objects.filter(in_force(on), court=court, post__in=posts)
    people = Person.objects.filter(pk__in=held.values("person")).order_by("pk")
    return next((one for one in people if services.may_decide(item, one, on)), None)
