"""Fields of the embedded index.

Words are indexed with their frequency, names as they are: nothing is ever parsed as a query string.
"""

from __future__ import annotations

from datetime import date
from zlib import crc32

import tantivy

from shenguan.core.similar.model import Entry

VERSION = 4
# field of the index → attribute of Entry
SINGLE = ("number", "court", "level", "case_class", "instance", "disposition", "authority")
MANY = {"cause": "causes", "statute": "statutes", "cite": "cites"}
LONGEST_NAME = 2_000  # a term may have 65,530 bytes


def build() -> tantivy.Schema:
    """The schema of this version."""
    builder = tantivy.SchemaBuilder()
    for name in ("words", "reasoning", "ruling"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("id", *SINGLE, *MANY):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("judged_on", indexed=True)
    builder.add_unsigned_field("draw", indexed=True)
    builder.add_unsigned_field("place", fast=True)
    return builder.build()


def draw(entry_id: str) -> int:
    """A number of 32 bits that samples the documents evenly and always the same way."""
    return crc32(entry_id.encode("utf-8", "replace"))


def as_number(day: date) -> int:
    """2024-03-01 as 20240301."""
    return day.year * 10_000 + day.month * 100 + day.day


def name(printed: str) -> str:
    """A name as the index holds it: what UTF-8 can carry, of bounded length."""
    if not printed.isascii():
        printed = printed.encode("utf-8", "replace").decode("utf-8")
    return printed[:LONGEST_NAME]


def document(
    entry: Entry, place: int, *, reasoning: str = "", ruling: str = ""
) -> tantivy.Document:
    """An entry as the index takes it; `reasoning`, `ruling`: their words, blank-separated."""
    doc = tantivy.Document()
    doc.add_text("id", name(entry.id))
    for field, words in (("words", entry.words), ("reasoning", reasoning), ("ruling", ruling)):
        if words:
            doc.add_text(field, words)
    for field in SINGLE:
        if value := getattr(entry, field):
            doc.add_text(field, name(value))
    for field, attribute in MANY.items():
        for value in getattr(entry, attribute):
            doc.add_text(field, name(value))
    if entry.judged_on:
        doc.add_unsigned("judged_on", as_number(entry.judged_on))
    doc.add_unsigned("draw", draw(entry.id))
    doc.add_unsigned("place", place)
    return doc
