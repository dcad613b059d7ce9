"""The rulebook in the words of court staff: kinds, entries, one entry with law and examples."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router

from shenguan.base.ops import home
from shenguan.programs.ruling import reading, trying
from shenguan.programs.ruling.views import ACT
from shenguan.web.api.shared import Who, Words, refusing, unreadable

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


class EntryIn(Words):
    """The court's own entry as YAML (`栏目: 内容`), as on the page."""

    text: str = Field(alias="条文", min_length=1, max_length=20_000)


class KeepIn(EntryIn):
    """An entry to be kept, with the paper it rests on."""

    basis: str = Field(alias="依据", min_length=1, max_length=200)


class TrialOut(Words):
    """What an entry would change, in cases and figures within one's scope."""

    mistakes: list[str] = Field(alias="错误")
    elsewhere: list[str] = Field(alias="影响其他规则的示例")
    looked: int = Field(alias="已试算")
    total: int = Field(alias="应试算")
    changes: list[dict[str, Any]] = Field(alias="变化")


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


def _editor(request: HttpRequest, kind: str, entry_id: str) -> Who:
    who = Who(request)
    who.must(ACT)
    if kind not in trying.EDITABLE or all(one.id != entry_id for one in _entries(kind)):
        raise Http404
    return who


@router.post("/{str:kind}/{str:entry_id}/try", response=TrialOut, summary="试算规则")
def try_out(request: HttpRequest, kind: str, entry_id: str, given: EntryIn) -> dict[str, Any]:
    """Say which cases and figures an entry of one's own would change; nothing is kept."""
    who = _editor(request, kind, entry_id)
    with unreadable(trying.EntryRefused):
        changed = trying.parse(given.text, entry_id)
    trial = trying.try_out(who.scope, kind, entry_id, changed, who.today)
    return {
        "错误": list(trial.mistakes),
        "影响其他规则的示例": list(trial.elsewhere),
        "已试算": trial.looked,
        "应试算": trial.total,
        "变化": [
            {"事项": one.what, "案件编号": one.case_id, "现为": one.before, "变为": one.after}
            for one in trial.changes
        ],
    }


@router.post("/{str:kind}/{str:entry_id}/keep", response=EntryOut, summary="按本院规则执行")
def keep(request: HttpRequest, kind: str, entry_id: str, given: KeepIn) -> dict[str, Any]:
    """Keep an entry that has passed its own examples as one's court's; cases move at once."""
    who = _editor(request, kind, entry_id)
    with unreadable(trying.EntryRefused):
        changed = trying.parse(given.text, entry_id)
    with refusing(trying.EntryRefused):
        trying.keep(
            kind, entry_id, changed, basis=given.basis, court=who.person.court.code,
            actor=str(who.person), now=who.now,
        )  # fmt: skip
    return next(_told(one) for one in _entries(kind) if one.id == entry_id)
