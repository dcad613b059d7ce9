"""From rows to work: for each case a function from what the log says to what is to be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shenguan.programs.intake import flags
from shenguan.programs.intake.complete import complete, type_of
from shenguan.programs.intake.diff import Differ
from shenguan.programs.intake.events import event_drafts, read_kinds
from shenguan.programs.intake.identity import Identity, read_number
from shenguan.programs.intake.known import Change, Draft, Known
from shenguan.programs.intake.layout import Layout, find_layout
from shenguan.programs.intake.merge import merge
from shenguan.programs.intake.outcome import FileReport
from shenguan.programs.intake.periods import add_periods
from shenguan.programs.intake.rows import Row
from shenguan.programs.intake.sheets import Sheet
from shenguan.programs.intake.writer import Plan, Work
from shenguan.rulebook import Rulebook
from shenguan.rulebook.loaders.intake import Vocabulary

Plans = tuple[list[Draft], list[Change]]


def merged(rows: Sequence[Row], words: Vocabulary, report: FileReport) -> list[Row]:
    """Return one row a case; contradictions go to the rejects, their fields named."""
    result = merge(rows, words)
    report.repeated += result.repeated
    report.rejects += result.contradicted
    return result.rows


def of_cases(
    rows: Sequence[Row],
    rulebook: Rulebook,
    words: Vocabulary,
    on: date,
    renames: Mapping[tuple[str, str], str],
) -> list[Work]:
    """Return the work of a case table; `renames` are rows whose case stands under an older number."""
    works: list[Work] = []
    for row in rows:
        complete(row, rulebook.codes)
        identity, old = row.identity, renames.get(row.identity.key)
        if old:
            identity = Identity(identity.court, read_number(old), identity.flags)
        works.append(Work(identity, row.place, _case_plan(row, words, on, old)))
    return works


def _case_plan(row: Row, words: Vocabulary, on: date, old_number: str | None) -> Plan:
    def plan(known: Known) -> Plans:
        differ = Differ(
            values=row.values,
            known=known,
            snapshot_on=on,
            extras=row.extras,
            flags=flags.flags_of(row),
            restless=words.restless,
        )
        if old_number:
            new = row.identity.number.text
            draft = Draft("案号变更", on, {"old": old_number, "new": new})
            differ.emit(draft, "number", old_number, new)
        differ.run()
        add_periods(differ, words.exclusion_events)
        return differ.drafts, differ.changes

    return plan


def of_events(rows: Sequence[Row], rulebook: Rulebook, report: FileReport) -> list[Work]:
    """Return the work of an event table, one piece a case."""
    good, rejects = read_kinds(rows, rulebook)
    report.rejects += rejects
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in good:
        grouped.setdefault(row.identity.key, []).append(row)
    return [
        Work(group[0].identity, group[0].place, _event_plan(group, rulebook))
        for group in grouped.values()
    ]


def _event_plan(rows: Sequence[Row], rulebook: Rulebook) -> Plan:
    def plan(known: Known) -> Plans:
        drafts, changes = event_drafts(rows, known)
        if not known.registered:
            drafts = [_registration(rows, rulebook), *drafts]
        return drafts, changes

    return plan


def _registration(rows: Sequence[Row], rulebook: Rulebook) -> Draft:
    """A case first met in an event table is registered with what its number says."""
    identity = rows[0].identity
    payload: dict[str, Any] = {}
    kind = type_of(identity.number, rulebook.codes)
    if kind:
        payload = {"case_type": kind.code, "instance": kind.instance}
    elif identity.number.parts:
        payload = {"case_type": identity.number.parts.type_code[:12]}
    lines = [flags.flag(*flag) for flag in identity.flags]
    if lines:
        payload["flags"] = lines
    filed = [row.values.get("occurred_on") for row in rows if row.values["event"] == "立案"]
    return Draft("登记", filed[0] if filed else None, payload)


def relaid(sheet: Sheet, layout: Layout, words: Vocabulary, mapping: Mapping[str, str]) -> Layout:
    """Lay a sheet out again by a mapping a person has completed."""
    return find_layout(sheet, words, mapping) or layout
