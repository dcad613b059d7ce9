"""The installation's index of judgments, opened once and opened anew when it has grown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from shenguan import rulebook
from shenguan.base.ops import home
from shenguan.programs.similar.index import BrokenIndexError, JudgmentIndex
from shenguan.programs.similar.reading import Reader
from shenguan.programs.similar.search import Search
from shenguan.rulebook.loaders.similar import SimilarRules

FOLDER = "similar"


@dataclass(frozen=True)
class Shelf:
    """A search over the open index; `stamp` changes whenever the index does."""

    search: Search
    stamp: str

    @property
    def size(self) -> int:
        """Number of judgments."""
        return len(self.search.index)


_open: dict[Path, Shelf] = {}
_lock = Lock()


def folder() -> Path:
    """Where the index of this installation lies."""
    return home.current() / FOLDER


def shelf() -> Shelf | None:
    """The installation's index; None where there is none that can be opened, or an empty one."""
    at = folder()
    stamp = _stamp(at)
    if not stamp:
        return None
    with _lock:
        known = _open.get(at)
        if known is None or known.stamp != stamp:
            known = _opened(at, stamp)
            if known is not None:
                _open.clear()
                _open[at] = known
    return known if known and known.size else None


def _opened(at: Path, stamp: str) -> Shelf | None:
    try:
        index = JudgmentIndex(at)
    except (BrokenIndexError, OSError):
        return None
    return Shelf(Search(index, reader(), rules()), stamp)


def _stamp(at: Path) -> str:
    """Tell commits and a new space apart from what was there before, "" without an index."""
    files = (at / "documents" / "meta.json", at / "space.npz")
    found = [each.stat() for each in files if each.exists()]
    return " ".join(f"{each.st_mtime_ns}:{each.st_size}" for each in found)


def reader() -> Reader:
    """A reader with the rulebook's tables."""
    book = rulebook.load()
    return Reader(book.codes, book.causes, rules().stop)


def rules() -> SimilarRules:
    """The rules of similar cases, with the court's own on top."""
    return rulebook.load().similar
