"""Words compare as people read them, whatever the script; what is typed is never syntax."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.store.search_words import locate, normalise, query, worth_a_search


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Peña NIÑO", "pena nino"),
        ("Müller-Straße", "MULLER STRASSE"),
        ("رَئِيسُ", "رئيس"),
        ("أحمد إبراهيم آمنة", "احمد ابراهيم امنه"),
        ("عـــمـــل", "عمل"),
        ("فارسی", "فارسي"),
        ("Всё ещё Ёлка", "все еще елка"),
        ("Đặng Thị Ngọc", "dang thi ngoc"),
        ("İstanbul ILGAZ ısı", "istanbul ilgaz isi"),
        ("Łódź Ørsted", "lodz orsted"),
        ("٠٩٩١٢٣ ۰۹۹ ०९९", "099123 099 099"),
        ("ＡＢＣ１２", "abc12"),
        ("ﻻ", "لا"),
        ("葛\U000e0100城 ❤\ufe0f", "葛城"),
        ("\u1100\u1175\u11b7", "김"),
    ],
)
def test_spellings_that_only_look_different_are_one(written: str, typed: str) -> None:
    assert normalise(written) == normalise(typed)


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("हिंदी", "हद"), ("мама", "папа")])
def test_marks_that_make_another_word_stay(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    assert normalise("老板拿走了") == "老 板 拿 走 了"
    assert normalise("ไทย") == "ไ ท ย"


@given(st.text())
def test_the_form_of_a_form_is_itself_and_any_unicode_form_is_the_same(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


@given(st.text())
def test_a_query_is_quoted_words_and_nothing_else(text: str) -> None:
    asked = query(text, "words")
    inside = asked.removeprefix("words : (").removesuffix(")")
    for number, part in enumerate(inside.split('"')):
        if number % 2:
            assert part == normalise(part)
        else:
            assert part in {"", "*", " AND ", "* AND "}


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("a", False),
        ("ab", True),
        (" - ", False),
        ("老", True),
        ("7", False),
        ("김", True),
        ("ㄱ", False),
        ("\u2764\ufe0f", False),
    ],
)
def test_one_letter_is_too_little_and_one_chinese_character_or_korean_syllable_is_not(text: str, worth: bool) -> None:
    assert worth_a_search(text) is worth


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("Dijo que la señora Peña vino", "pena", "Peña"),
        ("أخذ رَئِيسُ العمل", "رئيس", "رَئِيسُ"),
        ("然后老板拿走了护照", "护照", "护照"),
        ("Всё забрал", "все", "Всё"),
        ("nothing of it", "zzz", None),
        ("cathedral heart", "he", "he"),
        ("최김수 그리고 김철수", "김", "김"),
        ("葛\U000e0100城さん", "葛城", "葛\U000e0100城"),
    ],
)
def test_a_word_is_located_in_the_original(text: str, sought: str, found: str | None) -> None:
    here = locate(text, sought)
    assert (text[slice(*here)] if here else None) == found


def test_a_word_is_located_by_its_beginning() -> None:
    assert locate("cathedral heart", "he") == (10, 12)
