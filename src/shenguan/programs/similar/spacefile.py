"""The latent space beside the index: words as lines, axes as half floats, replaced whole."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from shenguan.core.similar.space import Space

_FILE = "space.npz"
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)


def write(folder: Path, space: Space, learned_from: int) -> None:
    """Write the file beside, then put it in place: a reader never sees half of it."""
    part = folder / f"{_FILE}.part"
    with part.open("wb") as out:
        np.savez(
            out,
            words=np.frombuffer("\n".join(space.at).encode(), dtype=np.uint8),
            axes=space.axes.astype(np.float16),
            learned_from=np.int64(learned_from),
        )
        out.flush()
        os.fsync(out.fileno())
    part.replace(folder / _FILE)


def read(folder: Path) -> Space | None:
    """The space of the index; None where there is none, or a file no one can read."""
    try:
        with np.load(folder / _FILE, allow_pickle=False) as held:
            words = held["words"].tobytes().decode().split("\n")
            axes = held["axes"].astype(np.float32)
    except _UNREADABLE:
        return None
    return Space({word: at for at, word in enumerate(words)}, axes)


def learned_from(folder: Path) -> int:
    """How many judgments the index had when the space was learned; 0 without one."""
    try:
        with np.load(folder / _FILE, allow_pickle=False) as held:
            return int(held["learned_from"])
    except _UNREADABLE:
        return 0
