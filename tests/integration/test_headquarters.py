"""Laptops and headquarters with real files between them: received once, in any order, as a whole or not at all."""

import itertools
import os
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.bundles import MARKER, WHEN, Laptop, record
from victimid.crypto import age, sshsig
from victimid.crypto.kdf import Cost
from victimid.errors import VictimIDError
from victimid.exchange.bundle import WrittenBundle, read_receipt
from victimid.headquarters import schema
from victimid.headquarters.register import Register, create_register, open_register

PASSPHRASE = "plume rivière cactus lanterne"
CHEAP = Cost(8 * 1024, 1, 1)


class Clock:
    """A clock that moves on by a minute whenever somebody looks at it."""

    def __init__(self) -> None:
        self._minutes = itertools.count()

    def __call__(self) -> datetime:
        return WHEN + timedelta(minutes=next(self._minutes))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = create_register(tmp_path / "register", PASSPHRASE, Clock(), CHEAP)
    yield made
    made.close()


@pytest.fixture
def laptop(register: Register) -> Laptop:
    made = Laptop(recipients=(register.recipient,))
    assert register.enrol(f"{made.key.public} some comment", " Example post 1 ") == made.device
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def stored(register: Register) -> list[tuple[object, ...]]:
    return register._database.rows("SELECT device, kind, id, revision, body FROM record ORDER BY id, revision")


def send(laptop: Laptop, stick: Path, *numbers: int) -> WrittenBundle:
    return laptop.write(stick, [record(number) for number in numbers])


def test_bundle_is_received_and_answered(register: Register, laptop: Laptop, stick: Path) -> None:
    written = send(laptop, stick, 1, 2, 3)
    received = register.receive(written.path)
    assert (received.outcome, received.gap) == ("new", ())
    assert len(stored(register)) == 3
    receipt = read_receipt(register.write_receipt(stick, received.receipt), register.public_key)
    assert receipt == received.receipt
    assert (receipt.device, receipt.sequence, receipt.records) == (laptop.device, 1, 3)
    assert receipt.manifest_sha256 == written.manifest_sha256


def test_replay_changes_nothing_and_is_answered_alike(register: Register, laptop: Laptop, stick: Path) -> None:
    written = send(laptop, stick, 1, 2)
    first = register.receive(written.path)
    path = register.write_receipt(stick, first.receipt)
    answer = path.read_bytes()
    again = register.receive(written.path)
    assert again == replace(first, outcome="again")
    assert register.write_receipt(stick, again.receipt).read_bytes() == answer
    assert len(stored(register)) == 2


def test_receipt_of_another_key_is_refused(register: Register, laptop: Laptop, stick: Path) -> None:
    path = register.write_receipt(stick, register.receive(send(laptop, stick, 1).path).receipt)
    with pytest.raises(VictimIDError, match=r"signature\.wrong_key"):
        read_receipt(path, laptop.key.public)


def test_gap_is_reported_until_it_closes(register: Register, laptop: Laptop, stick: Path) -> None:
    written = [send(laptop, stick, number) for number in range(1, 7)]
    assert register.receive(written[2].path).gap == ((1, 2),)
    assert register.receive(written[5].path).gap == ((1, 2), (4, 5))
    (status,) = register.status()
    assert (status.last_sequence, status.bundles, status.missing) == (6, 2, ((1, 2), (4, 5)))
    assert register.receive(written[0].path).gap == ((2, 2), (4, 5))
    for bundle in written:
        register.receive(bundle.path)
    (status,) = register.status()
    assert (status.last_sequence, status.bundles, status.records, status.missing) == (6, 6, 6, ())
    assert status.name == "Example post 1"


def test_same_number_with_other_content_is_a_fork(register: Register, laptop: Laptop, stick: Path) -> None:
    copied = replace(laptop)
    register.receive(send(laptop, stick, 1).path)
    (stick / "copy").mkdir()
    with pytest.raises(VictimIDError, match=r"register\.fork"):
        register.receive(send(copied, stick / "copy", 2).path)
    assert len(stored(register)) == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_history_that_does_not_fit_its_neighbour_is_a_fork(
    register: Register, laptop: Laptop, stick: Path, order: tuple[int, int]
) -> None:
    first = send(laptop, stick, 1)
    laptop.previous_sha256 = "cd" * 32
    bundles = (first, send(laptop, stick, 2))
    register.receive(bundles[order[0]].path)
    with pytest.raises(VictimIDError, match=r"register\.fork"):
        register.receive(bundles[order[1]].path)
    assert len(stored(register)) == 1


def test_unknown_laptop_is_refused_until_enrolled(register: Register, stick: Path) -> None:
    stranger = Laptop(recipients=(register.recipient,))
    written = send(stranger, stick, 1)
    with pytest.raises(VictimIDError, match=r"register\.unknown_device") as refusal:
        register.receive(written.path)
    assert refusal.value.fields == {"device": stranger.device}
    register.enrol(stranger.key.public, "")
    assert register.receive(written.path).outcome == "new"


def test_bundle_for_another_headquarters_is_refused(register: Register, laptop: Laptop, stick: Path) -> None:
    laptop.recipients = (age.new_identity().recipient,)
    with pytest.raises(VictimIDError, match=r"age\.wrong_key"):
        register.receive(send(laptop, stick, 1).path)
    (status,) = register.status()
    assert (status.bundles, status.last_received_at) == (0, None)


def test_damaged_bundle_leaves_nothing(register: Register, laptop: Laptop, stick: Path) -> None:
    written = send(laptop, stick, *range(30))
    good = written.path.read_bytes()
    for position in range(0, len(good), len(good) // 150):
        damaged = bytearray(good)
        damaged[position] ^= 1 << position % 8
        written.path.write_bytes(damaged)
        with pytest.raises(VictimIDError):
            register.receive(written.path)
    for cut in (0, 512, 1000, len(good) - 1):
        written.path.write_bytes(good[:cut])
        with pytest.raises(VictimIDError):
            register.receive(written.path)
    (status,) = register.status()
    assert (status.bundles, stored(register)) == (0, [])
    written.path.write_bytes(good)
    assert register.receive(written.path).outcome == "new"


def test_records_come_once_by_device_kind_id_and_revision(register: Register, laptop: Laptop, stick: Path) -> None:
    other = Laptop(recipients=(register.recipient,))
    register.enrol(other.key.public, "Example post 2")
    register.receive(laptop.write(stick, [record(1), record(2)]).path)
    register.receive(laptop.write(stick, [record(1), record(2, revision=2), record(3)]).path)
    register.receive(other.write(stick, [record(1)]).path)
    assert [row[:4] for row in stored(register) if row[0] == laptop.device] == [
        (laptop.device, "answer", "case-1", 1),
        (laptop.device, "answer", "case-2", 1),
        (laptop.device, "answer", "case-2", 2),
        (laptop.device, "answer", "case-3", 1),
    ]
    assert len(stored(register)) == 5


def test_record_rewritten_under_its_revision_is_refused(register: Register, laptop: Laptop, stick: Path) -> None:
    register.receive(laptop.write(stick, [record(1)]).path)
    changed = laptop.write(stick, [record(2), record(1, "something else")])
    with pytest.raises(VictimIDError, match=r"register\.record_changed"):
        register.receive(changed.path)
    assert len(stored(register)) == 1


def test_megabytes_of_records_arrive(register: Register, laptop: Laptop, stick: Path) -> None:
    records = (record(number, os.urandom(600).hex()) for number in range(5000))
    written = laptop.write(stick, records)
    assert written.path.stat().st_size > 2_500_000
    assert register.receive(written.path).receipt.records == 5000
    assert len(stored(register)) == 5000


def test_register_survives_closing_and_opening(tmp_path: Path, laptop: Laptop, register: Register, stick: Path) -> None:
    written = send(laptop, stick, 1)
    first = register.receive(written.path)
    before = (register.recipient, register.public_key, register.status())
    register.close()
    reopened = open_register(tmp_path / "register", PASSPHRASE, Clock(), CHEAP)
    assert (reopened.recipient, reopened.public_key, reopened.status()) == before
    assert reopened.receive(written.path) == replace(first, outcome="again")
    reopened.close()


def test_nothing_is_in_clear_on_disk(tmp_path: Path, register: Register, laptop: Laptop, stick: Path) -> None:
    register.receive(send(laptop, stick, *range(200)).path)
    secrets = [MARKER.encode(), register.secret_identity().encode(), b"Example post"]
    open_files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    register.close()
    closed_files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(closed_files) >= 3
    assert not any(secret in content for secret in secrets for content in open_files + closed_files)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "register").stat().st_mode) == 0o700


def test_printed_secret_opens_a_bundle_with_the_age_tool(
    tmp_path: Path, register: Register, laptop: Laptop, stick: Path
) -> None:
    written = send(laptop, stick, 1)
    (tmp_path / "key.txt").write_text(register.secret_identity(), "ascii")
    subprocess.run(["tar", "xf", written.path, "-C", stick], check=True)
    opened = subprocess.run(
        ["age", "-d", "-i", tmp_path / "key.txt", stick / "data-0001.age"], capture_output=True, check=True
    )
    clear = subprocess.run(["zcat"], input=opened.stdout, capture_output=True, check=True)
    assert MARKER.encode() in clear.stdout


def test_enrolling_again_renames(register: Register, laptop: Laptop) -> None:
    register.enrol(laptop.key.public, "Moved to the port")
    (status,) = register.status()
    assert (status.name, status.public_key) == ("Moved to the port", sshsig.check_public(laptop.key.public))


def test_another_key_with_the_same_device_id_is_not_enrolled(register: Register, laptop: Laptop) -> None:
    other = sshsig.check_public(sshsig.new_key().public)
    register._database.execute("UPDATE device SET public_key = ? WHERE device = ?", (other, laptop.device))
    with pytest.raises(VictimIDError, match=r"register\.device_clash"):
        register.enrol(laptop.key.public, "x")


def test_text_that_is_no_key_is_not_enrolled(register: Register) -> None:
    with pytest.raises(VictimIDError, match=r"signature\.bad_public_key"):
        register.enrol("ssh-rsa AAAA", "x")
    assert register.status() == ()


def test_wrong_passphrase_is_refused(tmp_path: Path, register: Register) -> None:
    register.close()
    with pytest.raises(VictimIDError, match=r"keyfile\.wrong_passphrase"):
        open_register(tmp_path / "register", PASSPHRASE + "x", Clock(), CHEAP)


def test_folder_in_use_is_left_alone(tmp_path: Path, register: Register) -> None:
    assert register.status() == ()
    with pytest.raises(VictimIDError, match=r"register\.exists"):
        create_register(tmp_path / "register", PASSPHRASE, Clock(), CHEAP)
    (tmp_path / "file").write_text("x", "ascii")
    with pytest.raises(VictimIDError, match=r"register\.exists"):
        create_register(tmp_path / "file", PASSPHRASE, Clock(), CHEAP)
    with pytest.raises(VictimIDError, match=r"register\.cannot_write"):
        create_register(tmp_path / "file" / "register", PASSPHRASE, Clock(), CHEAP)


def test_weak_passphrase_leaves_nothing_and_what_a_crash_left_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "hq"
    with pytest.raises(VictimIDError, match=r"passphrase\."):
        create_register(folder, "a", Clock(), CHEAP)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".hq.new").mkdir()
    (tmp_path / ".hq.new" / "header.json").write_text("half", "ascii")
    folder.mkdir()
    create_register(folder, PASSPHRASE, Clock(), CHEAP).close()
    assert [path.name for path in tmp_path.iterdir()] == ["hq"]


def test_missing_pieces_are_named(tmp_path: Path, register: Register) -> None:
    register.close()
    with pytest.raises(VictimIDError, match=r"register\.missing"):
        open_register(tmp_path / "nowhere", PASSPHRASE, Clock(), CHEAP)
    database = tmp_path / "register" / "register.db"
    kept = database.read_bytes()
    database.unlink()
    with pytest.raises(VictimIDError, match=r"register\.incomplete"):
        open_register(tmp_path / "register", PASSPHRASE, Clock(), CHEAP)
    database.write_bytes(b"")
    with pytest.raises(VictimIDError, match=r"register\.incomplete"):
        open_register(tmp_path / "register", PASSPHRASE, Clock(), CHEAP)
    database.write_bytes(kept)
    newer = open_register(tmp_path / "register", PASSPHRASE, Clock(), CHEAP)
    newer._database.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    newer.close()
    with pytest.raises(VictimIDError, match=r"register\.newer_version"):
        open_register(tmp_path / "register", PASSPHRASE, Clock(), CHEAP)
