"""Exports: numbered and chained, every changed case once, answered by a receipt."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sessions import HEADQUARTERS, answer_all, begun, open_session, shared_content
from tests.support.vaults import NAME, PASSPHRASE, POST, TEST_COST, FakeClock
from victimid.app import exporting, headquarters, receipts, vault_care
from victimid.app.headquarters import Register
from victimid.app.session import Door, Session, VaultSetup
from victimid.crypto import age
from victimid.errors import VictimIDError


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    created = headquarters.create(tmp_path / "register", PASSPHRASE, FakeClock(), TEST_COST)
    yield created
    created.close()


@pytest.fixture
def laptop(tmp_path: Path, register: Register) -> Iterator[Session]:
    """Return a laptop that encrypts to the register and is enrolled there."""
    setup = VaultSetup(POST, NAME, PASSPHRASE, (register.recipient,))
    opened = Door(tmp_path / "laptop", shared_content(), FakeClock(), TEST_COST, TEST_COST).create(setup)
    register.enrol(opened.vault.device_public_key, "R-03")
    yield opened
    opened.lock()


def screened(session: Session) -> str:
    interview = begun(session)
    answer_all(interview)
    interview.finish()
    return interview.view().case_ref


def test_nothing_new_is_said_and_uses_no_number(session: Session, tmp_path: Path) -> None:
    with pytest.raises(VictimIDError) as refused:
        exporting.write(session, tmp_path)
    assert refused.value.code == "export.nothing_to_send"
    assert session.vault.exports.next_sequence() == 1


def test_without_a_key_of_headquarters_nothing_is_written(tmp_path: Path) -> None:
    door = Door(tmp_path / "vault", shared_content(), FakeClock(), TEST_COST, TEST_COST)
    session = door.create(VaultSetup(POST, NAME, PASSPHRASE))
    screened(session)
    with pytest.raises(VictimIDError) as refused:
        exporting.write(session, tmp_path)
    assert refused.value.code == "export.no_headquarters_key"
    session.lock()


def test_each_change_travels_once(session: Session, tmp_path: Path) -> None:
    first = screened(session)
    assert exporting.view(session).waiting_cases == 1
    one = exporting.write(session, tmp_path)
    assert exporting.view(session).waiting_cases == 0
    screened(session)
    two = exporting.write(session, tmp_path)
    assert (one.export.sequence, two.export.sequence) == (1, 2)
    assert exporting.view(session).headquarters_keys == (HEADQUARTERS.recipient,)
    assert first not in two.path.read_bytes().decode("latin-1")


def test_headquarters_receives_and_the_receipt_comes_back(laptop: Session, register: Register, tmp_path: Path) -> None:
    screened(laptop)
    written = exporting.write(laptop, tmp_path)
    assert exporting.verify(written.path, laptop.vault.device_public_key).sequence == 1
    received = register.receive(written.path)
    receipt = register.write_receipt(tmp_path, received.receipt)
    receipts.set_key(laptop, register.public_key)
    receipts.take(laptop, receipt)
    assert exporting.view(laptop).exports[0].received_at is not None
    status = register.status()[0]
    assert (status.device, status.bundles, status.records) == (laptop.vault.device_id, 1, written.export.records)


def test_a_case_that_goes_on_is_received_as_a_later_revision(
    laptop: Session, register: Register, tmp_path: Path
) -> None:
    interview = begun(laptop)
    register.receive(exporting.write(laptop, tmp_path).path)
    answer_all(interview)
    interview.finish()
    received = register.receive(exporting.write(laptop, tmp_path).path)
    assert received.outcome == "new"
    assert register.status()[0].last_sequence == 2


def test_headquarters_is_told_of_every_key_that_is_not_its_own(
    laptop: Session, register: Register, tmp_path: Path
) -> None:
    cold, first, second = (age.new_identity().recipient for _ in range(3))
    exporting.add_headquarters_key(laptop, cold)

    def received() -> tuple[set[str], set[str]]:
        screened(laptop)
        found = register.receive(exporting.write(laptop, tmp_path).path)
        return set(found.new_keys), set(found.gone_keys)

    assert received() == ({cold}, set())
    assert received() == (set(), set())
    vault_care.add_recovery_pair(laptop, first, second)
    assert received() == ({first, second}, set())
    exporting.remove_headquarters_key(laptop, cold)
    assert received() == (set(), {cold})


def test_a_receipt_for_somebody_else_is_refused(
    laptop: Session, session: Session, register: Register, tmp_path: Path
) -> None:
    screened(laptop)
    received = register.receive(exporting.write(laptop, tmp_path).path)
    receipt = register.write_receipt(tmp_path, received.receipt)
    receipts.set_key(session, register.public_key)
    with pytest.raises(VictimIDError) as refused:
        receipts.take(session, receipt)
    assert refused.value.code == "receipt.other_device"


def test_a_bundle_that_cannot_be_written_uses_no_number(session: Session, tmp_path: Path) -> None:
    screened(session)
    with pytest.raises(VictimIDError):
        exporting.write(session, tmp_path / "not there")
    assert session.vault.exports.next_sequence() == 1
    assert exporting.view(session).waiting_cases == 1
    assert exporting.write(session, tmp_path).export.sequence == 1


def test_a_key_that_comes_after_the_first_start_opens_exports_and_recovers(tmp_path: Path) -> None:
    door = Door(tmp_path / "vault", shared_content(), FakeClock(), TEST_COST, TEST_COST)
    session = door.create(VaultSetup(POST, NAME, PASSPHRASE))
    screened(session)
    added = exporting.add_headquarters_key(session, f" {HEADQUARTERS.recipient}\n")
    assert added.headquarters_keys == (HEADQUARTERS.recipient,)
    assert exporting.write(session, tmp_path).export.sequence == 1
    with pytest.raises(VictimIDError) as refused:
        exporting.add_headquarters_key(session, HEADQUARTERS.recipient)
    assert refused.value.code == "vault.key_known"
    session.lock()
    header = json.loads((tmp_path / "vault" / "header.json").read_bytes())
    [way] = header["recovery"]
    opened = json.loads(age.decrypt(base64.b64decode(way["file"]), HEADQUARTERS.secret))
    assert len(bytes.fromhex(opened["data_key"])) == 32
    door.unlock(NAME, PASSPHRASE).lock()


def test_a_key_of_another_kind_is_refused_before_it_ends_every_export(session: Session, tmp_path: Path) -> None:
    screened(session)
    other = age.new_identity(post_quantum=True).recipient
    with pytest.raises(VictimIDError, match=r"age\.mixed_recipients"):
        exporting.add_headquarters_key(session, other)
    second = age.new_identity().recipient
    assert exporting.add_headquarters_key(session, second).headquarters_keys == (HEADQUARTERS.recipient, second)
    assert exporting.write(session, tmp_path).export.sequence == 1
    door = Door(tmp_path / "both", shared_content(), FakeClock(), TEST_COST, TEST_COST)
    with pytest.raises(VictimIDError, match=r"age\.mixed_recipients"):
        door.create(VaultSetup(POST, NAME, PASSPHRASE, (HEADQUARTERS.recipient, other)))
    assert not door.exists()
