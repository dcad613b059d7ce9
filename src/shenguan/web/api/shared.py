"""What every router of the interface needs: who asks, pages of lists, words as fields."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.errors import HttpError
from pydantic import ConfigDict

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.approvals.papers import LARGEST, Paper
from shenguan.base.ops import clock

PAGE, MOST = 100, 1000
FILE = {
    "responses": {
        200: {
            "description": "文件",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    }
}
"""What the document says of an address that hands a file out."""


Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The number of a record, as large as the database takes."""


class Words(Schema):
    """A record under its official Chinese names; made from a mapping with these names."""

    model_config = ConfigDict(populate_by_name=True)


Row = TypeVar("Row")


class Page(Words, Generic[Row]):
    """Part of a list; `总数` counts all of it."""

    total: int = Field(alias="总数")
    start: int = Field(alias="起")
    rows: list[Row] = Field(alias="条目")


class Part(Words):
    """Which part of a list is asked for."""

    start: int = Field(0, alias="起", ge=0, le=10**7)
    size: int = Field(PAGE, alias="条数", ge=1, le=MOST)


class Made(Words):
    """The number of what was made or acted on."""

    id: int = Field(alias="编号")


class Attachment(Words):
    """A file in a request: its kind, its name, its bytes in Base64."""

    kind: str = Field("其他材料", alias="种类", max_length=40)
    name: str = Field(alias="文件名", min_length=1, max_length=200)
    content: str = Field(alias="内容", description="Base64", max_length=LARGEST * 4 // 3 + 4)

    def paper(self, kind: str = "") -> Paper:
        """Return the file; answers 422 where the content isn't Base64."""
        try:
            return Paper(kind or self.kind, self.name, b64decode(self.content, validate=True))
        except ValueError:
            raise HttpError(422, f"附件“{self.name}”的内容不是 Base64") from None


class Who:
    """Whoever asks, and the moment of asking."""

    def __init__(self, request: HttpRequest) -> None:
        self.access: Access = access(request)
        self.scope = self.access.scope
        self.person = self.access.account.person
        self.now: datetime = clock.now()
        self.today: date = clock.day_of(self.now)

    def must(self, *acts: str) -> None:
        """Answer 403 unless one of `acts` is among those of the posts and the token."""
        if self.access.acts.isdisjoint(acts):
            raise HttpError(403, f"没有此项职责（{'、'.join(acts)}）")

    def token_for(self, *acts: str) -> None:
        """Answer 403 for a token limited to other acts; who may act is seen to by the service."""
        only = self.access.only
        if only is not None and only.isdisjoint(acts):
            raise HttpError(403, f"接口令牌未含此项职责（{'、'.join(acts)}）")


def checked(form: Form) -> None:
    """Answer 422 with what is wrong in a page's own form, field by field."""
    if not form.is_valid():
        said = (f"{form.fields[key].label}：{why[0]}" for key, why in form.errors.items())
        raise HttpError(422, "；".join(said))


@contextmanager
def unreadable(*problems: type[Exception]) -> Iterator[None]:
    """Answer 422 with the words of what can't be read."""
    try:
        yield
    except problems as problem:
        raise HttpError(422, str(problem)) from problem


@contextmanager
def refusing(*problems: type[Exception]) -> Iterator[None]:
    """Answer 409 with the words of a refusal."""
    try:
        yield
    except problems as problem:
        raise HttpError(409, str(problem)) from problem


def page_of(
    rows: QuerySet[Any] | Sequence[Any],
    start: int,
    size: int,
    told: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """Return one page: 总数, 起, 条目."""
    size = min(max(size, 1), MOST)
    start = max(start, 0)
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return {"总数": total, "起": start, "条目": [told(row) for row in rows[start : start + size]]}
