"""A court's own entry, tried out on today's cases and figures before it counts, then kept in the overlay."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from shenguan.base.audit import services as audit
from shenguan.base.ops import home
from shenguan.base.org.choices import Choices
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.rulebook import STAMP, Rulebook, checking, load
from shenguan.spine import pipeline
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.cases.states import fold_cases
from shenguan.spine.indicators.services import values
from shenguan.spine.indicators.values import Question
from shenguan.spine.timelimits.histories import due_for
from shenguan.spine.warnings.checking import look
from shenguan.spine.warnings.night import Night, Registry

EDITABLE = ("timelimits", "nodes", "warnings", "quality", "indicators")
OWN_FILE = "court.yaml"
MOST = 2000
"""Cases a trial looks at, those falling due next first; the page says when there are more."""
CHUNK = 400


class EntryRefused(ValueError):  # noqa: N818 - it names the state of the input, not a bug
    """The text is no entry of the kind; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would be different: a case (or a figure), before, after."""

    what: str
    before: str
    after: str
    case_id: int | None = None


@dataclass(slots=True)
class Trial:
    """What an entry would do: its mistakes, the changes found, how many cases were looked at of how many.

    `elsewhere`: examples of other rules that no longer come out, because theirs lead into this one.
    """

    mistakes: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    changes: list[Change] = field(default_factory=list)
    looked: int = 0
    total: int = 0


def parse(text: str, entry_id: str) -> dict[str, Any]:
    """Read an entry as the form gives it; raises `EntryRefused` with the line."""
    try:
        entry = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else ""
        raise EntryRefused(f"{place}格式有误，请检查缩进、冒号和括号") from error
    if not isinstance(entry, dict):
        raise EntryRefused("应为“栏目: 内容”一行一项")
    if str(entry.get("id", entry_id)) != entry_id:
        raise EntryRefused(f"编号不能改，应为 {entry_id}")
    return entry


@contextmanager
def _overlaid(kind: str, entry_id: str, entry: Mapping[str, Any]) -> Iterator[Path]:
    """Give a folder with the court's overlay and the entry in it, for as long as it is tried."""
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder) / "overlay"
        own = home.overlay()
        if own:
            shutil.copytree(own, tried)
        put(tried, kind, entry_id, entry)
        yield tried


def put(overlay: Path, kind: str, entry_id: str, entry: Mapping[str, Any]) -> None:
    """Write an entry into an overlay, whole or not at all; a process at work sees it at its next look."""
    if kind == "indicators":
        target, content = overlay / kind / f"{entry_id}.yaml", {entry_id: dict(entry)}
    else:
        target = overlay / kind / OWN_FILE
        kept = yaml.safe_load(target.read_text("utf-8")) or [] if target.exists() else []
        others = [one for one in kept if _version(one) != (entry_id, entry.get("valid_from"))]
        content = [*others, {"id": entry_id, **entry}]  # type: ignore[assignment]
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    os.replace(fresh, target)
    stamp = overlay / STAMP
    if not stamp.exists():
        stamp.write_text("{}", encoding="utf-8")
    os.utime(stamp)


def _version(entry: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return what tells one version of an entry from another: a later one never rewrites the past."""
    return entry.get("id"), entry.get("valid_from")


def try_out(scope: Scope, kind: str, entry_id: str, entry: Mapping[str, Any], on: date) -> Trial:
    """Check an entry and its examples, then say which cases and figures in scope it would change."""
    with _overlaid(kind, entry_id, entry) as overlay:
        trial = Trial(*_mistakes(overlay, kind, entry_id))
        if not trial.mistakes:
            new = load(overlay)
            if kind == "timelimits":
                _dues(scope, new, on, trial)
            elif kind in {"warnings", "nodes"}:
                _levels(scope, new, on, trial)
            elif kind == "indicators":
                _figures(scope, new, entry_id, on, trial)
    return trial


def _mistakes(overlay: Path, kind: str, entry_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is wrong with the entry (or the whole kind), and which examples of others changed.

    Examples name the entry they belong to first; a kind that can't be read names none.
    """
    before = set(checking.check(home.overlay(), [kind])[0].mistakes)
    (report,) = checking.check(overlay, [kind])
    fresh = [one for one in report.mistakes if one not in before]
    others = [one for one in fresh if " 例" in one and not one.startswith(f"{entry_id} ")]
    return tuple(one for one in fresh if one not in others), tuple(others)


def _looked_at(scope: Scope, trial: Trial) -> list[int]:
    cases = visible_cases(scope).filter(closed_on=None)
    trial.total = cases.count()
    ids = list(cases.order_by("clock__governing_due", "pk").values_list("pk", flat=True)[:MOST])
    trial.looked = len(ids)
    return ids


def _dues(scope: Scope, new: Rulebook, on: date, trial: Trial) -> None:
    old, choices = load(), Choices()
    ids = _looked_at(scope, trial)
    for start in range(0, len(ids), CHUNK):
        for entry in fold_cases(ids[start : start + CHUNK]):
            before, after = (due_for(entry, book, choices, on).due for book in (old, new))
            if before != after:
                trial.changes.append(
                    Change(entry.number, f"{before or '—'}", f"{after or '—'}", entry.case_id)
                )


def _levels(scope: Scope, new: Rulebook, on: date, trial: Trial) -> None:
    registry = Registry()
    registry.rulebook = new
    ids = _looked_at(scope, trial)
    numbers = dict(Case.objects.filter(pk__in=ids).values_list("pk", "number"))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        before, after = _standing(Night(on), part), _standing(Night(on, None, registry), part)
        for pk in part:
            for key in sorted(before[pk].keys() | after[pk].keys()):
                old, late = before[pk].get(key, ""), after[pk].get(key, "")
                if old != late:
                    what = f"{numbers[pk]} {key}"
                    trial.changes.append(Change(what, old or "无预警", late or "无预警", pk))


def _standing(night: Night, ids: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    for one in look(night, ids, {}):
        for standing in one.found.standing:
            if standing.level:
                found[one.seen.case_id][standing.rule.name] = standing.level
    return found


def _figures(scope: Scope, new: Rulebook, code: str, on: date, trial: Trial) -> None:
    year = Period.parse(str(on.year))
    question = Question(year, (code,), by=("court",))
    try:
        before = _printed(scope, question, load())
    except IndicatorError:
        before = {}
    after = _printed(scope, question, new)
    trial.looked = trial.total = len(after)
    for label in after:
        if before.get(label, "—") != after[label]:
            trial.changes.append(
                Change(f"{label} {on.year}年", before.get(label, "—"), after[label])
            )


def _printed(scope: Scope, question: Question, book: Rulebook) -> dict[str, str]:
    rows = values(scope, question, rulebook=book).rows
    return {
        "、".join(row.labels[key] for key in row.keys): (
            f"{row.printed}（{row.figure.numerator}/{row.figure.denominator}）"
        )
        for row in rows
    }


def keep(
    kind: str,
    entry_id: str,
    entry: Mapping[str, Any],
    *,
    basis: str,
    court: str,
    actor: str,
    now: datetime,
) -> None:
    """Put an entry that has passed its own examples into the court's overlay; raises `EntryRefused`.

    A changed time limit moves its open cases at once; warnings and figures follow with the next night.
    """
    if not basis.strip():
        raise EntryRefused("请写明依据（如本院文件文号）")
    with _overlaid(kind, entry_id, entry) as tried:
        if mistakes := _mistakes(tried, kind, entry_id)[0]:
            raise EntryRefused("；".join(mistakes[:5]))
    overlay = home.current() / home.OVERLAY
    overlay.mkdir(exist_ok=True)
    put(overlay, kind, entry_id, entry)
    detail = {"basis": basis.strip(), "entry": yaml.safe_dump(dict(entry), allow_unicode=True)}
    audit.append(
        chain=court,
        actor=actor,
        action="修改规则库",
        subject=f"{kind} {entry_id}",
        detail=detail,
        now=now,
    )
    if kind == "timelimits":
        open_cases = Case.objects.filter(closed_on=None, visible=True)
        ids = list(open_cases.values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            pipeline.refresh(ids[start : start + CHUNK], now=now)
