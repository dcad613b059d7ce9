"""One import at a time in a home: another one's open batch must not be taken for a crash."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ImportBusyError(RuntimeError):
    """Another import is at work in this home."""


@contextmanager
def sole_import(folder: Path) -> Iterator[None]:
    """Hold the import lock of a home folder; raises `ImportBusyError` at once when another holds it."""
    lock = folder / "cache" / "import.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ImportBusyError("另一个导入正在进行，请待其结束后再导入") from None
        yield
