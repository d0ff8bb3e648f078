"""Names and passphrases become keys: what makes no difference, what does, and the bounds of the cost."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import TEST_COST
from victimid.crypto.kdf import CAP, DEFAULT_COST, FLOOR, Cost, name_key, stretch
from victimid.errors import VictimIDError

SALT, WORD = b"s" * 32, "heron"


def key(name: str = "Ana", passphrase: str = WORD, salt: bytes = SALT, cost: Cost = TEST_COST) -> bytes:
    return bytes(stretch(name, passphrase, salt, cost))


@pytest.mark.parametrize("typed", ["José María Núñez", "jose maria nunez", " JOSE-MARÍA  Nunez ", "Jose Maria Nuñez."])
def test_a_name_is_the_same_however_it_is_typed(typed: str) -> None:
    assert name_key(typed) == "josemarianunez"


def test_a_name_in_arabic_does_not_depend_on_vowel_marks() -> None:
    assert name_key("مُحَمَّد") == name_key("محمد")


@pytest.mark.parametrize("typed", ["", "  ", "-.'", "\u200b"])
def test_a_name_without_letters_is_refused(typed: str) -> None:
    with pytest.raises(VictimIDError, match=r"keyfile\.name_empty"):
        name_key(typed)


@given(st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in text)))
def test_what_is_left_of_a_name_stays_as_it_is(typed: str) -> None:
    try:
        left = name_key(typed)
    except VictimIDError:
        return
    assert name_key(left) == left
    assert name_key(f" {typed} - ") == left


def test_every_ingredient_changes_the_key() -> None:
    more_memory = replace(TEST_COST, memory_kib=TEST_COST.memory_kib * 2)
    keys = {key(), key(name="Eva"), key(passphrase="herons"), key(salt=b"t" * 32), key(cost=more_memory)}
    assert len(keys) == 5


def test_a_passphrase_typed_on_another_keyboard_is_the_same() -> None:
    assert key(passphrase="cami\u00f3n") == key(passphrase="camio\u0301n")
    assert key(passphrase="Camion") != key(passphrase="camion")


def test_vaults_made_today_open_tomorrow() -> None:
    assert key().hex() == "a4d01e433faeda7d854f98e8ab4bd02d69225bf82028cdc51c16eca70b1da640"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is one of Linux")
def test_too_little_memory_is_said_as_such() -> None:
    program = """
import resource
from victimid.crypto.kdf import CAP, stretch
from victimid.errors import VictimIDError
resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
try:
    stretch("Ana", "heron", b"s" * 32, CAP)
except VictimIDError as error:
    print(error)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "keyfile.memory_short mebibytes=1024"


def test_the_default_lies_within_the_bounds() -> None:
    assert DEFAULT_COST.within(FLOOR, CAP)
    assert FLOOR.within(FLOOR, CAP)
    assert CAP.within(FLOOR, CAP)


@pytest.mark.parametrize("figure", ["memory_kib", "iterations", "lanes"])
@pytest.mark.parametrize(("bound", "step"), [(FLOOR, -1), (CAP, 1)])
def test_one_figure_beyond_a_bound_is_outside(figure: str, bound: Cost, step: int) -> None:
    beyond = replace(bound, **{figure: getattr(bound, figure) + step})
    assert not beyond.within(FLOOR, CAP)
