"""What every router of the interface needs: who asks, pages of lists, words as fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError
from pydantic import ConfigDict

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock

PAGE, MOST = 100, 1000


class Words(Schema):
    """A record under its official Chinese names; made from a mapping with these names."""

    model_config = ConfigDict(populate_by_name=True)


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
