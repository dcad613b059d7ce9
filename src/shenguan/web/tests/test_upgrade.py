"""A home that an older version wrote: its facts are made anew before anybody asks them."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from shenguan.spine.facts import archive, services
from shenguan.spine.tests.registry import NOW, add_case, demo_court
from shenguan.web.database import bring_facts_up_to_date

pytestmark = pytest.mark.django_db


def test_facts_with_other_columns_are_made_anew_and_fitting_ones_left_alone(
    tmp_path, settings, capsys
):
    settings.HOME = tmp_path
    bring_facts_up_to_date()
    add_case("（2026）示0101民初1号", {"2026-01-15": "立案"}, court=demo_court(), case_type="民初")
    services.rebuild(tmp_path, now=NOW)
    bring_facts_up_to_date()
    assert not capsys.readouterr().err
    (file, *_rest) = archive.files(tmp_path, "case")
    rows = pq.read_table(file, partitioning=None)
    pq.write_table(rows.drop_columns(rows.column_names[-1]), file)
    assert not archive.fits(tmp_path)
    bring_facts_up_to_date()
    assert archive.fits(tmp_path)
    assert "旧版本" in capsys.readouterr().err
