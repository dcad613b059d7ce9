"""How long an answer took, said in its `Server-Timing` header: for measuring, never on by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def timed(application: Application) -> Application:
    """Return a WSGI application that says the milliseconds of wall (`app`) and CPU time (`cpu`) of each answer.

    What a request waited for before a thread took it up isn't in it: only its sender can see that.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        wall, cpu = time.perf_counter(), time.thread_time()

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            spent = (time.perf_counter() - wall) * 1000
            worked = (time.thread_time() - cpu) * 1000
            said = f"app;dur={spent:.1f}, cpu;dur={worked:.1f}"
            return start_response(status, [*headers, ("Server-Timing", said)], *more)

        return application(environ, start)

    return answer
