"""What encryption costs, as ratios to plain SQLite in the same run, and what an officer waits for in a large vault."""

import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

import pytest

from tests.support.big_vault import big_vault
from tests.support.vaults import an_answer, drawn_from, new_vault, reopened
from victimid.crypto.secret import DataKey
from victimid.model.audit import Action
from victimid.store.answers import _INSERT, _values
from victimid.store.connection import _SETTINGS, Database, open_database
from victimid.store.migrations import v0001, v0002

ROWS = 100_000
WORDS = "x" * 600
COLUMNS = "(id INTEGER PRIMARY KEY, ref TEXT NOT NULL, words TEXT NOT NULL)"
RECORD = "INSERT INTO {}.record (ref, words) VALUES (?, ?)"
ROOT = Path(__file__).parents[2]


def tell(line: str) -> None:
    """Print what was measured."""
    sys.stdout.write(f"{line}\n")


def p99(taken: list[float]) -> float:
    """Return the figure that 99 of 100 stay below."""
    return sorted(taken)[max(len(taken) * 99 // 100 - 1, 0)]


def timed(action: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    began = clock()
    action()
    return clock() - began


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Database]:
    """Open an encrypted database and beside it, under the same settings, a plain one."""
    with closing(open_database(tmp_path / "main.db", DataKey.random())) as database:
        database.execute("ATTACH DATABASE ? AS plain KEY ''", (str(tmp_path / "plain.db"),))
        for setting in _SETTINGS:
            if setting.split()[0] in {"journal_mode", "synchronous", "cache_size", "journal_size_limit"}:
                database.rows(f"PRAGMA plain.{setting}")
        for name in ("main", "plain"):
            database.execute(f"CREATE TABLE {name}.record {COLUMNS}")
        yield database
    assert (tmp_path / "plain.db").read_bytes().startswith(b"SQLite format 3\x00")


def compared(
    times: int, clock: Callable[[], float], action: Callable[[str], object], before: Callable[[str], object] = str
) -> tuple[list[float], list[float]]:
    """Do something in both databases in turn, so that both meet the same disturbances."""
    gc.collect()
    taken: dict[str, list[float]] = {"main": [], "plain": []}
    for _ in range(times):
        for name, found in taken.items():
            before(name)
            found.append(timed(partial(action, name), clock))
    return taken["main"], taken["plain"]


def test_a_durable_commit_costs_little_more_than_in_plain_sqlite(both: Database) -> None:
    encrypted, plain = compared(400, perf_counter, lambda name: both.execute(RECORD.format(name), ("ref", WORDS)))
    ratio = median(encrypted) / median(plain)
    tell(f"durable commit: {median(encrypted) * 1000:.2f} ms, {ratio:.2f} of plain")
    assert ratio <= 1.3


def test_inserting_many_answers_costs_little_more_than_in_plain_sqlite(both: Database) -> None:
    tables = [each for each in (*v0001.STATEMENTS, *v0002.STATEMENTS) if "TABLE answer " in each]
    both.execute("PRAGMA foreign_keys = OFF")
    for name in ("main", "plain"):
        for statement in tables:
            both.execute(statement.replace("TABLE answer", f"TABLE {name}.answer"))
    answer = replace(an_answer(), own_words="w" * 400)
    rows = [_values(f"i{number}", replace(answer, revision=number)) for number in range(ROWS)]

    def insert(name: str) -> None:
        with both.transaction():
            both._connection.executemany(_INSERT.replace("INTO answer", f"INTO {name}.answer"), rows)

    def emptied(name: str) -> None:
        both.execute(f"DELETE FROM {name}.answer")  # noqa: S608 - one of two fixed names
        both.rows(f"PRAGMA {name}.wal_checkpoint(TRUNCATE)")

    encrypted, plain = compared(3, process_time, insert, emptied)
    ratio = min(encrypted) / min(plain)
    tell(f"{ROWS} answers inserted: {min(encrypted):.2f} s, {ratio:.2f} of plain")
    assert ratio <= 1.8


def test_reading_what_is_in_memory_costs_the_same_as_in_plain_sqlite(both: Database) -> None:
    for name in ("main", "plain"):
        with both.transaction():
            both._connection.executemany(RECORD.format(name), [(f"RU-{number}", WORDS) for number in range(20_000)])

    def read(name: str) -> None:
        query = f"SELECT words FROM {name}.record WHERE id = ?"  # noqa: S608 - one of two fixed names
        for number in range(1, 20_000):
            both.value(query, (number,))

    encrypted, plain = compared(15, process_time, read)
    ratio = min(encrypted) / min(plain)
    tell(f"cached reads: {min(encrypted) / 20:.4f} ms each, {ratio:.2f} of plain")
    assert ratio <= 1.1


def test_verifying_a_long_audit_costs_little_more_than_fetching_and_hashing_it(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    with vault.together():
        for number in range(ROWS):
            detail, digest = f"interview-{number} /data/q1 1", f"{number:064x}"
            vault.audit.append(Action.ANSWERED, "officer-1", f"RU-{number}", detail, content=digest, case_state=digest)

    def fetch_and_hash() -> None:
        for row in vault._database.rows("SELECT * FROM audit"):
            hashlib.sha256(repr(row).encode()).hexdigest()

    verified = min(timed(vault.audit.verify, process_time) for _ in range(4))
    plainly = min(timed(fetch_and_hash, process_time) for _ in range(4))
    vault.lock()
    tell(f"{ROWS} audit entries verified: {verified:.2f} s, {verified / plainly:.2f} of fetching and hashing")
    assert verified <= 1.5 * plainly


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("big") / "vault"
    big_vault(made).lock()
    return made


def test_an_answer_among_a_hundred_thousand_interviews_is_soon_durable(folder: Path) -> None:
    """Thousands of answers in a row, new and corrected, without a calm moment; then these.

    What else the machine does shows in the clock on the wall and only ever adds, so the calmest of six rounds counts
    there; what the program itself works counts in all of them.
    """
    vault, draw = reopened(folder), drawn_from(9)
    with (folder / "beside").open("wb", buffering=0) as beside:

        def sync() -> None:
            beside.write(bytes(14 * 4096))
            os.fsync(beside.fileno())

        def save(number: int) -> tuple[float, float, float]:
            interview, ref = f"i{draw.randrange(100_000):06d}", f"/data/new{number}" if number % 2 else "/data/q1"
            answer = replace(an_answer(ref, str(number)), own_words=said(draw))
            began, worked = perf_counter(), process_time()
            vault.interviews.save_answer(interview, answer, "", "<data/>")
            return perf_counter() - began, process_time() - worked, timed(sync)

        saves = [save(number) for number in range(3000)]
    (folder / "beside").unlink()
    caught_up = timed(lambda: list(vault.search_upkeep.catch_up()))
    tidies = []
    for number in range(300):
        vault.interviews.save_answer(f"i{number:06d}", replace(an_answer(), own_words=said(draw)), "", "<data/>")
        tidies.append(timed(vault.search_upkeep.tidy, process_time))
    vault.lock()
    walls, works, syncs = map(list, zip(*saves, strict=True))
    named = {"new, CPU": works[1::2], "corrected, CPU": works[::2], "new": walls[1::2], "corrected": walls[::2]}
    tell("median, 99 of 100, and most:")
    for name, taken in {**named, "fsync of this disk": syncs, "a calm moment's work, CPU": tidies}.items():
        tell(f"{name}: {' '.join(f'{value * 1000:.2f}' for value in (median(taken), p99(taken), max(taken)))} ms")
    rounds = [slice(start, start + 500) for start in range(0, 3000, 500)]
    beyond = sorted((p99(walls[each]) - p99(syncs[each])) * 1000 for each in rounds)
    tell(f"saved, beyond the disk, 99 of 100, by round: {' '.join(f'{value:.2f}' for value in beyond)} ms")
    tell(f"their words taken into the index: {caught_up:.1f} s")
    assert p99(works) <= 0.008
    assert beyond[0] <= 8
    assert p99(tidies) < 0.1


def said(draw: Random) -> str:
    """Return twenty words, many of them known to the index."""
    return " ".join("".join(draw.choices(("ma", "ri", "po", "ta", "lu", "ne", "ko", "si"), k=3)) for _ in range(20))


def test_a_large_vault_unlocks_as_fast_as_a_small_one(folder: Path, tmp_path: Path) -> None:
    new_vault(tmp_path / "vault").lock()

    def unlock(place: Path) -> float:
        began = perf_counter()
        vault = reopened(place)
        taken = perf_counter() - began
        vault.lock()
        return taken

    small = min(unlock(tmp_path / "vault") for _ in range(5))
    large = min(unlock(folder) for _ in range(5))
    tell(f"unlock beyond key derivation: {large * 1000:.0f} ms large, {small * 1000:.0f} ms small")
    assert large <= max(0.15, 3 * small)


# What the kernel noted for this program alone: getrusage would count the program that started it, too.
MEMORY = """
import sys
from pathlib import Path
from tests.support.vaults import an_answer, reopened
vault = reopened(Path(sys.argv[1]))
for number in range(2000):
    vault.interviews.answers(f"i{number * 50:06d}")
    vault.interviews.save_answer(f"i{number * 50:06d}", an_answer(), "", "<data/>")
vault.lock()
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(peak.split()[1]) / 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a program needed")
def test_a_large_vault_needs_little_memory(folder: Path) -> None:
    command = [sys.executable, "-c", MEMORY, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    tell(f"memory with the large vault open: {float(done.stdout):.0f} MiB at most")
    assert float(done.stdout) <= 250
