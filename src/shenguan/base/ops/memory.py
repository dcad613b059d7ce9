"""What stands for the life of a process, and needn't be looked at each time memory is tidied."""

from __future__ import annotations

import atexit
import gc
from functools import cache


@cache
def keep_standing() -> None:
    """Let the collector pass over everything loaded so far: modules, rulebook, code tables.

    Once a process, after loading and before long work. A night makes and drops millions of small
    objects; walking the standing ones again and again costs a seventh of it.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # libraries count what is left over when a process ends
