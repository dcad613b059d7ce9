"""How much two texts share, by runs of characters; and whether a judgment is the asked case's own."""

from __future__ import annotations

import re

RUN = 8
OWN = 0.8

_OTHER = re.compile(r"[\W\d_]+")


def runs(text: str, size: int = RUN) -> frozenset[str]:
    """All runs of `size` letters, numbers and punctuation left out."""
    letters = _OTHER.sub("", text)
    return frozenset(letters[i : i + size] for i in range(len(letters) - size + 1))


def contained(asked: str, document: str) -> float:
    """Share of the runs of `asked` that stand in `document`, 0–1; 0 where `asked` is too short."""
    wanted = runs(asked)
    if not wanted:
        return 0.0
    letters = _OTHER.sub("", document)
    return sum(run in letters for run in wanted) / len(wanted)


def is_own(asked: str, document: str) -> bool:
    """Whether `document` is the judgment the asked facts were taken from."""
    return contained(asked, document) >= OWN
