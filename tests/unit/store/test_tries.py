"""Wrong tries: how long to wait, and that neither restart, clock nor damage makes it shorter."""

import shutil
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis.strategies import binary, booleans, floats, lists, sampled_from

from tests.support.vaults import NOON, FakeClock
from victimid.errors import VictimIDError
from victimid.model.wrong_try import TriedAt, WrongTry, wrong_try_of
from victimid.store.tries import LISTED, Tries, wait_after

LINES = (
    b"unlock 1\n", b"unlock 1795132800\n", b"change 9999999999    \r\n", b"unlock -1\n", b"\xff\n", b"unlock\n",
    b"unlock 99999999999\n", b"unlock " + b"9" * 5000 + b"\n", b"Ana Example 1795132800\n", b"salvage 0\n" * 500,
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tries"


def wrong(path: Path, clock: FakeClock, times: int = 1) -> VictimIDError:
    """Try wrongly as often, waiting as asked, each time as if the program had started anew."""
    for _ in range(times):
        clock.move(Tries(path, clock.uptime).wait())
        tries = Tries(path, clock.uptime)
        tries.begin(TriedAt.UNLOCK)
        refused = tries.refused()
    return refused


def test_waits_grow_to_a_minute() -> None:
    assert [wait_after(count) for count in range(11)] == [0, 0, 0, 5, 10, 20, 40, 60, 60, 60, 60]
    assert wait_after(10**9) == 60


def test_each_refusal_says_what_is_left(path: Path) -> None:
    clock = FakeClock()
    said = [wrong(path, clock).fields for _ in range(5)]
    assert said == [
        {"tries_left": 2, "wait": 0},
        {"tries_left": 1, "wait": 0},
        {"tries_left": 0, "wait": 5},
        {"tries_left": 0, "wait": 10},
        {"tries_left": 0, "wait": 20},
    ]


def test_a_try_is_refused_until_the_wait_is_over(path: Path) -> None:
    clock = FakeClock()
    wrong(path, clock, 4)
    for seconds, left in ((0, 10), (9, 1), (0.5, 1)):
        clock.move(seconds)
        with pytest.raises(VictimIDError, match=f"vault.wait seconds={left}"):
            Tries(path, clock.uptime).begin(TriedAt.UNLOCK)
    clock.move(0.5)
    assert Tries(path, clock.uptime).begin(TriedAt.UNLOCK).count == 4


def test_success_forgets_them(path: Path) -> None:
    clock = FakeClock()
    wrong(path, clock, 6)
    Tries(path, clock.uptime).reset()
    assert Tries(path, clock.uptime).wait() == 0
    assert wrong(path, clock).fields == {"tries_left": 2, "wait": 0}


def test_the_clock_on_the_wall_has_no_say(path: Path) -> None:
    clock, up = FakeClock(), 5_000.0
    for _ in range(3):
        Tries(path, lambda: up).begin(TriedAt.UNLOCK)
    clock.move(10 * 365 * 86400)
    assert Tries(path, lambda: up).wait() == 5
    assert Tries(path, lambda: up + 4).wait() == 1


@pytest.mark.parametrize(("up", "left"), [(0.5, 20), (5, 15), (20, 0), (4_999, 0), (5_001, 19), (90_000, 0)])
def test_a_restart_of_the_machine_starts_the_wait_anew(path: Path, up: float, left: int) -> None:
    clock = FakeClock()
    wrong(path, clock, 5)
    path.write_text(path.read_text().replace(path.read_text().split()[1], "5000"))
    assert Tries(path, lambda: up).wait() == left


@given(last=floats(0, 1e9), since=floats(0, 1e9), restarted=booleans())
def test_no_more_time_counts_than_has_passed(last: float, since: float, *, restarted: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tries"
        path.write_text(f"9 {last:.3f}")
        passed = since if restarted else since - round(last, 3)
        assume(passed >= 0)
        assert Tries(path, lambda: since).wait() >= 60 - passed - 0.001


def test_every_try_is_listed_with_its_time_until_it_is_forgotten(path: Path) -> None:
    clock = FakeClock()
    wrong(path, clock)
    clock.move(90)
    tries = Tries(path, clock.uptime, clock)
    with pytest.raises(VictimIDError, match=r"vault\.wrong_passphrase"), tries.one(TriedAt.RECOVERY) as before:
        raise VictimIDError("keyfile.wrong_passphrase")
    assert [each.where for each in before.listed] == [TriedAt.UNLOCK]
    assert tries.listed()[1] == WrongTry(TriedAt.RECOVERY, NOON + timedelta(seconds=90))
    with pytest.raises(VictimIDError, match=r"keyfile\.damaged"), tries.one(TriedAt.SALVAGE):
        raise VictimIDError("keyfile.damaged")
    with tries.one(TriedAt.CHANGE):
        assert [each.where for each in tries.listed()] == [TriedAt.UNLOCK, TriedAt.RECOVERY, TriedAt.CHANGE]
    assert (tries.wait(), len(tries.listed())) == (0, 2)
    wrong(path, clock, 4)
    assert tries.wait() == 10
    tries.forget_listed()
    assert (tries.wait(), tries.listed()) == (10, ())


def test_the_tries_of_a_place_go_on_with_what_takes_it(path: Path, tmp_path: Path) -> None:
    clock, beside = FakeClock(), tmp_path / "beside"
    wrong(path, clock)
    shutil.copyfile(path, beside)
    clock.move(60)
    for _ in range(2):
        Tries(beside, clock.uptime, clock).begin(TriedAt.BACKUP)
    tries = Tries(path, clock.uptime, clock)
    tries.take_over(beside)
    assert [each.where for each in tries.listed()] == [TriedAt.UNLOCK, *[TriedAt.BACKUP] * 2]
    tries.take_over(beside)
    assert (tries.wait(), len(tries.listed()), Tries(beside, clock.uptime).wait()) == (0, 3, 5)
    for _ in range(LISTED):
        clock.move(60)
        Tries(beside, clock.uptime, clock).begin(TriedAt.BACKUP)
    tries.take_over(beside)
    assert (len(tries.listed()), tries.listed()[-1].at) == (LISTED, clock())


def test_of_very_many_tries_the_newest_are_listed_and_all_are_counted(path: Path) -> None:
    clock = FakeClock()
    for _ in range(LISTED + 5):
        tries = Tries(path, clock.uptime, clock)
        before = tries.begin(TriedAt.UNLOCK)
        clock.move(60)
    assert before.count == LISTED + 4
    assert [each.at for each in tries.listed()] == [NOON + timedelta(minutes=n) for n in range(5, LISTED + 5)]


@given(content=binary(max_size=8000) | lists(sampled_from(LINES)).map(b"".join))
def test_whatever_stands_in_the_list_shortens_no_wait_and_the_list_stays_short(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tries"
        path.write_bytes(b"6 1000000.000".ljust(63) + b"\n" + content)
        tries = Tries(path, FakeClock().uptime)
        assert tries.wait() == 40
        listed = tries.listed()
        assert len(listed) <= LISTED
        assert {wrong_try_of(each.detail) for each in listed} == set(listed)
        tries.forget_listed()
        assert (tries.wait(), tries.listed()) == (40, ())


def test_the_short_file_of_the_first_version_counts_on(path: Path) -> None:
    path.write_text("4 1000000.000".ljust(63) + "\n", "ascii")
    tries = Tries(path, FakeClock().uptime)
    assert (tries.wait(), tries.listed()) == (10, ())


def test_a_clock_far_off_is_no_reason_to_let_nobody_in(path: Path) -> None:
    tries = Tries(path, FakeClock().uptime, lambda: datetime(1601, 1, 1, tzinfo=UTC))
    tries.begin(TriedAt.UNLOCK)
    assert tries.listed() == (WrongTry(TriedAt.UNLOCK, datetime(1970, 1, 1, tzinfo=UTC)),)


@pytest.mark.parametrize("detail", ["", "own_cases", "wrong_passphrase unlock", "wrong_passphrase x 2026-11-21"])
def test_other_refusals_tell_of_no_try(detail: str) -> None:
    assert wrong_try_of(detail) is None


@pytest.mark.parametrize(
    "content", ["", "x", "3", "3 yesterday", "\x00" * 64, "é", "9" * 60 + " x", "-1 5", "3 nan", "3 -1", "3 inf"]
)
def test_a_damaged_count_costs_the_first_wait_and_no_more(path: Path, content: str) -> None:
    clock = FakeClock()
    path.write_text(content, "utf-8")
    assert Tries(path, clock.uptime).wait() == 5
    clock.move(5)
    assert Tries(path, clock.uptime).begin(TriedAt.UNLOCK).count == 3


def test_a_huge_file_in_its_place_is_not_read_whole(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    tracemalloc.start()
    assert Tries(path, FakeClock().uptime).wait() == 5
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_the_file_keeps_its_length_so_that_a_full_disk_does_not_matter(path: Path) -> None:
    clock = FakeClock()
    lengths = set()
    for _ in range(12):
        wrong(path, clock)
        clock.move(timedelta(days=400, microseconds=7).total_seconds())
        lengths.add(path.stat().st_size)
    [length] = lengths
    assert length < 8192


def test_a_folder_in_its_place_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(VictimIDError, match=r"vault\.write_failed reason='EINVAL'"):
        Tries(path, FakeClock().uptime).begin(TriedAt.UNLOCK)
