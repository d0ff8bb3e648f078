"""What officers type becomes XForms text."""

import pytest

from victimid.ui.screens import answer_values, interview_typed
from victimid.ui.screens.answer_values import DateParts
from victimid.ui.screens.interview_typed import Typed
from victimid.ui.widgets.text import reads_right_to_left


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", "12"),
        ("٣٫٥", "3.5"),
        ("1,5", "1.5"),
        ("\u2212 7", "-7"),
        ("1 200", "1200"),
        ("about ten", "aboutten"),
        ("۴۲", "42"),
        ("", ""),
    ],
)
def test_numbers_of_any_script(typed: str, value: str) -> None:
    assert answer_values.number(typed) == value


@pytest.mark.parametrize(
    ("parts", "appearance", "value"),
    [
        (DateParts("2", "5", "2026"), "", "2026-05-02"),
        (DateParts("٢", "٥", "٢٠٢٦"), "", "2026-05-02"),
        (DateParts("", "", "2019"), "year", "2019-01-01"),
        (DateParts("", "11", "2019"), "month-year", "2019-11-01"),
        (DateParts(), "", ""),
        (DateParts(), "year", ""),
    ],
)
def test_dates(parts: DateParts, appearance: str, value: str) -> None:
    assert answer_values.date_value(parts, appearance) == value
    if value:
        shown = answer_values.date_parts(value)
        assert answer_values.date_value(shown, "") == value


def test_date_and_time() -> None:
    assert answer_values.date_time_value(DateParts("2", "5", "2026", "9", "5")) == "2026-05-02T09:05:00"
    assert answer_values.date_time_value(DateParts("2", "5", "2026")) == "2026-05-02T00:00:00"
    assert answer_values.date_parts("2026-05-02T09:05:00.000+01:00").hour == "09"


@pytest.mark.parametrize(
    "typed", [Typed(), Typed("other "), Typed("", 'she said "no"\nthen'), Typed("مرحبا", "<img src=x>")]
)
def test_drafts_come_back_as_they_were(typed: Typed) -> None:
    assert interview_typed.read(typed.text()) == typed


def test_blanks_alone_are_nothing_typed() -> None:
    assert Typed(" ", "\n").text() == ""


@pytest.mark.parametrize("text", ["plain words", "[1, 2]", "{", '["one"]', "12"])
def test_a_draft_of_another_make_is_the_answer(text: str) -> None:
    assert interview_typed.read(text) == Typed(text)


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("Èske?", False),
        ("12 هل", True),
        ("؟", True),
        ("123", False),
        ("", False),
        ("(العربية)", True),
        ("\u2068العربية\u2069: si", False),
    ],
)
def test_direction_by_the_first_letter(text: str, *, rtl: bool) -> None:
    assert reads_right_to_left(text) is rtl
