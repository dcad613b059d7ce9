"""Parts that all acts on a reading share: finding it, its versions, its events and audit rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePath

from shenguan.base.approvals import services as kit
from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Refused
from shenguan.base.audit import services as audit
from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Person
from shenguan.programs.supervision import texts
from shenguan.programs.supervision.models import Draft, Review
from shenguan.rulebook import load
from shenguan.rulebook.loaders import supervision as rules
from shenguan.spine.pipeline import NewEvent, record

DRAFT = "拟签署文书"


def level_of(post: str) -> str:
    """Return 庭领导, 院领导 or 院长 by the post from which an opinion was given."""
    if post == "院长":
        return "院长"
    return "院领导" if post in {"分管副院长", "审委会专职委员"} else "庭领导"


def keep_draft(review: Review, paper: Paper) -> Draft:
    """Keep the version just attached, with its text."""
    document = review.request.documents.filter(kind=DRAFT).order_by("-id")[0]
    last = review.drafts.order_by("-number").first()
    if last is not None and last.paper_id == document.pk:
        raise Refused("上传的文书与上一版本完全相同")
    text, note = texts.text_of(paper.name, paper.data)
    number = last.number + 1 if last else 1
    return Draft.objects.create(review=review, number=number, paper=document, text=text, note=note)


def as_draft(document: str, paper: Paper) -> Paper:
    """Name every version alike, so that they follow one another."""
    return Paper(DRAFT, f"{document}{PurePath(paper.name).suffix.lower()}", paper.data)


def last_draft(review: Review) -> Draft:
    """Return the newest version."""
    return review.drafts.order_by("-number")[0]


def kind_of(kind: str) -> rules.Opinion:
    """Return a kind of opinion; raises `Refused` for none."""
    found = load().supervision.opinions.get(kind)
    if found is None:
        raise Refused("请选择意见种类")
    return found


def review_of(review_id: int) -> Review:
    """Return a reading with its request and case; raises `Refused` for none."""
    found = Review.objects.select_related(
        "request__court", "request__applicant", "case__court", "case__undertaker"
    ).filter(pk=review_id)
    if not found:
        raise Refused("没有这件阅核")
    return found[0]


def note_events(
    review: Review, events: Sequence[tuple[str, Mapping[str, str]]], person: Person, now: datetime
) -> None:
    """Record events of a reading; what was said isn\'t in them (副卷)."""
    source, on = f"阅核第{review.pk}号", day_of(now)
    new = [
        NewEvent(review.case_id, kind, on, {"review": review.pk, **payload}, source=source)
        for kind, payload in events
    ]
    kit.keep_trace(review.request, record(new, actor=str(person), now=now))


def leave_audit(review: Review, person: Person, action: str, now: datetime) -> None:
    """Leave a row in the audit chain of the case\'s court."""
    audit.append(
        chain=review.case.court.code,
        actor=str(person),
        action=f"阅核：{action}",
        subject=review.case.number,
        detail={"review": review.pk},
        now=now,
    )
