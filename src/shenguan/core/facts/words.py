"""Free text of the courts' systems → the code tables' names → integers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_NOISE = re.compile(r"[\s，,。；;、：:（）()“”\"'·.]+")
_REMEMBERED = 50_000
OTHER = "其他"


@dataclass(frozen=True, eq=False)
class Words:
    """Code tables with their spellings; `lists` are named sets of words that conclusions rest on.

    A text is looked up as it stands, then without blanks and marks, then by the words it contains, in
    order. What nothing fits is 其他 where the table has it. `headings` names, by fact column, the columns
    of a court's own system that say yes to it.
    """

    tables: Mapping[str, Mapping[str, int]]
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    containing: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _mentioned: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)

    def name(self, table: str, text: str) -> str:
        """Return the table's name for a text, "" for a blank or (without 其他) unknown one."""
        if not text:
            return ""
        asked = (table, text)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[asked] = self._find(table, text)
        return found

    def code(self, table: str, text: str) -> int:
        """Return the integer of a text, 0 for none or unknown."""
        if not text:
            return 0
        return self.tables[table].get(self.name(table, text), 0)

    def number(self, table: str, name: str) -> int:
        """Return the integer of a name that is in the table as it stands; raises `KeyError`."""
        return self.tables[table][name]

    def listed(self, name: str, word: str) -> bool:
        """Tell whether a word stands in a named list."""
        return word in self.lists[name]

    def mentions(self, name: str, text: str) -> bool:
        """Tell whether a text contains a word of a named list."""
        if not text:
            return False
        asked = (name, text)
        found = self._mentioned.get(asked)
        if found is None:
            if len(self._mentioned) > _REMEMBERED:
                self._mentioned.clear()
            found = self._mentioned[asked] = any(word in text for word in self.lists[name])
        return found

    def ticked(self, extras: Mapping[str, object]) -> set[str]:
        """Return the fact columns that a court's own columns say yes to."""
        return {
            column
            for column, headings in self.headings.items()
            if any(self._yes(extras.get(heading)) for heading in headings)
        }

    def _yes(self, value: object) -> bool:
        return value is True or (isinstance(value, str) and self.listed("是", value.strip()))

    def _find(self, table: str, text: str) -> str:
        names, same = self.tables[table], self.same.get(table, {})
        bare = _NOISE.sub("", text)
        for written in (text, bare):
            if written in names:
                return written
            if written in same:
                return same[written]
        for word, name in self.containing.get(table, ()):
            if word in bare:
                return name
        return OTHER if OTHER in names else ""
