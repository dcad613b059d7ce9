"""Which case follows which: by the number that the later one states, or as a withdrawn suit filed again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

Before = dict[int, tuple[int, int]]
"""Case → (the case before it by number, the withdrawn case it brings again); 0 for none."""


@dataclass(frozen=True)
class Links:
    """Links from a case to the one before it; both maps go from the later case to the earlier."""

    by_number: Mapping[int, int] = field(default_factory=dict)
    refiled: Mapping[int, int] = field(default_factory=dict)

    def before(self, case_ids: Iterable[int]) -> Before:
        """Return by case the one before it by number and the withdrawn one it brings again, 0: none."""
        return {
            case_id: (self.by_number.get(case_id, 0), self.refiled.get(case_id, 0))
            for case_id in case_ids
            if case_id in self.by_number or case_id in self.refiled
        }

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield (later, earlier) of every link."""
        yield from self.by_number.items()
        yield from self.refiled.items()

    def in_disputes(self, case_ids: Iterable[int], size: int) -> Iterator[list[int]]:
        """Yield the cases in lists of `size` and a little more, no dispute ever cut in two.

        `case_ids` come in order; a dispute is met with its first case. Cases that only a link names
        are in no list.
        """
        case_ids = list(case_ids)
        members = self._members(case_ids)
        chunk: list[int] = []
        for case_id in case_ids:
            chunk += members.pop(case_id, [case_id])
            if len(chunk) >= size:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _members(self, case_ids: Iterable[int]) -> dict[int, list[int]]:
        """Return, by its first case, every dispute of two or more; others of it lead to no case."""
        leader: dict[int, int] = {}
        for later, earlier in self.pairs():
            _join(leader, later, earlier)
        grouped: dict[int, list[int]] = defaultdict(list)
        for case_id in case_ids:
            if case_id in leader:
                grouped[_find(leader, case_id)].append(case_id)
        found: dict[int, list[int]] = {}
        for group in grouped.values():
            found[group[0]] = group
            found.update((case_id, []) for case_id in group[1:])
        return found


def _find(leader: dict[int, int], case_id: int) -> int:
    while leader[case_id] != case_id:
        leader[case_id] = leader[leader[case_id]]
        case_id = leader[case_id]
    return case_id


def _join(leader: dict[int, int], one: int, other: int) -> None:
    leader.setdefault(one, one)
    leader.setdefault(other, other)
    leader[_find(leader, one)] = _find(leader, other)
