"""The header in which an answer says how long it took."""

import re

from shenguan.web.timing import timed


def test_an_answer_says_its_own_time_and_keeps_its_headers():
    said = {}
    application = timed(lambda _environ, start: start("200 OK", [("A", "b")]) or [b"x"])
    assert application({}, lambda _status, headers: said.update(headers)) == [b"x"]
    assert said["A"] == "b"
    assert re.fullmatch(r"app;dur=[\d.]+, cpu;dur=[\d.]+", said["Server-Timing"])
