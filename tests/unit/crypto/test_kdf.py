"""Names and passphrases become keys: what makes no difference, what does, and the bounds of the cost."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import TEST_COST
from victimid.crypto import kdf
from victimid.crypto.kdf import CAP, FLOOR, Cost, name_key, seconds, stretch, tuned
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


def test_the_bounds_lie_within_the_bounds() -> None:
    assert FLOOR.within(FLOOR, CAP)
    assert CAP.within(FLOOR, CAP)


@pytest.mark.parametrize("figure", ["memory_kib", "iterations", "lanes"])
@pytest.mark.parametrize(("bound", "step"), [(FLOOR, -1), (CAP, 1)])
def test_one_figure_beyond_a_bound_is_outside(figure: str, bound: Cost, step: int) -> None:
    beyond = replace(bound, **{figure: getattr(bound, figure) + step})
    assert not beyond.within(FLOOR, CAP)


def machine(per_mebibyte: float, longest_run_mebibytes: int = 4096) -> Callable[[Cost], float]:
    """Return the measuring of a machine that needs so many seconds for one pass over a mebibyte."""

    def measure(cost: Cost) -> float:
        mebibytes = cost.memory_kib // 1024
        return mebibytes * cost.iterations * per_mebibyte if mebibytes <= longest_run_mebibytes else float("inf")

    return measure


@given(st.floats(1e-7, 1), st.one_of(st.none(), st.integers(0, 2**40)))
def test_the_cost_of_a_new_vault_lies_within_bounds_and_takes_no_longer_than_a_second(
    speed: float, free: int | None
) -> None:
    measure = machine(speed)
    cost = tuned(free, measure)
    assert cost.within(FLOOR, CAP)
    assert cost == FLOOR or measure(cost) <= 1
    assert cost.memory_kib == FLOOR.memory_kib or cost.memory_kib * 1024 <= (free or 2**30) // 4
    # Below half a second only where nothing more is allowed.
    assert measure(cost) >= 0.5 or cost.iterations == CAP.iterations


@pytest.mark.parametrize(
    ("speed", "free", "cost"),
    [
        (1, 2**34, FLOOR),
        (0.7 / 3 / 256, 2**34, Cost(256 * 1024, 3, 4)),
        (0.7 / 3 / 256, 2**29, Cost(128 * 1024, 6, 4)),
        (0.7 / 3 / 256, None, Cost(256 * 1024, 3, 4)),
        (0.7 / 3 / 1024, None, Cost(256 * 1024, 12, 4)),
        (0.7 / 3 / 1024, 2**34, Cost(1024 * 1024, 3, 4)),
        (0, 2**34, Cost(1024 * 1024, 20, 4)),
    ],
)
def test_memory_comes_first_then_passes(speed: float, free: int | None, cost: Cost) -> None:
    assert tuned(free, machine(speed)) == cost


def test_a_larger_memory_that_takes_too_long_is_not_chosen() -> None:
    assert tuned(2**34, machine(0.4 / 3 / 64, longest_run_mebibytes=64)) == Cost(64 * 1024, 5, 4)


def test_a_run_is_measured_here() -> None:
    assert 0 < seconds(TEST_COST) < seconds(FLOOR)


def test_no_memory_counts_as_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*_: object) -> bytearray:
        raise VictimIDError("keyfile.memory_short", mebibytes=64)

    monkeypatch.setattr(kdf, "stretch", short)
    assert seconds(FLOOR) == float("inf")
    assert tuned(None) == FLOOR


def test_argon2_without_memory_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Short:
        def __init__(self, **_: object) -> None:
            raise MemoryError

    monkeypatch.setattr(kdf, "Argon2id", Short)
    with pytest.raises(VictimIDError, match=r"keyfile\.memory_short mebibytes=64"):
        stretch("Ana", WORD, SALT, FLOOR)
