"""Passphrases: what is accepted, what is not, and one-time passphrases that can be read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.crypto.passphrase import Level, one_time, require_enough, strength
from victimid.errors import VictimIDError
from victimid.model.case import REFERENCE_ALPHABET

GUESSED_FIRST = [
    "",
    "a",
    "password",
    "P@ssw0rd2024!",
    "Contraseña123",
    "motdepasse motdepasse motdepasse",
    "a" * 60,
    "abc" * 20,
    "abcdefghijklmnopqrstuvwxyz1234567890",
    "qwertyuiop asdfghjkl zxcvbnm",
    "0987654321 0987654321",
    "Ana Morales 1984 policia frontera",
    "morales-ana-morales-ana-morales",
    "12345678901234567890",
    "12.05.1983 14.06.1985",
    "12/05/1983-14/06/85",
    "2026-11-22 10:15",
    "192.168.100.200",
    "a b c d e f g h i j k l m n",
    "1q2w3e4r5t6y",
    "a1b2c3d4e5f6",
    "!1@2#3$4%5^6",
    "zaq12wsx cde34rfv",
    "йцукенгшщзхъ фывапролджэ",
    "ضصثقفغعهخح شسيبلاتن",
    "ana@gmail.com 1983",
]
HARD_TO_GUESS = [
    "four quiet herons crossing",
    "ríos verdes corren lento",
    "quatre chevaux verts dansent",
    "مطر هادئ فوق الجبل البعيد",
    "长河落日圆大漠孤烟直",
    "tR7$kQ2!mZ9x",
]


@pytest.mark.parametrize("text", GUESSED_FIRST)
def test_what_is_guessed_first_is_weak_and_refused(text: str) -> None:
    assert strength(text, "Ana Morales").level is Level.WEAK
    with pytest.raises(VictimIDError, match=r"passphrase\.too_weak") as refused:
        require_enough(text, "Ana Morales")
    assert refused.value.fields == {"bits": strength(text, "Ana Morales").bits, "wanted": 50}


@pytest.mark.parametrize("text", HARD_TO_GUESS)
def test_what_is_hard_to_guess_is_enough(text: str) -> None:
    assert strength(text, "Ana Morales").enough
    require_enough(text, "Ana Morales")


def test_the_own_name_counts_for_little() -> None:
    text = "Katherine Villavicencio Quiñones"
    assert strength(text).enough
    assert not strength(text, "Katherine Villavicencio Quinones").enough


def test_levels_rise_with_length() -> None:
    words = ("herons", "quiet", "copper", "lantern", "orchard", "velvet")
    levels = [strength(" ".join(words[:count])).level for count in range(1, 7)]
    assert levels[0] is Level.WEAK
    assert levels[-1] is Level.STRONG
    assert {Level.FAIR, Level.GOOD} & set(levels)
    assert levels == sorted(levels, key=list(Level).index)


@given(st.text(), st.text())
def test_any_text_has_an_estimate_that_does_not_exceed_its_length(text: str, name: str) -> None:
    found = strength(text, name)
    assert 0 <= found.bits <= 9 * len(text)
    assert found.enough == (found.level is not Level.WEAK)


def test_saying_it_twice_adds_almost_nothing() -> None:
    once, twice = strength("four quiet herons"), strength("four quiet herons four quiet herons")
    assert twice.bits <= once.bits + 8


def test_a_one_time_passphrase_is_five_groups_of_clear_signs() -> None:
    drawn = {one_time() for _ in range(200)}
    assert len(drawn) == 200
    for passphrase in drawn:
        groups = passphrase.split("-")
        assert [len(group) for group in groups] == [4] * 5
        assert set("".join(groups)) <= set(REFERENCE_ALPHABET)
    assert set("".join(drawn)) - {"-"} == set(REFERENCE_ALPHABET)
    assert len(REFERENCE_ALPHABET) ** 20 > 2**80
