"""分子 and 分母 as a court writes them: arithmetic of known names, or a condition over the fact columns.

`审限内结案数`, `调解结案数 + 撤诉结案数`, `旧存 + 新收`; or `结案：类别 = '民事' and 结案方式 = '调解'`, with
`结案·净天数：…` for a sum. A word nobody knows isn't an error: the row is kept, and the word is what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Atom
from shenguan.rulebook.loaders.workbook import Words

_WIDE = str.maketrans("（），＋－×＊＝＜＞’‘“”　－∗", "(),+-**=<>''\"\" -*")
_CONDITION = re.compile(r"[=<>'：:]|\b(?:in|between|is|and|or|not)\b")
_OPERATORS = "+-*()"
_MOMENTS = {"期初": "start", "期末": "end", "上年度": "last_year", "上年": "last_year"}
_PIECES = re.compile(r"[a-z][a-z0-9_]*|@[a-z_]+|[-+*()]|\d+|\s+")

Entry = dict[str, Any]


@dataclass(slots=True)
class Part:
    """A term in codes, the atoms it brings along, what it lacks, and hints for the person."""

    term: str
    atoms: dict[str, Entry] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scoping:
    """案件范围 of a row: a named scope, or a condition on class, instance and type."""

    name: str = ""
    scope: str = ""
    where: str = ""

    @property
    def empty(self) -> bool:
        """Whether the row narrows nothing."""
        return not (self.scope or self.where)


class PartReader:
    """Reads parts of one indicator; `code` and `name` are its own, `label` 分子 or 分母."""

    def __init__(
        self, atoms: Mapping[str, Atom], written: Mapping[str, Entry], words: Words, workbook: str
    ) -> None:
        self.atoms, self.written, self.words, self.workbook = atoms, written, words, workbook
        self.known: dict[str, str] = {atom.name: code for code, atom in atoms.items()}
        self.known |= {code: code for code in atoms} | dict(words.terms)
        self._by_length = sorted(self.known, key=len, reverse=True)

    def read(self, text: str, *, code: str, name: str, scoping: Scoping) -> Part:
        """Return the part; raises `IndicatorError` for a condition or a sum that can't be read."""
        text = text.translate(_WIDE).strip().rstrip("。；;")
        if self._is_condition(text):
            return self._condition(text, code, name, scoping)
        return self._sum(text, scoping)

    def _is_condition(self, text: str) -> bool:
        return text not in self.known and bool(_CONDITION.search(text))

    def _condition(self, text: str, code: str, name: str, scoping: Scoping) -> Part:
        prefix, colon, body = text.replace("：", ":").partition(":")
        axis_name, _, value = (prefix if colon else "结案").partition("·")
        axis_name = axis_name.strip()
        if axis_name not in self.words.axes:
            axes = "、".join(self.words.axes)
            raise IndicatorError(f"“{axis_name}：”不是归期，可用：{axes}")
        axis = dict(self.words.axes[axis_name])
        moment = axis.pop("moment", "")
        entry: Entry = {"name": name, "meaning": f"{prefix}：{body}" if colon else text, **axis}
        entry["where"] = (body if colon else text).strip()
        if value:
            entry["value"] = value.strip()
        narrowed = narrow(entry, scoping)
        return Part(f"{code}@{moment}" if moment else code, {code: narrowed})

    def _sum(self, text: str, scoping: Scoping) -> Part:
        part = Part("")
        pieces = [
            word if word in _OPERATORS or word.isdigit() else self._operand(word, scoping, part)
            for word in self._words(text)
        ]
        part.term = " ".join(pieces)
        return part

    def _words(self, text: str) -> list[str]:
        found: list[str] = []
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            word = self._word(text, at)
            found.append(word)
            at += len(word)
        return [word.strip() for word in found]

    def _word(self, text: str, at: int) -> str:
        if text[at] in _OPERATORS:
            return text[at]
        for name in self._by_length:
            end = at + len(name)
            if text.startswith(name, at) and (
                end == len(text) or text[end] in _OPERATORS or text[end].isspace()
            ):
                return name
        end = at
        depth = 0
        while end < len(text) and (depth or text[end] not in "+-*)"):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        return text[at:end]

    def _operand(self, word: str, scoping: Scoping, part: Part) -> str:
        for prefix, moment in _MOMENTS.items():
            rest = word.removeprefix(prefix)
            if word not in self.known and rest != word and rest in self.known:
                plain = self.known[rest].partition("@")[0]
                return f"{self._narrowed(plain, scoping, part)}@{moment}"
        if word in self.known:
            return self._term(self.known[word], scoping, part)
        near = get_close_matches(word, self.known, n=2, cutoff=0.6)
        if near:
            part.hints.append(f"“{word}”没有，相近的有：{'、'.join(near)}")
        part.lacking.append(word)
        code = self._code(word)
        part.atoms[code] = {"name": word, "meaning": word, "given": word, "needs": word}
        return code

    def _term(self, term: str, scoping: Scoping, part: Part) -> str:
        """Narrow every code of a known term (`(pending@start + filed)` has two)."""
        pieces = _PIECES.findall(term)
        return "".join(
            self._narrowed(piece, scoping, part) if piece in self.atoms else piece
            for piece in pieces
        )

    def _narrowed(self, atom: str, scoping: Scoping, part: Part) -> str:
        entry = dict(self.written[atom])
        if scoping.empty or "given" in entry or entry.get("scope", "") == (scoping.scope or None):
            return atom
        named = {**entry, "name": f"{entry['name']}（限{scoping.name}）"}
        narrowed = narrow(named, scoping)
        narrowed["meaning"] = f"{entry['meaning']}，限{scoping.name}"
        code = self._code(f"{atom} {scoping.name}")
        part.atoms[code] = narrowed
        return code

    def _code(self, what: str) -> str:
        """Return a code of the workbook's own: rows that say the same share it."""
        return f"own_{sha256(f'{self.workbook} {what}'.encode()).hexdigest()[:10]}"


def narrow(entry: Entry, scoping: Scoping) -> Entry:
    """Return an atom's entry narrowed to a scope. Two scopes can't be named: the second becomes a condition."""
    found = dict(entry)
    if scoping.scope and not found.get("scope"):
        found["scope"] = scoping.scope
        return found
    if scoping.where:
        own = found.get("where")
        found["where"] = f"({own}) and ({scoping.where})" if own else scoping.where
    return found
