"""Definitions into the overlay: staged, read back and checked as a whole rulebook, then put in place."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from shenguan.core.indicator.checks import RULES
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Library
from shenguan.core.indicator.reading import read_atom, read_indicator
from shenguan.programs.library.definitions import Definer, Definition, merged
from shenguan.programs.library.parts import Entry
from shenguan.programs.library.workbook import Workbook
from shenguan.rulebook import DATA, STAMP, Rulebook
from shenguan.rulebook.loaders import atoms as atom_files
from shenguan.rulebook.loaders.workbook import Words
from shenguan.rulebook.reading import read_yaml

KINDS = ("atoms", "indicators")
EXAMPLES = frozenset({"examples_two", "examples_pass"})
"""A court's rows prove themselves by ten cases in and ten out instead of worked examples."""
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_CODE = re.compile(r"[a-z][a-z0-9_]+")


@dataclass
class Drafted:
    """A workbook as it would stand in the overlay."""

    slug: str
    rows: list[Definition]
    rules: Rulebook
    library: Library
    """The whole library with the rows of the workbook in it; `rules` is without them."""
    files: dict[str, Mapping[str, Entry]] = field(default_factory=dict)
    carried: list[str] = field(default_factory=list)
    """Names whose new row is faulty: the definition loaded before stays."""

    @property
    def errors(self) -> list[str]:
        """Return every error, in the order of the lines."""
        return [error for row in self.rows for error in row.errors]


@contextmanager
def drafted(
    workbook: Workbook, words: Words, *, overlay: Path, name: str, regime: str
) -> Iterator[Drafted]:
    """Read a workbook on top of the overlay (without what it loaded before) into a staging folder."""
    slug = slug_of(name)
    with TemporaryDirectory(prefix="overlay-") as folder:
        staging = Path(folder) / "overlay"
        previous = _stage(overlay, staging, slug)
        definer = Definer(Rulebook(staging), words, regime, name)
        rows = [definer.define(line) for line in workbook.lines]
        draft = Drafted(slug, rows, definer.rules, definer.rules.library)
        _settle(draft, definer, previous)
        yield draft


def slug_of(name: str) -> str:
    """Return the name of a workbook as a file name."""
    return re.sub(r"[^\w-]+", "_", Path(name).stem).strip("_") or "workbook"


def _file(kind: str, slug: str) -> Path:
    return Path(kind) / f"own_{slug}.yaml"


def _stage(overlay: Path, staging: Path, slug: str) -> dict[str, Mapping[str, Entry]]:
    """Copy the overlay without the files of this workbook; return those as they were."""
    if overlay.is_dir():
        shutil.copytree(overlay, staging)
    previous: dict[str, Mapping[str, Entry]] = {}
    for kind in KINDS:
        (staging / kind).mkdir(parents=True, exist_ok=True)
        file = staging / _file(kind, slug)
        previous[kind] = {}
        if file.exists():
            previous[kind] = read_yaml(file) or {}
            file.unlink()
    return previous


def _settle(draft: Drafted, definer: Definer, previous: Mapping[str, Mapping[str, Entry]]) -> None:
    """Find what stands; rows that don't fit the whole library become errors and are left out."""
    shipped = atom_files.entries("indicators", DATA, None)
    while True:
        draft.files = _entries(draft, shipped, previous)
        found = _read(draft, definer)
        if not _mark(draft, found or list(_faults(draft))):
            return


def _read(draft: Drafted, definer: Definer) -> list[str]:
    """Put the entries into the library as the loaders would; return what can't be read."""
    below, facts = draft.rules.library, draft.rules.facts
    atoms, indicators, found = dict(below.atoms), dict(below.indicators), []
    for code, entry in draft.files["atoms"].items():
        atoms[code] = read_atom(code, entry, facts, definer.lookup, f"atoms/own_{draft.slug}.yaml")
    for code, entry in draft.files["indicators"].items():
        try:
            source = f"indicators/own_{draft.slug}.yaml"
            indicators[code] = read_indicator(code, entry, source)
        except IndicatorError as error:
            found.append(str(error))
    draft.library = Library(atoms, indicators)
    return found


def _entries(
    draft: Drafted,
    shipped: Mapping[str, tuple[Mapping[str, Any], str]],
    previous: Mapping[str, Mapping[str, Entry]],
) -> dict[str, Mapping[str, Entry]]:
    atoms: dict[str, Entry] = {}
    by_code: dict[str, list[Definition]] = {}
    for row in draft.rows:
        if not row.errors:
            atoms |= row.atoms
            by_code.setdefault(row.code, []).append(row)
    indicators: dict[str, Entry] = {}
    for code, rows in by_code.items():
        entry = dict(shipped[code][0]) if code in shipped else None
        indicators[code] = merged(code, rows, entry)
    wrong = {row.name for row in draft.rows if row.errors}
    draft.carried = []
    for code, entry in previous["indicators"].items():
        if code not in indicators and entry["name"] in wrong:
            indicators[code] = entry
            atoms |= _needed(entry, previous["atoms"])
            draft.carried.append(entry["name"])
    return {"atoms": atoms, "indicators": indicators}


def _needed(entry: Entry, atoms: Mapping[str, Entry]) -> dict[str, Entry]:
    text = json.dumps(entry, default=str)
    return {code: atom for code, atom in atoms.items() if code in text}


def _faults(draft: Drafted) -> Iterator[str]:
    """Yield what the rules of the library say of the workbook's indicators."""
    own = set(draft.files["indicators"])
    for name, rule in RULES.items():
        if name not in EXAMPLES:
            for fault in rule(draft.library, draft.rules.facts):
                if own & set(_CODE.findall(fault)):
                    yield fault


def _mark(draft: Drafted, faults: Sequence[str]) -> bool:
    """Make faults errors of their rows; True when there are any new ones."""
    marked = False
    for fault in faults:
        codes = set(_CODE.findall(fault))
        for row in draft.rows:
            if not row.errors and row.code in codes:
                row.errors.append(f"{row.line.at('name')}：{fault}")
                marked = True
    return marked


def _dump(file: Path, entries: Mapping[str, Entry]) -> None:
    if not entries:
        file.unlink(missing_ok=True)
        return
    text = yaml.dump(dict(entries), Dumper=_DUMPER, allow_unicode=True, sort_keys=False)
    file.write_text(f"# 由工作簿装入，修改请改工作簿后重新装入。\n{text}", encoding="utf-8")


def put(draft: Drafted, overlay: Path, *, source: Path, now: datetime, report: Any) -> None:
    """Put a draft in place: each file whole, the stamp last, so that a reader never sees half."""
    for kind in KINDS:
        (overlay / kind).mkdir(parents=True, exist_ok=True)
        target = overlay / _file(kind, draft.slug)
        fresh = target.with_suffix(".new")
        _dump(fresh, draft.files[kind])
        if fresh.exists():
            os.replace(fresh, target)
        else:
            target.unlink(missing_ok=True)
    (overlay / "workbooks").mkdir(exist_ok=True)
    shutil.copyfile(source, overlay / "workbooks" / f"{draft.slug}{source.suffix}")
    stamp(overlay, draft.slug, {"file": source.name, "at": now.isoformat(), "rows": report})


def stamp(overlay: Path, slug: str, entry: Mapping[str, Any] | None) -> None:
    """Write down what is loaded; None takes a workbook off the list."""
    loaded = loaded_in(overlay)
    if entry is None:
        loaded.pop(slug, None)
    else:
        loaded[slug] = dict(entry)
    fresh = overlay / f"{STAMP}.new"
    fresh.write_text(json.dumps(loaded, ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, overlay / STAMP)


def loaded_in(overlay: Path) -> dict[str, dict[str, Any]]:
    """Return what workbooks stand in an overlay, by slug."""
    file = overlay / STAMP
    found: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found


def remove(overlay: Path, slug: str) -> bool:
    """Take a workbook out; False when it isn't there."""
    if slug not in loaded_in(overlay):
        return False
    for kind in KINDS:
        (overlay / _file(kind, slug)).unlink(missing_ok=True)
    stamp(overlay, slug, None)
    return True
