"""Identity numbers of invented people and firms as papers give them: hashed, missing or mistyped."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import sha256

MISSING, MISTYPED = 0.15, 0.02  # a level


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or firm; two of one name differ in their number."""

    name: str
    number: str


def number(dice: random.Random) -> str:
    """Eighteen digits, of no one."""
    return "".join(dice.choice("0123456789") for _ in range(18))


def given(dice: random.Random, level: int, who: Somebody) -> str:
    """The hash of a number as one case has it, "" where it has none; level 0 has all, and all right."""
    if dice.random() < MISSING * level:
        return ""
    typed = list(who.number)
    if dice.random() < MISTYPED * level:
        at = dice.randrange(len(typed))
        typed[at] = dice.choice([each for each in "0123456789" if each != typed[at]])
    return sha256("".join(typed).encode()).hexdigest()[:32]
