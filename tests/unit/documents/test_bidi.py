"""Direction: base level, levels and visual order in cases an officer's text really has."""

import pytest

from victimid.documents import bidi


def _shown(text: str, base: int) -> str:
    """Return the characters from left to right, without isolates."""
    levels = bidi.levels(text, base)
    return "".join(text[i] for i in bidi.visual_order(levels) if text[i] not in "\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("text", "default", "level"),
    [
        ("123 abc", 1, 0),
        ("(\u05d0) abc", 0, 1),
        ("123", 1, 1),
        ("123", 0, 0),
        ("\u2068\u05d0\u2069 abc", 1, 0),
        ("", 1, 1),
    ],
)
def test_base_level_is_that_of_the_first_strong_letter_outside_isolates(text: str, default: int, level: int) -> None:
    assert bidi.base_level(text, default) == level


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("\u05d0\u05d1\u05d2 12:30", 1, "12:30 \u05d2\u05d1\u05d0"),
        ("\u05d0 Casa (Puente)", 1, "Casa (Puente) \u05d0"),
        ("\u05d0 (\u05d1)", 1, ")\u05d1( \u05d0"),
        ("abc \u05d0\u05d1, \u05d2 def", 0, "abc \u05d2 ,\u05d1\u05d0 def"),
        ("\u05d0 \u2068Jean (1)\u2069, \u05d1", 1, "\u05d1 ,Jean (1) \u05d0"),
        ("\u05d0 \u2068\u05d1 \u2068x y\u2069 \u05d2\u2069 a", 0, "\u05d0 \u05d2 x y \u05d1 a"),
        ("\u2068" * 200 + "ab", 0, "ab"),
    ],
)
def test_visual_order(text: str, base: int, shown: str) -> None:
    assert _shown(text, base) == shown


def test_arabic_times_keep_their_order() -> None:
    assert _shown("\u0628\u0639\u062f 18:00", 1) == "18:00 \u062f\u0639\u0628"
