"""Papers of a request: kept by hash, version upon version, never replaced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from shenguan.base.approvals.models import Content, Document, Request
from shenguan.base.org.models import Person

LARGEST = 20 * 1024 * 1024
SUFFIXES = frozenset(
    {
        *(".pdf", ".doc", ".docx", ".wps", ".ofd", ".jpg", ".jpeg", ".png", ".xlsx"),
        *(".txt", ".html", ".htm"),
    }
)


class PaperRefused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """A file that isn't taken; the message names file and reason."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it came: its kind (of the procedure's list), its name, its bytes."""

    kind: str
    name: str
    data: bytes


def attach(request: Request, papers: Iterable[Paper], *, person: Person, now: datetime) -> None:
    """Add papers; one of a kind and name already there becomes its next version."""
    for paper in papers:
        _check(paper)
        digest = hashlib.sha256(paper.data).hexdigest()
        content, _made = Content.objects.get_or_create(sha256=digest, defaults={"data": paper.data})
        same = request.documents.filter(kind=paper.kind, name=paper.name)
        last = same.order_by("-version").first()
        if last and last.content_id == digest:
            continue
        Document.objects.create(
            request=request,
            kind=paper.kind,
            name=paper.name,
            version=last.version + 1 if last else 1,
            content=content,
            size=len(paper.data),
            added_by=person,
            added_at=now,
        )


def digest_of(request: Request) -> str:
    """Return the SHA-256 of what is asked, why, and of every paper: what a decision rests on."""
    papers = request.documents.order_by("pk").values_list("kind", "name", "version", "content")
    content = [
        request.procedure,
        request.round,
        request.asked,
        request.reasons,
        request.detail,
        [list(row) for row in papers],
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _check(paper: Paper) -> None:
    if PurePath(paper.name).suffix.lower() not in SUFFIXES:
        kinds = "、".join(sorted(s.lstrip(".") for s in SUFFIXES))
        raise PaperRefused(f"文件“{paper.name}”的格式不收，可用：{kinds}")
    if not paper.data:
        raise PaperRefused(f"文件“{paper.name}”是空的")
    if len(paper.data) > LARGEST:
        raise PaperRefused(f"文件“{paper.name}”超过20MB")
