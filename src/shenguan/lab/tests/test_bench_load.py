"""The bench under load: who asks for what when, and what a line says of the answers."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from shenguan.base.accounts.services import still_open
from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.ops import clock
from shenguan.lab import bench_load
from shenguan.lab.bench_load import Answer
from shenguan.lab.morning import MORNING, arrivals
from shenguan.lab.visitors import visitors
from shenguan.spine.tests.registry import demo_court

USERS = {post.name: post.users for post in MORNING}


def test_the_same_seed_plans_the_same_morning():
    assert arrivals(20, 30, 1, USERS) == arrivals(20, 30, 1, USERS)
    assert arrivals(20, 30, 1, USERS) != arrivals(20, 30, 2, USERS)


def test_requests_come_at_the_rate_from_every_post():
    plan = arrivals(20, 300, 1, USERS)
    assert len(plan) == pytest.approx(6000, rel=0.05)
    assert [one.at for one in plan] == sorted(one.at for one in plan)
    judges = sum(one.post.name == "法官" for one in plan)
    assert judges / len(plan) == pytest.approx(0.5, abs=0.03)
    assert all(one.user < one.post.users for one in plan)


def test_a_post_that_nobody_holds_opens_nothing():
    plan = arrivals(20, 30, 1, {"法官": 2, "院长": 0})
    assert {one.post.name for one in plan} == {"法官"}
    assert arrivals(20, 30, 1, {}) == []


def test_every_request_is_sent_and_one_that_fails_is_counted_as_an_error():
    plan = arrivals(200, 0.1, 1, USERS)

    def ask(arrival):
        if arrival is plan[0]:
            raise ConnectionError
        return 200, 12.0, 3.0

    answers = bench_load.send(plan, ask)
    assert [answer.arrival for answer in answers] == plan
    whole = bench_load._whole(answers, 1.0, 5, (0.0, 0.0))
    assert (whole["requests"], whole["errors"], whole["p50"]) == (len(plan), 1, 12)
    assert "答复 [0]" in whole["name"]


def test_a_line_holds_the_servers_time_against_the_target_and_what_the_sender_saw():
    (arrival, *_rest) = arrivals(20, 10, 1, USERS)
    line = bench_load._line("页", 300, [Answer(arrival, 200, 150.0, 20.0, 180.0, 0.0)], 7)
    assert (line["ours"], line["ratio"], line["seen_p95"], line["cpu"]) == (150, 0.5, 180, 20)


def test_visitors_are_signed_in_for_the_measurement_alone(db):
    signed_in("法官", demo_court())
    with visitors({"法官": 2, "院长": 1}) as people:
        assert (len(people["法官"]), people["院长"]) == (2, [])
        key = people["法官"][0].headers["Cookie"].split("sessionid=")[1].split(";")[0]
        assert still_open(key, now=clock.now()) is not None
        client = Client()
        client.cookies["sessionid"] = key
        assert client.get("/cases/").status_code == 200
    assert not User.objects.filter(username__startswith="bench-").exists()
