"""Answers in words, and what a date that is not exact may mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.app.interview_text import asked_for, latest_day
from victimid.model.answer import Precision


@pytest.mark.parametrize(
    ("day", "precision", "latest"),
    [
        (date(2008, 5, 3), Precision.EXACT, date(2008, 5, 3)),
        (date(2008, 12, 1), Precision.MONTH, date(2008, 12, 31)),
        (date(2008, 2, 1), Precision.MONTH, date(2008, 2, 29)),
        (date(2008, 1, 1), Precision.YEAR, date(2008, 12, 31)),
        (date(2008, 1, 1), Precision.SPRING, date(2008, 12, 31)),
        (date(2008, 1, 1), Precision.ABOUT_YEAR, date(2009, 12, 31)),
        (date(9999, 1, 1), Precision.ABOUT_DAY, date(9999, 12, 31)),
    ],
)
def test_a_date_may_mean_its_latest_day(day: date, precision: Precision, latest: date) -> None:
    assert latest_day(day, precision) == latest


@given(st.dates(), st.sampled_from(Precision))
def test_the_latest_day_is_never_before_the_day(day: date, precision: Precision) -> None:
    assert latest_day(day, precision) >= day


def test_a_form_that_asks_for_less_is_told_less_exactly() -> None:
    assert asked_for("month-year", Precision.EXACT) is Precision.MONTH
    assert asked_for("year", Precision.EXACT) is Precision.YEAR
    assert asked_for("w1 no-calendar", Precision.EXACT) is Precision.EXACT
    assert asked_for("year", Precision.ABOUT_YEAR) is Precision.ABOUT_YEAR
