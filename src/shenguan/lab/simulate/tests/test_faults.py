"""What is put wrong on purpose is found: in the registry, in the exports, in the judgments."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import islice

import pytest
from click.testing import CliRunner

from shenguan import rulebook
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.core.judgment import read
from shenguan.lab.commands_simulate import simulate
from shenguan.lab.simulate import land
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.dirt import SPOILERS, fault_of, spoilt
from shenguan.lab.simulate.export import export
from shenguan.lab.simulate.organise import organise
from shenguan.lab.simulate.render import paper, renders
from shenguan.lab.simulate.smudge import SMUDGES
from shenguan.lab.simulate.world import LAST_DAY, city_of, world
from shenguan.programs.intake.models import Finding
from shenguan.programs.intake.services import Importer, Options
from shenguan.rulebook import DATA
from shenguan.rulebook.loaders import quality
from shenguan.spine.cases.models import Case, Event

BOOK = rulebook.load()
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=COURT_ZONE)
SIZE = 260


def faulty(share=0.35):
    return spoilt(world(4, SIZE, 4, calendar=BOOK.calendar), 4, share)


class Silent:
    def stage(self, title, total):
        return lambda done: None

    def headings(self, file, layout):
        return {}

    def renumbered(self, old, new, why):
        return False


def test_every_fault_is_named_after_a_check_of_the_rulebook():
    checks = {check.id for check in quality.load(DATA).checks}
    assert set(SPOILERS) | set(SMUDGES) <= checks


def test_most_kinds_of_fault_occur_in_a_city_of_2000():
    made = spoilt(world(2024, 2000, 10, calendar=BOOK.calendar), 2024)
    kinds = {fault.check for fault in map(fault_of, made) if fault}
    assert len(kinds) >= len(SPOILERS) - 2


@pytest.mark.django_db
def test_the_city_lands_by_the_one_door_and_every_fault_in_it_is_found():
    courts = organise(city_of(SIZE, 4))
    done = land.put_in(faulty(), courts, now=NOW, title="试")
    assert (done.cases, Case.objects.filter(visible=True).count()) == (SIZE, SIZE)
    assert Event.objects.filter(case__isnull=False).count() == done.events
    found = set(Finding.objects.values_list("case__number_key", "check_id"))
    faults = [fault for fault in map(fault_of, faulty()) if fault]
    assert len(faults) > 50
    assert [f for f in faults if (f.number, f.check) not in found] == []


@pytest.mark.django_db
def test_a_clean_city_has_no_serious_findings():
    clean = world(6, 200, 3, calendar=BOOK.calendar)
    land.put_in(clean, organise(city_of(200, 3)), now=NOW, title="试")
    assert not Finding.objects.filter(severity="严重").exists()


@pytest.mark.django_db
def test_the_exported_table_goes_in_and_every_fault_in_it_is_found(tmp_path):
    organise(city_of(SIZE, 4))
    list(export(faulty(0.15), tmp_path, last=LAST_DAY, seed=4))
    truth = json.loads((tmp_path / "真值.json").read_text(encoding="utf-8"))
    table = tmp_path / f"案件表_{date(2026, 11, 13)}.xlsx"
    options = Options(actor="试", now=NOW, on=date(2026, 11, 13), snapshot=True)
    report = Importer(options, Silent()).run([table])
    assert report.files[0].error == ""
    found = set(Finding.objects.values_list("case__number_key", "check_id"))
    missed = [f for f in truth["数据质量"] if (f["案号"], f["检查"]) not in found]
    assert len(truth["数据质量"]) > 20
    assert missed == []


@pytest.mark.django_db
def test_the_second_table_shows_what_vanished(tmp_path):
    organise(city_of(450, 4))
    made = world(8, 450, 4, calendar=BOOK.calendar)
    list(export(made, tmp_path, last=LAST_DAY, seed=8))
    truth = json.loads((tmp_path / "真值.json").read_text(encoding="utf-8"))
    assert truth["消失"]
    for day in (date(2026, 11, 13), LAST_DAY):
        options = Options(actor="试", now=NOW, on=day, snapshot=True)
        report = Importer(options, Silent()).run([tmp_path / f"案件表_{day}.xlsx"])
    gone = set(
        Finding.objects.filter(check_id="vanished_case").values_list("case__number", flat=True)
    )
    assert set(truth["消失"]) <= gone
    assert report.files[0].changed > 0


def test_judgments_read_as_the_register_says_but_for_what_differs_on_purpose():
    made = filter(renders, world(9, 900, 4, calendar=BOOK.calendar))
    for n, case in enumerate(islice(made, 40)):
        differing = n % 4 == 1
        got = read(paper(case, Dice(n), differing).text, BOOK.codes)
        assert got.case_number.value == case.number
        assert got.court.value == case.court_name
        assert got.filed_on.value == case.filed_on
        if not differing:
            assert got.judged_on.value == case.legal_end_on
            assert got.cause.value
            assert case.cause.endswith(got.cause.value[0])


@pytest.mark.django_db
def test_the_demo_city_is_made_once(tmp_path):
    runner = CliRunner()
    arguments = ["--cases", "60", "--courts", "3", "--demo"]
    first = runner.invoke(simulate, arguments)
    assert first.exit_code == 0, first.output
    assert "60件案件" in first.output
    assert Case.objects.count() == 60
    again = runner.invoke(simulate, arguments)
    assert (again.exit_code, Case.objects.count()) == (0, 60)
    refused = runner.invoke(simulate, arguments[:-1])
    assert refused.exit_code == 1
    assert "已有演示城市" in refused.output


def test_the_report_prints_every_published_figure():
    got = CliRunner().invoke(simulate, ["--cases", "300", "--dry", "--report"])
    assert got.exit_code == 0, got.output
    assert got.output.count("\n") >= 51
    assert "不适用" in got.output


def test_days_without_a_calendar_are_refused_in_plain_words():
    got = CliRunner().invoke(simulate, ["--dry", "--to", "2027-03-01"])
    assert got.exit_code == 1
    assert "2027" in got.output
