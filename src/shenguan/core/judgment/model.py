"""What is read from a judgment: values, where they stand, and why one is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value with the half-open places it was read from, or None with the reason (Chinese)."""

    value: T | None = None
    spans: tuple[Span, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """Who speaks for a party: 辩护人, 委托诉讼代理人, 法定代表人 …, with the firm where printed."""

    role: str
    name: str
    firm: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party as printed: its role before the bracket, the role below in the bracket."""

    role: str
    name: str
    role_below: str | None = None
    agents: tuple[Agent, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A name under the judgment: 审判长, 人民陪审员, 法官助理, 书记员 …"""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Statute:
    """One provision, in Arabic: 第一百三十三条之一第一款第（二）项 = 133之一, 1, 2."""

    law: str
    article: str = ""
    paragraph: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Judgment:
    """Everything contracts.md §4 asks for; `segments` are the stretches of the document."""

    court: Field[str]
    case_number: Field[str]
    court_code: Field[str]
    case_key: Field[str]
    type: Field[str]
    instance: Field[str]
    procedure: Field[str]
    procedure_basis: Field[str]
    filed_on: Field[date]
    prosecuted_on: Field[date]
    hearings: Field[tuple[date, ...]]
    judged_on: Field[date]
    prior_case_number: Field[str]
    prior_court: Field[str]
    disposition: Field[str]
    cause: Field[tuple[str, ...]]
    statutes: Field[tuple[Statute, ...]]
    parties: Field[tuple[Party, ...]]
    panel: Field[tuple[Member, ...]]
    costs: Field[float]
    appeal_days: Field[int]
    segments: Mapping[str, Field[Span]] = field(default_factory=dict)


FIELDS = tuple(f.name for f in fields(Judgment) if f.name != "segments")


def to_json(judgment: Judgment, name: str) -> dict[str, Any]:
    """One record of `read-judgment --json`: plain values, `spans`, `places` and `why`."""
    read = {key: getattr(judgment, key) for key in FIELDS}
    record: dict[str, Any] = {"id": name}
    record |= {key: _plain(each.value) for key, each in read.items()}
    segments = judgment.segments
    record["spans"] = {key: list(s.value) if s.value else None for key, s in segments.items()}
    record["places"] = {key: [list(s) for s in each.spans] for key, each in read.items()}
    whys = {key: each.why for key, each in read.items() if each.value is None}
    whys |= {f"spans.{key}": s.why for key, s in segments.items() if s.value is None}
    record["why"] = whys
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, (Agent, Party, Member, Statute)):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value
