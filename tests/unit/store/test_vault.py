"""The vault as a whole: made, unlocked, locked, held by one, and closed to wrong passphrases."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import (
    NAME,
    NOON,
    PASSPHRASE,
    POST,
    TEST_COST,
    FakeClock,
    a_case,
    begin,
    new_vault,
    reopened,
)
from victimid.crypto import age, keyfile, sshsig
from victimid.crypto.kdf import Cost
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.people import Officer, Role
from victimid.store.vault import (
    VaultSetup,
    create_vault,
    unlock_vault,
    vault_exists,
    wait_before_try,
)

WRONG = "wrong"
HOLDER = """
import sys
from pathlib import Path
from tests.support.vaults import reopened
vault = reopened(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def refused(folder: Path, clock: FakeClock, name: str = NAME, passphrase: str = WRONG) -> VictimIDError:
    with pytest.raises(VictimIDError) as error:
        unlock_vault(folder, name, passphrase, clock, floor=TEST_COST, uptime=clock.uptime)
    return error.value


def test_a_new_vault_knows_its_post_its_officer_and_headquarters(folder: Path) -> None:
    recipients = (age.new_identity().recipient, age.new_identity().recipient)
    for vault in (new_vault(folder, recovery_keys=recipients), None):
        opened = vault or reopened(folder)
        assert opened.post == POST
        assert opened.recovery_keys == recipients
        assert (opened.officer.name, opened.officer.role, opened.officer.enrolled_at) == (NAME, Role.SUPERVISOR, NOON)
        assert opened.officers.all() == (opened.officer,)
        opened.lock()


@pytest.mark.parametrize("prefix", ["", "R", "RUS", "12", "R1", "\u0440\u0444", "../", "R\n"])
def test_references_begin_with_two_letters_or_nothing_is_made(folder: Path, prefix: str) -> None:
    setup = VaultSetup(replace(POST, prefix=prefix), NAME, PASSPHRASE)
    with pytest.raises(VictimIDError, match=r"vault\.prefix"):
        create_vault(folder, setup, FakeClock(), cost=TEST_COST)
    assert not folder.exists()


def test_prefix_and_name_are_kept_in_their_one_spelling(folder: Path) -> None:
    with pytest.raises(VictimIDError, match=r"officer\.name_unfit most=100"):
        create_vault(folder, VaultSetup(POST, "Ana\x1b[2J", PASSPHRASE), FakeClock(), cost=TEST_COST)
    setup = VaultSetup(replace(POST, prefix=" ru "), f" {NAME} ", PASSPHRASE)
    vault = create_vault(folder, setup, FakeClock(), cost=TEST_COST)
    assert (vault.post.prefix, vault.officer.name) == ("RU", NAME)
    vault.lock()


def test_the_device_keeps_its_identity_and_signs_with_it(folder: Path) -> None:
    vault = new_vault(folder)
    device, public_key = vault.device_id, vault.device_public_key
    vault.lock()
    vault = reopened(folder)
    assert (vault.device_id, vault.device_public_key) == (device, public_key)
    assert device == sshsig.device_id(public_key)
    sshsig.verify(public_key, "test", b"manifest", vault.sign("test", b"manifest"))
    vault.lock()


def test_its_life_is_in_the_audit(folder: Path) -> None:
    vault = new_vault(folder)
    vault.lock()
    vault = reopened(folder)
    assert [entry.action for entry in reversed(vault.audit.entries())] == [
        Action.VAULT_CREATED,
        Action.OFFICER_ENROLLED,
        Action.UNLOCKED,
        Action.LOCKED,
        Action.UNLOCKED,
    ]
    assert {entry.officer for entry in vault.audit.entries()} == {vault.officer.id}
    assert vault.audit.verify() == 5
    vault.lock()


def test_locking_closes_everything_once_and_for_all(folder: Path) -> None:
    vault = new_vault(folder)
    vault.cases.add(a_case())
    vault.lock()
    vault.lock()
    assert sorted(path.name for path in folder.iterdir()) == ["header.json", "lock", "records.db", "tries"]
    for use in (vault.overview.rows, vault.audit.head, lambda: vault.sign("test", b"")):
        with pytest.raises(VictimIDError, match=r"vault\.closed"):
            use()
    vault = reopened(folder)
    assert vault.cases.get(a_case().ref) == a_case()
    vault.lock()


def test_locking_overwrites_the_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[keyfile.Unlocked] = []
    unlock = keyfile.unlock

    def remembered(path: Path, name: str, passphrase: str, *, floor: Cost) -> keyfile.Unlocked:
        given.append(unlock(path, name, passphrase, floor=floor))
        return given[-1]

    new_vault(folder).lock()
    monkeypatch.setattr(keyfile, "unlock", remembered)
    vault = reopened(folder)
    material = given[0].key.material()
    assert any(material)
    vault.lock()
    assert not any(material)


def test_one_process_at_a_time_and_a_killed_one_lets_go(folder: Path) -> None:
    new_vault(folder).lock()
    with held_by_another_process(folder) as process:
        with pytest.raises(VictimIDError, match=r"vault\.in_use"):
            reopened(folder)
        process.kill()
        process.wait()
        vault = reopened(folder)
    with pytest.raises(VictimIDError, match=r"vault\.in_use"):
        reopened(folder)
    vault.lock()


def test_a_vault_in_use_costs_no_try(folder: Path) -> None:
    clock = FakeClock()
    vault = new_vault(folder, clock)
    for _ in range(5):
        assert refused(folder, clock).code == "vault.in_use"
    vault.lock()
    assert wait_before_try(folder, clock.uptime) == 0


def test_wrong_tries_whose_list_was_deleted_are_on_record_as_that(folder: Path) -> None:
    clock = FakeClock()
    new_vault(folder, clock).lock()
    refused(folder, clock)
    (folder / "tries").unlink()
    refused(folder, clock)
    clock.move(60)
    vault = reopened(folder, clock)
    noted = [entry.detail for entry in vault.audit.entries(9, AuditQuery(actions=(Action.REFUSED,)))]
    assert [detail.split()[1] for detail in noted] == ["unlock", "list_gone"]
    vault.lock()
    vault = reopened(folder, clock)
    assert len(vault.audit.entries(9, AuditQuery(actions=(Action.REFUSED,)))) == 2
    vault.lock()


def test_wrong_tries_wait_survive_a_restart_and_reach_the_audit(folder: Path) -> None:
    clock = FakeClock()
    new_vault(folder, clock).lock()
    for expected in ({"tries_left": 2, "wait": 0}, {"tries_left": 1, "wait": 0}, {"tries_left": 0, "wait": 5}):
        error = refused(folder, clock)
        assert (error.code, error.fields) == ("vault.wrong_passphrase", expected)
    assert str(refused(folder, clock, passphrase=PASSPHRASE)) == "vault.wait seconds=5"
    assert wait_before_try(folder, clock.uptime) == 5
    clock.move(5)
    assert refused(folder, clock, name="Nobody", passphrase=PASSPHRASE).fields == {"tries_left": 0, "wait": 10}
    clock.move(10)
    vault = reopened(folder, clock)
    unlocked, *wrong = vault.audit.entries(5)
    assert unlocked.detail == "wrong_tries=4"
    assert {(entry.action, entry.officer, entry.at) for entry in wrong} == {(Action.REFUSED, "", clock())}
    assert [entry.detail for entry in reversed(wrong)] == [
        *["wrong_passphrase unlock 2026-11-21T12:00:00+00:00"] * 3,
        "wrong_passphrase unlock 2026-11-21T12:00:05+00:00",
    ]
    assert vault.verify().sound
    vault.lock()
    assert refused(folder, clock).fields == {"tries_left": 2, "wait": 0}
    vault = reopened(folder, clock)
    tried = vault.audit.entries(9, AuditQuery(actions=(Action.REFUSED,)))
    assert [entry.detail[-14:-6] for entry in tried] == ["12:00:15", "12:00:05", "12:00:00", "12:00:00", "12:00:00"]
    vault.lock()


def test_a_second_officer_unlocks_as_themselves(folder: Path) -> None:
    vault = new_vault(folder)
    eva = Officer("officer-2", "Eva Sample", Role.OFFICER, NOON)
    unlocked = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST)
    slot = keyfile.add_slot(folder / "header.json", unlocked.key, eva.name, "seven copper lanterns drifting")
    vault.officers.add(eva, slot, vault.officer.id)
    vault.lock()
    opened = unlock_vault(folder, "eva sample", "seven copper lanterns drifting", FakeClock(), floor=TEST_COST)
    assert opened.officer == eva
    assert opened.audit.entries(1)[0].officer == "officer-2"
    opened.lock()


def test_a_slot_without_an_officer_opens_nothing(folder: Path) -> None:
    vault = new_vault(folder)
    unlocked = keyfile.unlock(folder / "header.json", NAME, PASSPHRASE, floor=TEST_COST)
    keyfile.add_slot(folder / "header.json", unlocked.key, "Eva", "seven copper lanterns drifting")
    vault.lock()
    assert refused(folder, FakeClock(), "Eva", "seven copper lanterns drifting").code == "officer.unknown"
    reopened(folder).lock()


def test_a_vault_made_cheaply_is_refused_by_default(folder: Path) -> None:
    new_vault(folder).lock()
    with pytest.raises(VictimIDError, match=r"keyfile\.cost_out_of_range"):
        unlock_vault(folder, NAME, PASSPHRASE, FakeClock())
    assert wait_before_try(folder) == 0


def test_existence_follows_the_files(folder: Path) -> None:
    assert not vault_exists(folder)
    folder.mkdir()
    assert not vault_exists(folder)
    vault = new_vault(folder)
    assert vault_exists(folder)
    vault.lock()
    (folder / "header.json").unlink()
    assert vault_exists(folder)
    assert refused(folder, FakeClock()).code == "keyfile.missing"


def test_nothing_is_ever_written_over(folder: Path) -> None:
    new_vault(folder).lock()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(VictimIDError, match=r"vault\.exists"):
        new_vault(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    taken = folder.parent / "documents"
    taken.mkdir()
    (taken / "letter.txt").write_text("hello")
    for occupied in (taken, taken / "letter.txt"):
        with pytest.raises(VictimIDError, match=r"vault\.folder_not_empty"):
            new_vault(occupied)
    assert (taken / "letter.txt").read_text() == "hello"


@pytest.mark.parametrize(
    ("setup", "code"),
    [
        (VaultSetup(POST, NAME, "short"), "passphrase.too_weak"),
        (VaultSetup(POST, " - ", PASSPHRASE), "keyfile.name_empty"),
        (VaultSetup(POST, NAME, PASSPHRASE, ("age1nonsense",)), "age.bad_recipient"),
    ],
    ids=["weak passphrase", "no name", "bad recovery key"],
)
def test_what_is_refused_leaves_nothing_behind(folder: Path, setup: VaultSetup, code: str) -> None:
    with pytest.raises(VictimIDError) as error:
        create_vault(folder, setup, FakeClock(), cost=TEST_COST)
    assert error.value.code == code
    assert list(folder.parent.iterdir()) == []


def test_a_place_that_cannot_be_taken_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Path) -> Path:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(VictimIDError, match=r"vault\.read_only"):
        new_vault(folder)
    monkeypatch.undo()
    assert not vault_exists(folder)
    new_vault(folder).lock()
    assert list(folder.parent.iterdir()) == [folder]


def test_what_a_killed_program_left_half_built_goes(folder: Path) -> None:
    left = folder.parent / f".{folder.name}.new" / "damaged"
    left.mkdir(parents=True)
    (left / "records.db").write_bytes(b"half")
    (left.parent / "header.json").write_bytes(b"half")
    new_vault(folder).lock()
    assert not left.parent.exists()
    assert not (folder / "damaged").exists()


def test_printing_a_setup_shows_no_passphrase() -> None:
    assert PASSPHRASE not in repr(VaultSetup(POST, NAME, PASSPHRASE))


def test_a_folder_without_a_vault_is_named(folder: Path) -> None:
    assert refused(folder, FakeClock()).code == "keyfile.missing"
    assert not folder.exists()


def test_a_draft_outlives_locking(folder: Path) -> None:
    vault = new_vault(folder)
    begin(vault)
    vault.drafts.keep("RU-7K2M", "interview-1 /data/q1", "li te di m")
    vault.lock()
    vault = reopened(folder)
    assert vault.drafts.read("RU-7K2M", "interview-1 /data/q1") == "li te di m"
    vault.lock()


def test_a_pair_of_keys_given_at_the_start_recovers_only_together(tmp_path: Path) -> None:
    first, second, own = (age.new_identity().recipient for _ in range(3))
    vault = create_vault(
        tmp_path / "vault", VaultSetup(POST, NAME, PASSPHRASE, (own,), (first, second)), FakeClock(), TEST_COST
    )
    assert vault.keys.recovery_ways == [(first, second)]
    assert vault.recovery_keys == (own,)
    assert vault.verify().sound
    vault.lock()
    with pytest.raises(VictimIDError, match=r"recovery\.persons"):
        create_vault(tmp_path / "other", VaultSetup(POST, NAME, PASSPHRASE, (), (first, first)), FakeClock(), TEST_COST)
    assert not (tmp_path / "other").exists()
