"""Reads judgments from files into the records of contracts.md §4."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from shenguan import rulebook
from shenguan.base.papers.reading import UnreadableFileError, documents
from shenguan.core.judgment import Judgment, read, to_json


def judgments(path: Path) -> Iterator[tuple[str, Judgment]]:
    """The judgments of a file with their ids, without faulty lines; raises UnreadableFileError."""
    codes = rulebook.load().codes
    for each in documents(path):
        if each.text is not None:
            yield each.id, read(each.text, codes)


def records(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """One record a document; a file or line that can't be read gives `{"id","error"}`."""
    codes = rulebook.load().codes
    for path in paths:
        try:
            for each in documents(path):
                yield (
                    {"id": each.id, "error": each.error}
                    if each.text is None
                    else to_json(read(each.text, codes), each.id)
                )
        except UnreadableFileError as error:
            yield {"id": path.name, "error": str(error)}
