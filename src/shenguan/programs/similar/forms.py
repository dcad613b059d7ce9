"""Reading what was posted into values; nothing here ever becomes a query string of the index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, QueryDict

from shenguan.core.similar.model import Filters
from shenguan.programs.similar.reading import Reader
from shenguan.programs.similar.search import AUTHORITY, LIKENESS
from shenguan.programs.similar.services import Searched, link
from shenguan.spine.cases.asking import whole_numbers

LEVELS = ("最高", "高级", "中级", "基层")
CLASSES = ("刑事", "民事", "行政", "赔偿", "执行")
MOST_FINDINGS = 12
LONGEST = 20_000
_SHORT = 300
_JUDGED = ("entry", "verdict", "reason", "followed", "points")


def read_filters(post: Mapping[str, str], reader: Reader) -> Filters:
    """The filters of the query page; what isn't understood narrows nothing."""

    def one(name: str, allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = (post.get(name) or "").strip()[:_SHORT]
        return (value,) if value and (not allowed or value in allowed) else ()

    return Filters(
        causes=reader.any_causes(one("only_cause")),
        statutes=one("statute"),
        courts=one("court"),
        levels=one("level", LEVELS),
        case_classes=one("class", CLASSES),
        dispositions=one("disposition"),
        keywords=reader.keywords((post.get("keywords") or "")[:_SHORT]),
        since=read_day(post.get("since")),
        until=read_day(post.get("until")),
    )


def read_day(given: str | None) -> date | None:
    """A day as the browser sends it; None for anything else."""
    try:
        return date.fromisoformat((given or "").strip())
    except ValueError:
        return None


def read_order(post: Mapping[str, str]) -> str:
    """Likeness unless authority is asked for."""
    return AUTHORITY if post.get("order") == AUTHORITY else LIKENESS


def read_text(post: Mapping[str, str]) -> str:
    """The text to search with."""
    return (post.get("text") or "").strip()[:LONGEST]


def read_search(post: QueryDict) -> Searched:
    """The search record as written; raises `Incomplete` for an address that is none."""
    none_found = post.get("none_found") == "1"
    findings = [] if none_found else list(_findings(post))
    return Searched(
        sources=[each[:60] for each in post.getlist("source") if each.strip()],
        method=(post.get("method") or "").strip()[:_SHORT],
        query=(post.get("query") or "").strip()[:_SHORT],
        issues=(post.get("issues") or "").strip()[:2_000],
        findings=findings,
        none_found=none_found,
    )


def _findings(post: QueryDict) -> list[dict[str, str]]:
    found = []
    for number in range(1, MOST_FINDINGS + 1):
        row = {
            key: (post.get(f"{key}_{number}") or "").strip()[:1_000]
            for key in ("case", "entry", "verdict", "reason", "followed", "points")
        }
        if row["case"] == post.get(f"offered_{number}") and not any(map(row.get, _JUDGED)):
            continue  # offered by the search, and left as it was
        row["link"] = link(post.get(f"link_{number}") or "")
        row["case"] = row["case"] or row["entry"]
        if any(row.values()):
            found.append({key: value for key, value in row.items() if value})
    return found


def chosen(request: HttpRequest, name: str) -> list[int]:
    """Ids ticked in a form."""
    return whole_numbers(request.POST.getlist(name))[:500]
