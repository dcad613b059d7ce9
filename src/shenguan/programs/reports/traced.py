"""Texts whose numbers know their query: `say` refuses a digit that nothing stands behind.

A query is a plain mapping `{"ask": kind, …}` that `answers.answer` turns into the text again. A paper is
written by asking, so writing it and checking it run the same queries; the check asks one by one, afresh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.base.papers.model import Line, Span, line
from shenguan.base.papers.sources import read_sources
from shenguan.programs.reports.answers import answer
from shenguan.programs.reports.book import Book

_DIGITS = re.compile(r"[0-9０-９]")


class UntracedNumberError(ValueError):
    """A text holds a digit without a query."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”中有没有出处的数字")


def say(*parts: str | Span | Line) -> Line:
    """Return a line; raises `UntracedNumberError` for a digit outside a told span."""
    spans: list[Span] = []
    for part in parts:
        spans += part if isinstance(part, tuple) else line(part)
    for span in spans:
        if span.source is None and _DIGITS.search(span.text):
            raise UntracedNumberError(span.text)
    return tuple(spans)


def join(lines: list[Line], between: str = "、") -> Line:
    """Return lines in a row with a mark between them."""
    spans: list[Span] = []
    for at, one in enumerate(lines):
        spans += [*([Span(between)] if at else []), *one]
    return tuple(spans)


class Teller:
    """Asks a book and hands back spans that carry their query."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, ask: str, **args: Any) -> Span:
        """Return the answer to a query as a span with that query as its source."""
        query = {"ask": ask, **args}
        return Span(answer(self.book, query), query)


@dataclass(frozen=True, slots=True)
class Checked:
    """One number of a paper and what its query says now."""

    printed: str
    again: str
    query: Mapping[str, Any]

    @property
    def same(self) -> bool:
        """Whether the paper still says what the query says."""
        return self.printed == self.again


@dataclass(frozen=True, slots=True)
class Verdict:
    """A paper checked: every number asked again, and paragraphs with digits nothing stands behind."""

    checked: tuple[Checked, ...]
    loose: tuple[str, ...]

    @property
    def different(self) -> tuple[Checked, ...]:
        """Numbers that the query now answers otherwise."""
        return tuple(one for one in self.checked if not one.same)


def verify(path: Path, book: Book) -> Verdict:
    """Run the query behind every number of a docx again; `book` should be a fresh one, asking singly."""
    reading = read_sources(path)
    return Verdict(tuple(_again(reading.sourced, book)), reading.loose)


def _again(sourced: Any, book: Book) -> Iterator[Checked]:
    for one in sourced:
        yield Checked(one.printed, answer(book, one.source), one.source)
