"""Fields of the embedded index, and an entry there and back.

Words are indexed with their frequency, names as they are: nothing is ever parsed as a query string.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zlib import crc32

import tantivy

from shenguan.core.similar.model import Entry

VERSION = 1
WORD_FIELDS = ("words", "reasoning_words")
TEXT_FIELDS = ("title", "facts", "reasoning", "ruling")
# field of the index → attribute of Entry
SINGLE = {
    "number": "number",
    "court": "court",
    "level": "level",
    "case_class": "case_class",
    "instance": "instance",
    "disposition": "disposition",
    "authority": "authority",
}
MANY = {"cause": "causes", "statute": "statutes"}
LONGEST_NAME = 2_000  # bytes of UTF-8 are limited to 65,530 a term


def build() -> tantivy.Schema:
    """The schema of this version."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", stored=True, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("reasoning_words", tokenizer_name="whitespace", index_option="freq")
    for name in (*SINGLE, *MANY):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        # Kept for reading, not searched: only stored.
        builder.add_bytes_field(name, stored=True)
    builder.add_unsigned_field("judged_on", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("draw", indexed=True, fast=True)
    return builder.build()


def draw(entry_id: str) -> int:
    """A number of 32 bits that samples the documents evenly and always the same way."""
    return crc32(entry_id.encode("utf-8", "surrogatepass"))


def as_number(day: date) -> int:
    """2024-03-01 as 20240301."""
    return day.year * 10_000 + day.month * 100 + day.day


def clean(text: str) -> str:
    """Text that UTF-8 can carry: lone surrogates, as broken files hold them, are replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def document(entry: Entry, reasoning_words: str = "") -> tantivy.Document:
    """An entry as the index takes it."""
    doc = tantivy.Document()
    doc.add_text("id", clean(entry.id)[:LONGEST_NAME])
    doc.add_text("words", entry.words)
    if reasoning_words:
        doc.add_text("reasoning_words", reasoning_words)
    _add_names(doc, entry)
    for name in TEXT_FIELDS:
        if text := getattr(entry, name):
            doc.add_bytes(name, text.encode("utf-8", "replace"))
    if entry.judged_on:
        doc.add_unsigned("judged_on", as_number(entry.judged_on))
    doc.add_unsigned("draw", draw(entry.id))
    return doc


def _add_names(doc: tantivy.Document, entry: Entry) -> None:
    for name, attribute in SINGLE.items():
        if value := getattr(entry, attribute):
            doc.add_text(name, clean(value)[:LONGEST_NAME])
    for name, attribute in MANY.items():
        for value in getattr(entry, attribute):
            doc.add_text(name, clean(value)[:LONGEST_NAME])


def entry_of(doc: tantivy.Document) -> Entry:
    """A stored document as an entry."""
    day = doc.get_first("judged_on")
    held: dict[str, Any] = {attribute: _first(doc, name) for name, attribute in SINGLE.items()}
    held |= {attribute: tuple(_all(doc, name)) for name, attribute in MANY.items()}
    held |= {name: bytes(doc.get_first(name) or b"").decode() for name in TEXT_FIELDS}
    return Entry(
        id=_first(doc, "id"),
        words=_first(doc, "words"),
        judged_on=date(day // 10_000, day // 100 % 100, day % 100) if day else None,
        **held,
    )


def _first(doc: tantivy.Document, name: str) -> str:
    return str(doc.get_first(name) or "")


def _all(doc: tantivy.Document, name: str) -> Sequence[str]:
    return doc.get_all(name) or ()
