"""Reads `timelimits/*.yaml` (limits) and `timelimits/exclusions.yaml` (what isn't counted).

An overlay's entry with the same id and valid_from replaces the nation's; with a later valid_from
it ends the earlier version the day before, so that the past isn't rewritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shenguan.core.timelimit import rule as r
from shenguan.core.timelimit import vocabulary
from shenguan.core.timelimit.examples import Example, example_from
from shenguan.rulebook.reading import read_yaml

FOLDER = "timelimits"
EXCLUSIONS = "exclusions.yaml"
STATUSES = ("official", "local", "unverified")
_ANYONE = "未写明"
_LOCAL = "其他"

Entry = dict[str, Any]


def load(data_dir: Path, overlay: Path | None = None) -> r.Rules:
    """Return every limit of the rulebook; ValueError names file and entry that can't be read."""
    exclusions = _exclusions(data_dir, overlay)
    versions: dict[tuple[str, date], r.Rule] = {}
    for folder in filter(None, (data_dir, overlay)):
        for path, entry in _entries(folder):
            rule = _checked(path, entry, exclusions)
            versions[rule.id, rule.valid_from] = rule
    return r.Rules(_without_overlaps(versions.values()), _event_names(data_dir))


def examples(data_dir: Path, overlay: Path | None = None) -> tuple[Example, ...]:
    """Return the examples of every entry, in the order of the files.

    Of a limit that the overlay has an entry for, the overlay's examples alone: the nation's were worked
    for the nation's text.
    """
    own = {entry["id"] for _, entry in _entries(overlay)} if overlay else set()
    nation = ((entry, entry["id"] in own) for _, entry in _entries(data_dir))
    entries = [entry for entry, replaced in nation if not replaced]
    entries += [entry for _, entry in _entries(overlay)] if overlay else []
    return tuple(
        example_from(entry, number, example)
        for entry in entries
        for number, example in enumerate(entry.get("examples", ()), 1)
    )


def _entries(folder: Path) -> Iterator[tuple[Path, Entry]]:
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        if path.name != EXCLUSIONS:
            for entry in _read(path):
                yield path, entry


def _read(path: Path) -> list[Entry]:
    found = read_yaml(path)
    return found or []


def _event_names(data_dir: Path) -> list[str]:
    path = data_dir / "events.yaml"
    return list(read_yaml(path)) if path.exists() else []


def _without_overlaps(rules: Iterable[r.Rule]) -> list[r.Rule]:
    by_id: dict[str, list[r.Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.valid_from):
        earlier = by_id.setdefault(rule.id, [])
        if earlier and (earlier[-1].valid_to is None or earlier[-1].valid_to >= rule.valid_from):
            earlier[-1] = replace(earlier[-1], valid_to=rule.valid_from - timedelta(days=1))
        earlier.append(rule)
    return [rule for versions in by_id.values() for rule in versions]


# -- exclusions ----------------------------------------------------------------------------------


def _exclusions(data_dir: Path, overlay: Path | None) -> dict[tuple[str, str], r.Exclusion]:
    found: dict[tuple[str, str], r.Exclusion] = {}
    for folder in filter(None, (data_dir, overlay)):
        path = folder / FOLDER / EXCLUSIONS
        if path.exists():
            for entry in _read(path):
                found.update(_exclusion(entry))
    return found


def _exclusion(entry: Entry) -> Iterator[tuple[tuple[str, str], r.Exclusion]]:
    cap: Mapping[str, int] = entry.get("cap", {})
    grace = {("" if key == "其余" else key): days for key, days in entry.get("grace", {}).items()}
    for case_class, law in entry["law"].items():
        yield (
            (case_class, entry["id"]),
            r.Exclusion(
                reason=entry["id"],
                begin=entry["begin"],
                end=vocabulary.PAIRS[entry["begin"]],
                law=law,
                kinds=frozenset(entry.get("kinds", ())),
                capped_kinds=frozenset(entry.get("capped_kinds", ())),
                cap_months=cap.get("months", 0),
                cap_days=cap.get("days", 0),
                agreed=bool(entry.get("agreed")),
                grace=grace,
                restarts=bool(entry.get("restarts")),
                local=bool(entry.get("local")),
            ),
        )


# -- rules ---------------------------------------------------------------------------------------


def _checked(path: Path, entry: Entry, exclusions: Mapping[tuple[str, str], r.Exclusion]) -> r.Rule:
    try:
        return _rule(entry, exclusions)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(
            f"规则库文件 {FOLDER}/{path.name} 的条目“{entry.get('id')}”不可读：{error!r}"
        ) from error


def _rule(entry: Entry, exclusions: Mapping[tuple[str, str], r.Exclusion]) -> r.Rule:
    if entry["status"] not in STATUSES:
        raise ValueError(f"status 的值“{entry['status']}”无效")
    case_class = entry["class"]
    length: Mapping[str, int] = entry.get("length", {})
    applies = tuple(_applies(item) for item in entry["applies"])
    return r.Rule(
        id=entry["id"],
        name=entry["name"],
        case_class=case_class,
        kind=_kind(entry, length),
        law="；".join(law["cite"] for law in entry["law"]),
        valid_from=entry["valid_from"],
        valid_to=entry.get("valid_to"),
        status=entry["status"],
        start=_strings(entry.get("start")),
        months=length.get("months", 0),
        days=length.get("days", 0),
        hours=length.get("hours", 0),
        stages=tuple(_stage(stage) for stage in entry.get("extend", ())),
        opens=_opens(case_class, entry.get("exclude", ()), exclusions),
        foreign=entry.get("foreign", ""),
        conversion=entry.get("conversion", ""),
        procedure=entry.get("procedure") or _first_procedure(applies),
        counter_application=bool(entry.get("counter_application")),
        default_against=bool(entry.get("default_against")),
        applies=applies,
        source_ids=_strings(entry.get("source")),
        certainty=entry["certainty"],
        note=entry.get("note", ""),
        law_text="".join(
            f"{law['cite']}：{law['text']}。" for law in entry["law"] if "text" in law
        ),
    )


def _kind(entry: Entry, length: Mapping[str, int]) -> str:
    kind: str = entry.get("special") or (r.HOURS if "hours" in length else r.TERM)
    if kind not in r.KINDS:
        raise ValueError(f"special 的值“{kind}”无效")
    if kind == r.TERM and not (length.get("months") or length.get("days")):
        raise ValueError("length 须为正")
    return kind


def _applies(item: Entry) -> r.Applies:
    return r.Applies(
        case_types=_strings(item["type"]),
        procedures=_strings(item.get("procedure")),
        marks=frozenset(_strings(item.get("marks"))),
        without=frozenset(_strings(item.get("without"))),
        against=item.get("against"),
        detained=item.get("detained"),
    )


def _first_procedure(applies: tuple[r.Applies, ...]) -> str:
    return next((item.procedures[0] for item in applies if item.procedures), "")


def _stage(stage: Entry) -> r.Stage:
    total: Mapping[str, int] | None = stage.get("total")
    length = total or stage
    names = _strings(stage.get("approver"))
    return r.Stage(
        law=stage["law"],
        months=length.get("months", 0),
        days=length.get("days", 0),
        total=total is not None,
        at_most=stage.get("at_most"),
        approvers=frozenset(_approver(name) for name in names if name != _ANYONE),
        times=stage.get("times", None if length is stage and not _sized(stage) else 1),
        apply_before=stage.get("apply_days_before"),
        decide_before=stage.get("decide_days_before"),
    )


def _sized(stage: Entry) -> bool:
    return bool(stage.get("months") or stage.get("days"))


def _approver(name: str) -> str:
    if name not in vocabulary.APPROVERS:
        raise ValueError(f"approver 的值“{name}”不在审批主体表中")
    return vocabulary.APPROVERS[name]


def _opens(
    case_class: str, reasons: Iterable[str], exclusions: Mapping[tuple[str, str], r.Exclusion]
) -> dict[str, r.Exclusion]:
    found = [exclusions[case_class, reason] for reason in (*reasons, _LOCAL)]
    return {exclusion.begin: exclusion for exclusion in found}


def _strings(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
