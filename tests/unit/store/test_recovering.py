"""A forgotten passphrase at the vault itself: what changes when headquarters answers, and what a refusal leaves."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.vaults import NAME, NOON, PASSPHRASE, TEST_COST, FakeClock, new_vault, reopened
from victimid.crypto import age, header, keyfile, pending, rekeying
from victimid.crypto.recovery_request import Request
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.people import Role
from victimid.store.recovering import recover_vault, request_recovery, waiting_requests
from victimid.store.vault import Vault

NEW, EVA, EVAS = "seven copper lanterns drifting", "Eva Sample", "nine marble orchards whisper"
PAGE = 4096
DUTY, FIRST, SECOND = (age.new_identity() for _ in range(3))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_vault(tmp_path / "vault", recovery_keys=(DUTY.recipient,)).lock()
    return tmp_path / "vault"


def answered(request: Request, *secrets: str) -> bytes:
    """Answer a request as headquarters does."""
    content = request.ways[0].file
    for secret in secrets or (DUTY.secret,):
        content = age.decrypt(content, secret)
    return age.encrypt(content, [request.recipient])


def recover(folder: Path, answer: bytes, name: str = NAME, passphrase: str = NEW) -> Vault:
    return recover_vault(folder, name, passphrase, answer, FakeClock(), floor=TEST_COST)


def test_an_answer_replaces_the_slot_and_is_noted(folder: Path) -> None:
    request = request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST)
    assert waiting_requests(folder) == (request,)
    vault = recover(folder, answered(request))
    assert [entry.action for entry in vault.audit.entries(2)] == [Action.SLOT_RECOVERED, Action.UNLOCKED]
    vault.lock()
    assert not (folder / "recovery").exists()
    reopened(folder, passphrase=NEW).lock()
    with pytest.raises(VictimIDError, match=r"wrong_passphrase"):
        reopened(folder)


def test_an_old_header_put_back_keeps_headquarters_from_nothing(folder: Path) -> None:
    """And what was the passphrase before stays refused, also with the headers of between."""
    headers = []
    passphrases = [PASSPHRASE, "nine marble orchards whisper", "eleven tall giraffes sneezing"]
    for old, new in itertools.pairwise(passphrases):
        headers.append((old, (folder / "header.json").read_bytes()))
        vault = reopened(folder, passphrase=old)
        vault.change_passphrase(old, new, TEST_COST)
        vault.lock()
    (folder / "header.json").write_bytes(headers[0][1])
    recover(folder, answered(request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST))).lock()
    reopened(folder, passphrase=NEW).lock()
    present = (folder / "header.json").read_bytes()
    for old, content in headers:
        (folder / "header.json").write_bytes(content)
        with pytest.raises(VictimIDError, match=r"officer\.slot_outdated"):
            reopened(folder, passphrase=old)
    (folder / "header.json").write_bytes(present)
    reopened(folder, passphrase=NEW).lock()


def test_a_slot_recovered_while_others_are_tidied_stays_current(folder: Path) -> None:
    unlocked = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST)
    keyfile.add_slot(folder / "header.json", unlocked.key, "Nobody", EVAS)
    recover(folder, answered(request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST))).lock()
    assert len(header.read(folder / "header.json").slots) == 1
    reopened(folder, passphrase=NEW).lock()


def test_somebody_elses_requests_keep_nobody_from_coming_in(folder: Path) -> None:
    request = request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST)
    others = [
        request_recovery(folder, who, "another one altogether", FakeClock(), TEST_COST) for who in (NAME, "Nobody")
    ]
    recover(folder, answered(request)).lock()
    assert waiting_requests(folder) == tuple(others)


def test_a_waiting_file_that_cannot_be_written_keeps_nobody_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST)
    request_recovery(folder, "Nobody", NEW, FakeClock(), TEST_COST)

    def refuse(*_: object) -> None:
        raise VictimIDError("keyfile.not_written")

    monkeypatch.setattr(pending, "forget", refuse)
    recover(folder, answered(request)).lock()
    reopened(folder, passphrase=NEW).lock()


def test_a_late_answer_opens_nothing_also_with_the_clock_put_back(folder: Path) -> None:
    clock = FakeClock()
    answer = answered(request_recovery(folder, NAME, NEW, clock, TEST_COST))
    before = (folder / "header.json").read_bytes()
    clock.move(timedelta(days=91).total_seconds())
    with pytest.raises(VictimIDError, match=r"recovery\.request_expired days=90"):
        recover_vault(folder, NAME, NEW, answer, clock, floor=TEST_COST)
    for _ in range(4):  # no try is used up
        with pytest.raises(VictimIDError, match=r"recovery\.no_request"):
            recover(folder, answer)
    assert (folder / "header.json").read_bytes() == before
    again = request_recovery(folder, NAME, NEW, clock, TEST_COST)
    clock.move(timedelta(days=60).total_seconds())
    recover_vault(folder, NAME, NEW, answered(again), clock, floor=TEST_COST).lock()


def test_unlocking_drops_requests_that_came_too_late(folder: Path) -> None:
    clock = FakeClock()
    old = request_recovery(folder, NAME, NEW, clock, TEST_COST)
    vault = reopened(folder, clock)
    rehearsal = vault.rehearsal.begin(vault.officer, NEW, TEST_COST)
    vault.lock()
    clock.move(timedelta(days=60).total_seconds())
    young = request_recovery(folder, "Nobody", NEW, clock, TEST_COST)
    vault = reopened(folder, clock)
    assert waiting_requests(folder) == (old, young)
    assert vault.rehearsal.waiting() == rehearsal
    vault.lock()
    clock.move(timedelta(days=31).total_seconds())
    vault = reopened(folder, clock)
    assert (waiting_requests(folder), vault.rehearsal.waiting()) == ((young,), None)
    vault.lock()
    (folder / "recovery").write_bytes(b"damaged")
    reopened(folder, clock).lock()


def test_a_slot_that_is_gone_is_made_anew(folder: Path) -> None:
    vault = reopened(folder)
    eva = vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
    vault.lock()
    unlocked = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST)
    slots = {slot.id for slot in header.read(folder / "header.json").slots}
    [hers] = slots - {unlocked.slot_id}
    keyfile.remove_slot(folder / "header.json", unlocked.key, hers)
    vault = recover(folder, answered(request_recovery(folder, EVA, NEW, FakeClock(), TEST_COST)), EVA)
    assert vault.officer == replace(eva, passphrase_given=False)
    vault.lock()


def test_an_answer_ends_a_rekey_that_was_cut_off(folder: Path) -> None:
    unlocked = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST)
    rekeying.begin(folder / "header.json", unlocked.key, [(DUTY.recipient,)])
    recover(folder, answered(request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST))).lock()
    assert header.read(folder / "header.json").next is None
    reopened(folder, passphrase=NEW).lock()


@pytest.mark.parametrize("enrolled", [True, False])
def test_whoever_may_not_come_in_changes_nothing(folder: Path, enrolled: bool) -> None:
    vault = reopened(folder)
    if enrolled:
        eva = vault.keys.enrol(EVA, EVAS, Role.OFFICER, vault.officer.id)
        vault.keys.disable(eva.id, vault.officer.id)
    vault.lock()
    answer = answered(request_recovery(folder, EVA, NEW, FakeClock(), TEST_COST))
    before = (folder / "header.json").read_bytes()
    with pytest.raises(VictimIDError, match=r"officer\.disabled" if enrolled else r"officer\.unknown"):
        recover(folder, answer, EVA)
    assert (folder / "header.json").read_bytes() == before
    reopened(folder).lock()


def test_a_rehearsal_replaces_nothing_and_is_noted(folder: Path) -> None:
    vault = reopened(folder)
    assert vault.keys.rehearsed_at is None
    vault.keys.add_recovery_pair(FIRST.recipient, SECOND.recipient, vault.officer.id)
    request = vault.rehearsal.begin(vault.officer, NEW, TEST_COST)
    vault.rehearsal.end(vault.officer, NEW, answered(request, FIRST.secret, SECOND.secret), TEST_COST)
    assert vault.keys.rehearsed_at == FakeClock().moment
    assert vault.audit.entries(1)[0].action is Action.RECOVERY_REHEARSED
    vault.lock()
    reopened(folder).lock()


def test_no_old_page_puts_the_last_rehearsal_back_unseen(folder: Path) -> None:
    rehearsed(folder, FakeClock())
    old = (folder / "records.db").read_bytes()
    later = FakeClock(NOON + timedelta(days=200))
    rehearsed(folder, later)
    new, header_then = (folder / "records.db").read_bytes(), (folder / "header.json").read_bytes()
    changed = [at for at in range(0, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    told = []
    for at in (len(new), *changed):
        (folder / "header.json").write_bytes(header_then)
        (folder / "records.db").write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        told.append(told_rehearsed(folder, later))
    assert told[0] == later.moment
    assert set(told) <= {later.moment, None}


def rehearsed(folder: Path, clock: FakeClock) -> None:
    vault = reopened(folder, clock)
    request = vault.rehearsal.begin(vault.officer, NEW, TEST_COST)
    vault.rehearsal.end(vault.officer, NEW, answered(request), TEST_COST)
    vault.lock()


def told_rehearsed(folder: Path, clock: FakeClock) -> datetime | None:
    """Return when a vault that looks sound was last rehearsed."""
    try:
        vault = reopened(folder, clock)
    except VictimIDError:
        return None
    try:
        return vault.keys.rehearsed_at if vault.verify().sound else None
    except VictimIDError:
        return None
    finally:
        vault.lock()


def test_a_rehearsal_that_is_done_lets_nobody_in(folder: Path) -> None:
    vault = reopened(folder)
    answer = answered(vault.rehearsal.begin(vault.officer, NEW, TEST_COST))
    kept = (folder / "rehearsal").read_bytes()
    vault.rehearsal.end(vault.officer, NEW, answer, TEST_COST)
    vault.lock()
    (folder / "recovery").write_bytes(kept)
    with pytest.raises(VictimIDError, match=r"recovery\.pending_damaged"):
        recover(folder, answer)
    reopened(folder).lock()


def test_a_rehearsal_in_the_middle_of_a_rekey_forgets_both_keys(folder: Path) -> None:
    vault = reopened(folder)
    key = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST).key
    rekeying.begin(folder / "header.json", key, [(DUTY.recipient,)])
    vault.rehearsal.end(vault.officer, NEW, answered(vault.rehearsal.begin(vault.officer, NEW, TEST_COST)), TEST_COST)
    rekeying.abandon(folder / "header.json", key)
    assert vault.keys.rehearsed_at is not None
    vault.lock()


def test_headquarters_keys_are_taken_on_once(folder: Path) -> None:
    vault = reopened(folder)
    vault.keys.add_headquarters_key(FIRST.recipient, vault.officer.id)
    with pytest.raises(VictimIDError, match=r"vault\.key_known"):
        vault.keys.add_headquarters_key(FIRST.recipient, vault.officer.id)
    assert vault.recovery_keys == (DUTY.recipient, FIRST.recipient)
    request = vault.rehearsal.begin(vault.officer, NEW, TEST_COST)
    assert len(request.ways) == 2
    vault.lock()
