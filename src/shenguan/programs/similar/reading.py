"""Files of judgments as entries of the index; questions from a text or an indexed case."""

from __future__ import annotations

import json
import lzma
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from shenguan.base.papers.reading import UnreadableFileError, documents
from shenguan.core.casenumber import CaseNumberError, Codes, normalise
from shenguan.core.causes import CIVIL, CRIMINAL, Causes
from shenguan.core.judgment import Judgment, read
from shenguan.core.similar.model import Entry, cite_key
from shenguan.core.similar.words import content_line, content_words
from shenguan.programs.similar.index import Incoming

_CLASSES = ("刑事", "民事", "行政", "赔偿", "执行")
_FACT_PARTS = ("claims", "facts")
_GIVEN = ("facts", "reasoning", "ruling", "title")


@dataclass(frozen=True, eq=False)
class Reader:
    """Turns rows and texts into entries with the code tables and the stop list."""

    codes: Codes
    causes: Causes
    stop: frozenset[str]

    def incoming(self, row: Mapping[str, Any], place: str) -> Incoming:
        """The entry of a row `{"id", "text", …}` with the words of its reasoning and ruling.

        Segments the row gives (facts, reasoning, ruling) are taken as given, else cut from the text.
        """
        given = {name: str(row.get(name) or "") for name in _GIVEN}
        text = str(
            row.get("text") or "\n".join((given["facts"], given["reasoning"], given["ruling"]))
        )
        judgment = read(text, self.codes)
        parts = {name: given[name] or self._segment(judgment, text, name) for name in _GIVEN[:3]}
        facts = parts["facts"] or text
        entry = Entry(
            id=str(row.get("id") or place),
            words=content_line(facts, self.stop),
            facts=facts,
            reasoning=parts["reasoning"],
            ruling=parts["ruling"],
            title=given["title"],
            authority=str(row.get("authority") or ""),
            **self._names(judgment),
        )
        reasoning, ruling = (content_line(t, self.stop) for t in (entry.reasoning, entry.ruling))
        return Incoming(entry, reasoning, ruling)

    def _segment(self, judgment: Judgment, text: str, name: str) -> str:
        wanted = _FACT_PARTS if name == "facts" else (name,)
        found = [judgment.segments[part].value for part in wanted if part in judgment.segments]
        return "\n".join(text[span[0] : span[1]] for span in found if span)

    def _names(self, judgment: Judgment) -> dict[str, Any]:
        kind = case_class(judgment)
        statutes = judgment.statutes.value or ()
        return {
            "number": canonical_number(judgment.case_number.value or ""),
            "court": judgment.court.value or "",
            "level": self._level(judgment.court.value or ""),
            "case_class": kind,
            "instance": judgment.instance.value or "",
            "causes": self.cause_names(judgment.cause.value or (), kind),
            "statutes": tuple(dict.fromkeys(f"{s.law}:{s.article}" for s in statutes)),
            "disposition": judgment.disposition.value or "",
            "judged_on": judgment.judged_on.value,
            "cites": self._cites(judgment),
        }

    def _cites(self, judgment: Judgment) -> tuple[str, ...]:
        """The decision under review, of an appeal or a retrial."""
        number = canonical_number(judgment.prior_case_number.value or "")
        key = cite_key(judgment.prior_court.value or "", number)
        return (key,) if key else ()

    def _level(self, court: str) -> str:
        named = self.codes.courts_named(court) if court else ()
        return named[0].level if named else ""

    def cause_names(self, printed: Collection[str], kind: str) -> tuple[str, ...]:
        """The causes as the tree names them; a name the tree lacks stays as printed."""
        if kind == CRIMINAL:
            found = [each for name in printed for each in self.causes.charges(name)]
        else:
            found = [self.causes.lookup(name, kind or CIVIL) for name in printed]
        nodes = [(each.cause or each.alike, each.name) for each in found]
        return tuple(dict.fromkeys(node.name if node else name for node, name in nodes))

    def any_causes(self, printed: Collection[str]) -> tuple[str, ...]:
        """Causes of a kind not said: a name with 罪 is a charge."""
        charged = [name for name in printed if "罪" in name]
        others = [name for name in printed if "罪" not in name]
        return (*self.cause_names(charged, CRIMINAL), *self.cause_names(others, CIVIL))

    def keywords(self, printed: str) -> tuple[str, ...]:
        """The words of what a user wrote as keywords; those that stand everywhere narrow nothing."""
        return tuple(dict.fromkeys(content_words(printed, self.stop)))

    def question_text(self, text: str) -> str:
        """The facts of a text that is a judgment, else the whole text."""
        judgment = read(text, self.codes)
        facts = self._segment(judgment, text, "facts")
        return facts if judgment.case_number.value and len(facts) >= 50 else text


def case_class(judgment: Judgment) -> str:
    """刑事, 民事 … by the kind of document, else by the letters of the case number."""
    printed = judgment.type.value or ""
    by_kind = next((each for each in _CLASSES if each in printed), "")
    letters = {"刑": "刑事", "民": "民事", "行": "行政", "执": "执行"}
    number = judgment.case_number.value or ""
    return by_kind or next((name for letter, name in letters.items() if letter in number), "")


def canonical_number(printed: str) -> str:
    """The case number in its canonical form; one that can't be read stays as printed."""
    try:
        return normalise(printed) if printed else ""
    except CaseNumberError:
        return printed


def rows(path: Path) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Place and row of every document of a file; None for a line that can't be read.

    Raises UnreadableFileError.
    """
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.xz")):
        yield from _lines(path)
        return
    for each in documents(path):
        yield each.id, None if each.text is None else {"id": each.id, "text": each.text}


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Line by line, so that a file of any size fits."""
    try:
        with _opened(path) as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{path.name} 第{n}行", _parsed(line)
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        reason = "文件不存在" if isinstance(error, FileNotFoundError) else f"无法读取（{error}）"
        raise UnreadableFileError(path, reason) from error


def _opened(path: Path) -> TextIO:
    if path.name.lower().endswith(".xz"):
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8-sig")


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None
