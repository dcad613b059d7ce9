"""On the two usual office screens nothing is cut off and no page scrolls sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.journeys.walk import Findings

pytestmark = pytest.mark.browser


def test_nothing_is_cut_off_at_1366_and_1440(walked: Findings):
    assert walked.cut == []
