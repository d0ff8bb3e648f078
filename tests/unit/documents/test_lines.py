"""Choice of fonts and breaking of lines, with the real fonts."""

import pytest

from victimid.documents.itemize import paragraph
from victimid.documents.lines import Line, broken
from victimid.documents.shaping import shape
from victimid.errors import VictimIDError


def _lines(text: str, measure: float, language: str = "en", *, rtl: bool = False) -> tuple[Line, ...]:
    return broken(paragraph(text, rtl=rtl, bold=False), language, measure)


def _texts(text: str, measure: float) -> list[str]:
    return [line.text for line in _lines(text, measure)]


def test_lines_break_after_spaces_and_hyphens_and_not_within_numbers() -> None:
    assert _texts("a well-known 555-0100 example", 5.2) == ["a well-", "known", "555-0100", "example"]


def test_a_word_longer_than_the_line_is_cut_between_letters() -> None:
    lines = _lines("x" * 100, 10)
    assert "".join(line.text for line in lines) == "x" * 100
    assert all(0 < line.width <= 10 for line in lines)
    assert len(lines) < 10


def test_a_letter_is_not_parted_from_its_marks() -> None:
    lines = _lines("x\u0331\u0302" * 60, 5)
    assert all(line.text.startswith("x") for line in lines)


def test_marks_piled_on_one_letter_do_not_climb_over_the_page() -> None:
    line = _lines("e" + "\u0301" * 200, 400)[0]
    assert max(glyph.y for piece in line.pieces for glyph in piece.glyphs) < 2


def test_spaces_at_line_ends_are_not_drawn() -> None:
    assert all(text == text.strip() for text in _texts("one two  three   four " * 5, 7))


def test_scripts_get_their_own_font() -> None:
    pieces = _lines("Jean جان 12", 50)[0].pieces
    fonts = {piece.text.strip(): piece.face.font for piece in pieces}
    assert "Arabic" in fonts["جان"]
    assert "Arabic" not in fonts["Jean"]


def test_bold_letters_are_wider() -> None:
    regular, bold = (broken(paragraph("Referral", rtl=False, bold=bold), "en", 99)[0].width for bold in (False, True))
    assert bold > regular * 1.03


def test_the_first_arabic_letter_stands_at_the_right_and_letters_join() -> None:
    piece = _lines("بيت", 50, "ar", rtl=True)[0].pieces[0]
    letters = [glyph for glyph in piece.glyphs if glyph.text]
    assert [glyph.text for glyph in sorted(letters, key=lambda glyph: -glyph.x)] == ["ب", "ي", "ت"]
    alone = shape("ب", piece.face, "Arab", "ar", rtl=True)
    assert {glyph.id for glyph in alone} - {glyph.id for glyph in piece.glyphs}


@pytest.mark.parametrize(
    ("text", "character", "script"),
    [("漢", "U+6F22", "Han"), ("ok \U0001f600", "U+1F600", "Common"), ("\ue000", "U+E000", "Unknown")],
)
def test_a_character_without_a_font_is_named(text: str, character: str, script: str) -> None:
    with pytest.raises(VictimIDError, match=r"document\.no_font") as caught:
        _lines(text, 20)
    assert caught.value.fields == {"character": character, "script": script}
