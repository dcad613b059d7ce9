"""Two who decide at once, on a server that lets them; and lists whose cost doesn't grow with them."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shenguan.base.approvals.services import Overtaken, Verdict
from shenguan.base.org.models import Person
from shenguan.programs.timechanges.services import decide
from shenguan.programs.timechanges.tests.bench import make_bench
from shenguan.programs.timechanges.tests.test_pages import enter
from shenguan.programs.timechanges.tests.test_pattern import OTHER, apply_in
from shenguan.spine.cases.models import Event
from shenguan.spine.tests.people import at, hold

NO = Verdict("refuses", "剩余审限足以审结，请抓紧安排开庭。", ["N4"])
MOST_QUERIES = {"/approvals/": 10, "/approvals/mine/": 10, "/approvals/pattern/": 10}
"""The budget of each list: queries of a signed-in request, whatever the number of rows."""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_presidents_at_once_one_decides_and_one_is_told():
    bench = make_bench()
    request = bench.apply()
    bench.agree(request, bench.chief)
    second = hold("院长乙", "院长", bench.court)
    told, start = [], Barrier(2)

    def act(person: Person, verdict: Verdict) -> None:
        try:
            start.wait(timeout=10)
            decide(request.pk, verdict, person=person, now=at("2026-11-04"))
            told.append("done")
        except Overtaken:
            told.append("overtaken")
        finally:
            connection.close()

    verdicts = ((bench.president, Verdict("agrees")), (second, NO))
    threads = [Thread(target=act, args=pair) for pair in verdicts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(told) == ["done", "overtaken"]
    ends = Event.objects.filter(kind__in=("延长审限批准", "不予批准延长"))
    assert ends.count() == 1
    assert request.decisions.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("address", MOST_QUERIES)
def test_a_list_asks_no_more_for_more_rows(address):
    with time_machine.travel(at("2026-11-03"), tick=False):
        bench = make_bench()
        counts = []
        for serial in (2, 3, 4):
            apply_in(bench, serial, "2026-11-01", OTHER)
            client = enter(bench.judge if "mine" in address else bench.chief)
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= MOST_QUERIES[address]
