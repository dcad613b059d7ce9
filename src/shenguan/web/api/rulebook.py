"""The rulebook in the words of court staff: kinds, entries, one entry with law and examples."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router

from shenguan.base.ops import home
from shenguan.programs.ruling import reading
from shenguan.web.api.shared import Words

router = Router(by_alias=True)


class KindOut(Words):
    """A kind of rule."""

    kind: str = Field(alias="种类")
    name: str = Field(alias="名称")


class EntryOut(Words):
    """One rule; 本院 tells whether the court has made it its own."""

    id: str = Field(alias="编号")
    name: str = Field(alias="名称")
    status: str = Field(alias="依据状态")
    law: list[str] = Field(alias="依据")
    own: bool = Field(alias="本院")


class WholeEntry(EntryOut):
    """A rule with all it says and its examples."""

    parts: dict[str, Any] = Field(alias="内容")
    examples: list[dict[str, str]] = Field(alias="示例")


def _told(one: reading.Entry) -> dict[str, Any]:
    return {
        "编号": one.id,
        "名称": one.name,
        "依据状态": one.status,
        "依据": list(one.law),
        "本院": one.own,
    }


def _entries(kind: str) -> list[reading.Entry]:
    if kind not in reading.kinds():
        raise Http404
    return reading.read(kind, home.overlay())


@router.get("", response=list[KindOut], summary="规则种类")
def kinds(request: HttpRequest) -> list[dict[str, str]]:
    """List the kinds of rule."""
    return [{"种类": kind, "名称": name} for kind, name in reading.kinds().items()]


@router.get("/{str:kind}", response=list[EntryOut], summary="规则一览")
def entries(request: HttpRequest, kind: str) -> list[dict[str, Any]]:
    """List the rules of a kind, the court's own on top of the nation's."""
    return [_told(one) for one in _entries(kind)]


@router.get("/{str:kind}/{str:entry_id}", response=WholeEntry, summary="规则")
def entry(request: HttpRequest, kind: str, entry_id: str) -> dict[str, Any]:
    """Return one rule with its law and examples."""
    for one in _entries(kind):
        if one.id == entry_id:
            told = [{"说明": say, "内容": rest} for say, rest in one.examples]
            return _told(one) | {"内容": dict(one.parts), "示例": told}
    raise Http404
