"""Reads `posts.yaml`: what each post sees, does and opens first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.rulebook.reading import read_yaml

SEES = frozenset({"court", "unit", "own", "served", "figures", "none"})
BELOW = frozenset({"cases", "figures", "none"})


class UnknownPost(ValueError):  # noqa: N818 - it names the state of the input, not a bug
    """A post that isn't in the table."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"职务“{name}”不在职务表中；请对照规则库 posts.yaml 更正")


@dataclass(frozen=True, slots=True)
class Post:
    """One post: width of view in the own court, in the courts below, clearance, acts.

    `inner`: sees the inner record (副卷) of the cases in its view of the own court.
    """

    name: str
    english: str
    sees: str
    below: str
    clearance: int
    home: str
    does: tuple[str, ...]
    inner: bool = False


@dataclass(frozen=True)
class Posts:
    """All posts by name."""

    posts: Mapping[str, Post]

    def __getitem__(self, name: str) -> Post:
        """Return the post of that name; raises `UnknownPost`."""
        try:
            return self.posts[name]
        except KeyError:
            raise UnknownPost(name) from None

    def __iter__(self) -> Iterator[Post]:
        """Yield the posts in the order of the file."""
        return iter(self.posts.values())


def load(data_dir: Path, overlay: Path | None = None) -> Posts:
    """Return the posts; an overlay's entry of the same name replaces the nation's."""
    posts: dict[str, Post] = {}
    for folder in filter(None, (data_dir, overlay)):
        path = folder / "posts.yaml"
        if path.exists():
            entries = read_yaml(path)
            posts |= {name: _post(name, entry) for name, entry in entries.items()}
    return Posts(posts)


def _post(name: str, entry: Mapping[str, Any]) -> Post:
    if entry["sees"] not in SEES or entry["below"] not in BELOW:
        raise ValueError(f"规则库 posts.yaml：职务“{name}”的 sees 或 below 不在可选范围内")
    return Post(
        name=name,
        english=entry["english"],
        sees=entry["sees"],
        below=entry["below"],
        clearance=int(entry["clearance"]),
        home=entry["home"],
        does=tuple(entry["does"]),
        inner=bool(entry.get("inner")),
    )
