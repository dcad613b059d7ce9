"""What a review waits for: scoring, the judge's reply, the committee, rectification, its check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet

from shenguan.base.inbox.owed import Clock, Owed, still_standing
from shenguan.base.inbox.roster import Place
from shenguan.programs.casereview.models import Issue, Item, Plan, Sheet
from shenguan.rulebook import load

SCORING, REPLYING, DECIDING = "评查待评分", "评查待答复", "评查待审议"
RECTIFYING, CHECKING = "评查待整改", "评查待验收"


_KINDS = (SCORING, REPLYING, DECIDING, RECTIFYING, CHECKING)
Matter = tuple[str, list[Owed]]


def clock_of(now: datetime, on: date | None = None) -> Clock:
    """Return the obligations of reviews on a day."""
    return Clock(load().casereview.obligations, now, on)


def bring_items(items: QuerySet[Item], *, now: datetime) -> None:
    """Bring what waits about cases under review up to this moment."""
    clock_of(now).bring(dict(_of_items(items)), _KINDS)


def bring_issues(issues: QuerySet[Issue], *, now: datetime) -> None:
    """Bring what waits about issues up to this moment."""
    clock_of(now).bring(dict(_of_issues(issues)), _KINDS)


def run(on: date, now: datetime) -> int:
    """Bring everything that waits up to the day: the nightly source. Returns how many were looked at."""
    ended = (Item.State.DECIDED, Item.State.UNASSIGNED)
    items = Item.objects.exclude(state__in=ended) | Item.objects.filter(
        pk__in=still_standing(_KINDS, "reviewitem")
    )
    issues = Issue.objects.exclude(state=Issue.State.DONE) | Issue.objects.filter(
        pk__in=still_standing(_KINDS, "reviewissue")
    )
    matters = {**dict(_of_items(items)), **dict(_of_issues(issues))}
    clock_of(now, on).bring(matters, _KINDS)
    return len(matters)


def _of_items(items: QuerySet[Item]) -> Iterator[Matter]:
    """Yield sheets apart from their case: a reviewer's matter is nobody else's to see."""
    rows = items.select_related("case", "plan").prefetch_related("sheets").order_by("pk")
    for item in rows:
        yield f"reviewitem:{item.pk}", list(_about(item))
        for sheet in item.sheets.all():
            yield _of_sheet(item, sheet)


def _about(item: Item) -> Iterator[Owed]:
    waits = {Item.State.REPLY: REPLYING, Item.State.DECISION: DECIDING}
    kind = waits.get(Item.State(item.state))
    if kind and item.plan.state == Plan.State.RUNNING:
        case = item.case
        place = Place(item.plan.court_id, case.division_id, item.judge_id)
        words = {"number": case.number}
        yield Owed(kind, item.since, place, words, confidentiality=case.confidentiality)


def _of_sheet(item: Item, sheet: Sheet) -> Matter:
    owed = []
    open_plan = item.plan.state == Plan.State.RUNNING
    if open_plan and sheet.submitted_at is None and not sheet.replaced:
        place = Place(item.plan.court_id, None, sheet.reviewer_id)
        owed.append(
            Owed(SCORING, sheet.given_on, place, {"number": item.case.number},
                 people={"评查人": lambda: [sheet.reviewer_id]},
                 confidentiality=item.case.confidentiality)
        )  # fmt: skip
    return f"reviewsheet:{sheet.pk}", owed


def _of_issues(issues: QuerySet[Issue]) -> Iterator[Matter]:
    codes = load().casereview.issues
    for issue in issues.select_related("item__case", "item__plan").order_by("pk"):
        item, case = issue.item, issue.item.case
        name = codes[issue.code].name if issue.code in codes else issue.code
        place = Place(item.plan.court_id, case.division_id, item.judge_id)
        words, owed = {"number": case.number, "issue": name}, []
        if issue.state == Issue.State.OPEN:
            owed.append((RECTIFYING, issue.opened_on))
        elif issue.state == Issue.State.REPORTED and issue.reported_on:
            owed.append((CHECKING, issue.reported_on))
        yield (
            f"reviewissue:{issue.pk}",
            [
                Owed(kind, since, place, words, confidentiality=case.confidentiality)
                for kind, since in owed
            ],
        )
