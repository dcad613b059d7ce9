"""Pages under load: the server that `serve` starts, asked by many people at a steady average rate.

Requests arrive independently of how fast earlier ones were answered (an open loop), so a slow server can't slow its
own questioner down. Of each answer we know the server's own wall and CPU time (`Server-Timing`) and what the
sender saw from the planned moment on, waiting included. Everything runs on one machine, the sender too.

As before any morning, the night's `warm` has run; whatever else isn't remembered yet in a process, its first
visitor waits for.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from statistics import fmean
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from shenguan.lab.measure import quantile
from shenguan.lab.morning import CASE, MORNING, SEARCH, WORDS, Arrival, arrivals, shown_cases
from shenguan.lab.visitors import Visitor, visitors

SEED, AT_ONCE = 1, 64
_PATIENCE = 60
_TIMING = re.compile(r"app;dur=([\d.]+), cpu;dur=([\d.]+)")
_SAFE = "/?=&:%"


@dataclass(frozen=True, slots=True)
class Answer:
    """One request in milliseconds: the server's wall and CPU time, what the sender saw; `late` in sending it."""

    arrival: Arrival
    status: int
    wall: float
    cpu: float
    seen: float
    late: float


Ask = Callable[[Arrival], tuple[int, float, float]]
"""Sends one request; returns status and the server's wall and CPU milliseconds."""


def run(rate: float, seconds: float, size: int) -> Iterator[dict[str, Any]]:
    """Measure on the home Django stands on; yield a line a post and page, a line a page, one of the whole."""
    with visitors({post.name: post.users for post in MORNING}) as people, _serving() as port:
        plan = arrivals(rate, seconds, SEED, {name: len(some) for name, some in people.items()})
        ask = _asker(port, people)
        for _process in range(2):
            for one in _once_each(plan):
                ask(one)
        before = os.getloadavg()[0]
        started = time.perf_counter()
        answers = send(plan, ask)
        spent = time.perf_counter() - started
    yield from lines(answers, size)
    yield _whole(answers, spent, size, (before, os.getloadavg()[0]))


def send(plan: Sequence[Arrival], ask: Ask) -> list[Answer]:
    """Send each request at its moment, whatever became of the others."""
    start = time.perf_counter()

    def one(arrival: Arrival) -> Answer:
        begun = time.perf_counter()
        try:
            status, wall, cpu = ask(arrival)
        except OSError:
            status, wall, cpu = 0, 0.0, 0.0
        due = start + arrival.at
        seen = (time.perf_counter() - due) * 1000
        return Answer(arrival, status, wall, cpu, seen, (begun - due) * 1000)

    waiting = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for arrival in plan:
            if (ahead := start + arrival.at - time.perf_counter()) > 0:
                time.sleep(ahead)
            waiting.append(pool.submit(one, arrival))
    return [each.result() for each in waiting]


def lines(answers: Iterable[Answer], size: int) -> Iterator[dict[str, Any]]:
    """Yield the line of each post and page, then of each page over all posts."""
    by_post: dict[tuple[str, int], list[Answer]] = defaultdict(list)
    by_page: dict[tuple[str, int], list[Answer]] = defaultdict(list)
    for answer in answers:
        opening = answer.arrival.opening
        by_post[f"{answer.arrival.post.name} {opening.name}", opening.target].append(answer)
        by_page[f"合计 {opening.name}", opening.target].append(answer)
    for (name, target), some in [*sorted(by_post.items()), *sorted(by_page.items())]:
        yield _line(name, target, some, size)


def _line(name: str, target: int, some: Sequence[Answer], size: int) -> dict[str, Any]:
    """Return one line over the answers that are pages; what else came is named and counted as errors."""
    good = [answer for answer in some if answer.status == HTTPStatus.OK]
    others = sorted({answer.status for answer in some} - {HTTPStatus.OK})
    walls, seen = [answer.wall for answer in good], [answer.seen for answer in good]
    p95 = quantile(walls, 95)
    return {
        "name": f"{name} 答复 {others}" if others else name,
        "ours": p95,
        "against": target,
        "ratio": None if p95 is None else round(p95 / target, 2),
        "unit": "ms p95",
        "n": size,
        "p50": quantile(walls, 50),
        "p99": quantile(walls, 99),
        "seen_p95": quantile(seen, 95),
        "cpu": round(fmean(answer.cpu for answer in good)) if good else None,
        "requests": len(some),
        "errors": len(some) - len(good),
    }


def _whole(
    answers: Sequence[Answer], spent: float, size: int, load: tuple[float, float]
) -> dict[str, Any]:
    """Return the line of everything: the rate reached, how busy the processors were, how late we sent."""
    cores = os.cpu_count() or 1
    busy = sum(answer.cpu for answer in answers) / 1000 / spent / cores
    return {
        **_line("全部", 500, answers, size),
        "rate": round(len(answers) / max(answer.arrival.at for answer in answers), 1),
        "busy": f"{busy:.0%}×{cores}",
        "late_p99": quantile([answer.late for answer in answers], 99),
        "load": f"{load[0]:.1f}→{load[1]:.1f}",
    }


def _once_each(plan: Iterable[Arrival]) -> Iterable[Arrival]:
    """Return one request of each post and page."""
    return {(one.post.name, one.opening.name): one for one in plan}.values()


def _asker(port: int, people: Mapping[str, Sequence[Visitor]]) -> Ask:
    cases: dict[tuple[str, int], list[str]] = {}

    def ask(arrival: Arrival) -> tuple[int, float, float]:
        who = people[arrival.post.name][arrival.user]
        address = arrival.opening.address
        if address == SEARCH:
            return _searched(port, who, WORDS[int(arrival.draw * len(WORDS))])
        if address == CASE:
            key = arrival.post.name, arrival.user
            if key not in cases:
                cases[key] = shown_cases(_sent(port, who, "GET", "/cases/?state=all")[1])
            address = cases[key][int(arrival.draw * len(cases[key]))] if cases[key] else "/cases/"
        return _timed(_sent(port, who, "GET", address)[0])

    return ask


def _searched(port: int, who: Visitor, words: str) -> tuple[int, float, float]:
    """Ask by POST and open the answer: the time of both."""
    asked, _text = _sent(port, who, "POST", SEARCH, urlencode({"q": words}))
    _status, wall, cpu = _timed(asked)
    found, _text = _sent(port, who, "GET", asked.headers["Location"] or SEARCH)
    status, more, worked = _timed(found)
    alone = status == HTTPStatus.FOUND  # one case found is opened at once
    return (HTTPStatus.OK if alone else status), wall + more, cpu + worked


def _sent(
    port: int, who: Visitor, method: str, address: str, body: str = ""
) -> tuple[HTTPResponse, str]:
    link = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        headers = dict(who.headers)
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link.request(method, quote(address, safe=_SAFE), body or None, headers)
        answer = link.getresponse()
        return answer, answer.read().decode("utf-8", "replace")
    finally:
        link.close()


def _timed(answer: HTTPResponse) -> tuple[int, float, float]:
    found = _TIMING.search(answer.headers["Server-Timing"] or "")
    wall, cpu = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return answer.status, wall, cpu


@contextmanager
def _serving() -> Iterator[int]:
    """Prepare the morning, start the server of this home and yield its port once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "shenguan", "--home", str(settings.HOME)]
    subprocess.run([*command, "warm"], check=True)
    with subprocess.Popen([*command, "serve", "--port", str(port), "--timing"]) as server:
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            _sent(port, Visitor("", {}), "GET", "/login/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("网页服务未能启动")
