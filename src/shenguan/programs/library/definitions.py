"""From rows of a workbook to entries of the rulebook's overlay, each with what it lacks and what was left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pypinyin import lazy_pinyin

from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import NOT_FOR_ASSESSMENT, Atom, Indicator
from shenguan.core.indicator.reading import read_atom, read_indicator
from shenguan.core.indicator.terms import parse_term, refs_of
from shenguan.programs.library import cells
from shenguan.programs.library.parts import Entry, Part, PartReader, Scoping
from shenguan.programs.library.workbook import Line
from shenguan.rulebook import DATA, Rulebook
from shenguan.rulebook.loaders import atoms as atom_files
from shenguan.rulebook.loaders.workbook import Words

LINES = ("刑事", "民事", "行政", "赔偿", "执行")
LONGEST_CODE = 48


@dataclass(slots=True)
class Definition:
    """One row read: the indicator's code and version, its atoms; `errors` name line and cell."""

    line: Line
    name: str
    code: str = ""
    head: Entry = field(default_factory=dict)
    version: Entry = field(default_factory=dict)
    atoms: dict[str, Entry] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Definer:
    """Reads rows against one rulebook (the nation's, with other overlay entries on top)."""

    def __init__(self, rules: Rulebook, words: Words, regime: str, workbook: str) -> None:
        self.rules, self.words, self.regime, self.workbook = rules, words, regime, workbook
        library = rules.library
        written = atom_files.entries("atoms", DATA, rules.overlay)
        entries = {code: dict(entry) for code, (entry, _) in written.items()}
        self.parts = PartReader(library.atoms, entries, words, workbook)
        self.scopes = cells.ScopeReader(rules.scopes, rules.facts.codes, words)
        self.lookup = atom_files.look_up(rules.scopes)
        self.codes = {indicator.name: code for code, indicator in library.indicators.items()}
        self.statistics = words.statistics | {
            i.name for i in library.indicators.values() if i.statistic
        }
        self._count = 0

    def define(self, line: Line) -> Definition:
        """Return a row as a definition; every fault of it is named, not only the first."""
        self._count += 1
        found = Definition(line, line.text("name"))
        if not found.name:
            found.errors.append(f"{line.at('name')}：没有名称")
            return found
        found.code = self._code(found.name, line.text("code"))
        scoping = self._cell(found, "scope", self.scopes.read) or Scoping()
        self._terms(found, scoping)
        self._version(found, scoping)
        self._head(found, scoping)
        if not found.errors:
            self._try(found)
        return found

    def _cell(self, found: Definition, key: str, read: Any) -> Any:
        try:
            return read(found.line.text(key))
        except IndicatorError as error:
            found.errors.append(f"{found.line.at(key)}：{error}")
            return None

    def _code(self, name: str, written: str) -> str:
        if re.fullmatch(r"[a-z][a-z0-9_]{2,60}", written):
            return written
        if name in self.codes:
            return self.codes[name]
        spelt = "_".join(lazy_pinyin(name, errors="ignore"))
        slug = re.sub(r"[^a-z0-9]+", "_", spelt.lower()).strip("_")
        mark = sha256(name.encode()).hexdigest()[:6]
        return f"own_{slug[:LONGEST_CODE]}_{mark}"

    def _terms(self, found: Definition, scoping: Scoping) -> None:
        line = found.line
        top, base = line.text("numerator"), line.text("denominator")
        key, base_key = "numerator", "denominator"
        if not top and line.text("formula"):
            key = base_key = "formula"
            top, base = _halves(line.text("formula"))
        if not top:
            found.errors.append(f"{line.at('name')}：没有分子")
            return
        # a workbook may hold one name under several periods: their own atoms must not collide
        mark = f"own{sha256(f'{self.workbook}{line.sheet}{line.number}'.encode()).hexdigest()[:8]}"
        for where, label, text, at in (
            ("numerator", "分子", top, key),
            ("denominator", "分母", base, base_key),
        ):
            if not text:
                continue
            name = f"{found.name}·{label}"
            try:
                part = self.parts.read(
                    text, code=f"{mark}_{label_code(label)}", name=name, scoping=scoping
                )
                self._take(found, where, part, text)
            except IndicatorError as error:
                found.errors.append(f"{line.at(at)}：{error}")

    def _take(self, found: Definition, where: str, part: Part, text: str) -> None:
        for code, entry in part.atoms.items():
            atom = self._atom(code, entry)
            if not atom.given:
                found.lacking += atom.needs
        self._parse(part.term, text)
        found.atoms |= part.atoms
        found.version[where] = part.term
        found.version.setdefault("say", {})[where] = text
        found.lacking += part.lacking
        found.remarks += part.hints

    def _parse(self, term: str, text: str) -> None:
        try:
            parse_term(term)
        except IndicatorError:
            raise IndicatorError(f"算式“{text}”读不懂：只能用名称、整数、+ - * 和括号") from None

    def _atom(self, code: str, entry: Entry) -> Atom:
        try:
            return read_atom(code, entry, self.rules.facts, self.lookup)
        except IndicatorError as error:
            raise IndicatorError(str(error).partition(f"原子 {code}：")[2] or str(error)) from None

    def _version(self, found: Definition, scoping: Scoping) -> None:
        line, version = found.line, found.version
        both = self._cell(found, "period", cells.days) or (None, None)
        first, last = self._cell(found, "from", cells.days), self._cell(found, "to", cells.days)
        start = (first or both)[0] or both[0] or cells.EARLIEST
        end = max(filter(None, last)) if last and any(last) else both[1]
        version["regime"] = self.regime
        version["valid_from"] = start
        if end:
            version["valid_to"] = end
        rule = [line.text("rule"), f"案件范围：{scoping.name}" if scoping.name else ""]
        said = "；".join(part for part in rule if part) or "工作簿没有写口径"
        version.setdefault("say", {})["rule"] = said
        source = line.text("source")
        place = f"{self.workbook} {line.sheet} 第 {line.number} 行"
        version["official"] = {
            "source": f"{source}（{place}）" if source else place,
            "status": "local" if source else "unverified",
        }
        heaviness = self._cell(found, "weight", cells.weight)
        if heaviness is not None:
            version["weight"] = heaviness
        self._reference(found)

    def _reference(self, found: Definition) -> None:
        text = found.line.text("interval")
        if not text or text in {"—", "-", "/", "无", "空"}:
            return
        bounds = self._cell(found, "interval", cells.interval)
        if bounds and found.name in self.statistics:
            found.remarks.append(f"{NOT_FOR_ASSESSMENT}，区间“{text}”没有采用")
        elif bounds:
            # the row itself is narrowed to its line already, so the interval is that of the whole
            source = found.version["official"]["source"]
            found.version["reference"] = [{"line": "", **bounds, "source": source}]

    def _head(self, found: Definition, scoping: Scoping) -> None:
        line, words = found.line, self.words
        written = line.text("direction")
        direction = words.directions.get(written, "") if written else "none"
        if not direction:
            known = "、".join(("越高越好", "越低越好", "区间", "不分高低"))
            found.errors.append(f"{line.at('direction')}：方向“{written}”不认识；可写：{known}")
        unit = words.units.get(line.text("unit"), "")
        if line.text("unit") and not unit:
            known = "、".join(("%", "‰", "‱", "比值", "件", "天", "分"))
            found.errors.append(
                f"{line.at('unit')}：单位“{line.text('unit')}”不认识；可写：{known}"
            )
        statistic = found.name in self.statistics
        if statistic and direction != "none":
            found.remarks.append(f"{NOT_FOR_ASSESSMENT}，方向“{written}”没有采用")
        kind, unit = self._kind(found, unit)
        lines = [name for name in LINES if name in scoping.name]
        found.head = {
            "name": found.name,
            "meaning": line.text("rule") or found.name,
            "class": words.classes.get(line.text("class"), "基础"),
            "kind": kind,
            "unit": unit,
            "direction": "none" if statistic else direction or "none",
            "lines": lines or list(LINES),
            **({"statistic": True} if statistic else {}),
        }

    def _kind(self, found: Definition, unit: str) -> tuple[str, str]:
        if found.errors or "numerator" not in found.version:
            return "count", "cases"
        entries = [
            found.atoms.get(c) or self.parts.written.get(c, {}) for c in _codes(found.version)
        ]
        if "denominator" in found.version:
            summed = unit == "days" and all("value" in entry for entry in entries)
            return ("mean" if summed else "ratio"), unit or "percent"
        if all("stock" in entry for entry in entries):
            return "stock", unit or "cases"
        return ("sum" if all("value" in entry for entry in entries) else "count"), unit or "cases"

    def _try(self, found: Definition) -> None:
        try:
            read_indicator(found.code, {**found.head, "versions": [found.version]})
        except IndicatorError as error:
            found.errors.append(f"{found.line.at('numerator')}：{error}")


def label_code(label: str) -> str:
    """Return the letter of 分子 or 分母 in an atom's code."""
    return {"分子": "n", "分母": "d"}[label]


def _codes(version: Mapping[str, Any]) -> list[str]:
    return [ref.code for ref in refs_of(parse_term(version["numerator"]))]


def _halves(formula: str) -> tuple[str, str]:
    """Cut `(甲 + 乙) ÷ 丙 × 100%` at its outermost division."""
    text = (
        re.sub(r"[×*]\s*(?:100\s*%?|1)\s*$", "", formula.strip())
        .replace("÷", "/")
        .replace("／", "/")
    )
    depth = 0
    for at, sign in enumerate(text):
        depth += {"(": 1, "（": 1, ")": -1, "）": -1}.get(sign, 0)
        if sign == "/" and depth == 0:
            return text[:at].strip(), text[at + 1 :].strip()
    return text, ""


def merged(code: str, rows: list[Definition], entry: Entry | None) -> Entry:
    """Return one indicator of all rows of its name; of a shipped one (`entry`) versions and examples stay."""
    head: Entry = dict(rows[-1].head)
    versions = [row.version for row in rows]
    if entry is None:
        return {**head, "versions": versions}
    if entry["kind"] != head["kind"]:
        rows[-1].remarks.append("与随附的同名指标算法种类不同，整条以本院的为准")
        return {**head, "versions": versions}
    shipped = read_indicator(code, entry)
    kept = {**entry, **{key: head[key] for key in ("direction", "class")}}
    examples = [_pinned(shipped, example, at) for at, example in enumerate(entry["examples"])]
    rows[-1].remarks.append("随附指标库有同名指标：作为它的一个新口径，原有各版保留")
    return {**kept, "versions": [*entry["versions"], *versions], "examples": examples}


def _pinned(shipped: Indicator, example: Entry, at: int) -> Entry:
    """Name the regime an example of the shipped definition was worked under, so that a new one can't answer."""
    period = shipped.examples[at].period
    version = shipped.version(period.end, example.get("regime", ""))
    return {**example, "regime": version.regime} if version else dict(example)
