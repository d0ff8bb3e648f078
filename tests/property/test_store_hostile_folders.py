"""Whatever stands in the place of the files of a vault or a backup is named; nothing is half written or crashes."""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.vaults import NAME, PASSPHRASE, TEST_COST, FakeClock, an_answer, begin, new_vault, reopened
from victimid.app.messages import sentences
from victimid.crypto import age
from victimid.errors import VictimIDError
from victimid.store.backup_folder import BackupFiles, BackupFolder
from victimid.store.folder import VaultFiles
from victimid.store.recovering import recover_vault, recoverable, request_recovery, waiting_requests
from victimid.store.restoring import restore_vault, unlocked_backup
from victimid.store.salvaging import Salvage, unlocked_key
from victimid.store.vault import wait_before_try

NEW = "seven copper lanterns drifting"
DUTY = age.new_identity()
FILES = (
    "header.json", "header.json.partial", "records.db", "records.db-wal", "records.db-shm", "tries", "recovery",
    "lock", "ballast", "erasable", "backups",
)  # fmt: skip
# A pipe that nobody writes to lets whoever opens it wait for ever.
KINDS = ("folder", "file", "link to itself", "link to nowhere", *(["pipe"] if hasattr(os, "mkfifo") else []))
BACKUP_FILES = ("header.json", "records.db", "backup.json")
NOT_RESTORED = {"keyfile.damaged", "backup.damaged", "backup.altered"}
NOT_SALVAGED = {"salvage.nothing_readable"}


@dataclass(frozen=True, slots=True)
class Scene:
    """A vault with a backup, beside it what is tried on a copy of it, and where nothing may be left."""

    root: Path

    @property
    def vault(self) -> Path:
        return self.root / "vault"

    @property
    def copy(self) -> Path:
        return self.root / "copy"

    @property
    def target(self) -> Path:
        return self.root / "out" / "new"

    @property
    def backup(self) -> BackupFiles:
        """The one backup of the copy."""
        [path] = (self.copy / "backups").glob("0001-*")
        return BackupFiles(path)

    def begin(self) -> None:
        """Make a fresh copy."""
        for path in (self.copy, self.root / "out"):
            shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.vault, self.copy)
        (self.root / "out").mkdir()

    def unlock(self) -> None:
        vault = reopened(self.copy)
        try:
            vault.back_up()
            vault.audit.verify()
            vault.interviews.answers("interview-1")
        finally:
            vault.lock()

    def recover(self) -> None:
        recover_vault(self.copy, NAME, NEW, b"no answer", FakeClock(), floor=TEST_COST).lock()

    def restore(self) -> None:
        files = self.backup
        with unlocked_backup(files, self.target, NAME, PASSPHRASE, FakeClock(), TEST_COST) as unlocked:
            restore_vault(files, self.target, unlocked, FakeClock())

    def salvage(self) -> None:
        with unlocked_key(self.copy, NAME, PASSPHRASE, FakeClock(), TEST_COST) as unlocked:
            Salvage(self.copy, unlocked, NAME, FakeClock()).into(self.target)

    def outcome(self, work: Callable[[], object]) -> str:
        """Return the code with which something is refused, blank if it is not; what comes out of it is whole."""
        try:
            work()
        except VictimIDError as error:
            code = error.code
        else:
            code = ""
            if self.target.exists():
                reopened(self.target).lock()
                shutil.rmtree(self.target)
        assert code == "" or code in sentences()
        assert set((self.root / "out").iterdir()) <= {VaultFiles(self.target).tries_beside}
        return code


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    made = Scene(tmp_path_factory.mktemp("scene"))
    vault = new_vault(made.vault, recovery_keys=(DUTY.recipient,))
    begin(vault)
    for number in range(20):
        vault.interviews.save_answer("interview-1", an_answer(f"/data/q{number}", "x" * 400), "", "<data/>")
    vault.back_up()
    vault.lock()
    request_recovery(made.vault, NAME, NEW, FakeClock(), TEST_COST)
    return made


def in_place_of(path: Path, how: str) -> None:
    """Put something else where a file was."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if how == "folder":
        path.mkdir()
    elif how == "file":
        path.write_bytes(b"in its place")
    elif how == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path if how == "link to itself" else path.parent / "nowhere" / "x")


@pytest.mark.parametrize("how", KINDS)
@pytest.mark.parametrize("name", FILES)
def test_something_else_in_the_place_of_a_file_of_the_vault(scene: Scene, name: str, how: str) -> None:
    scene.begin()
    in_place_of(scene.copy / name, how)
    ways: Mapping[str, Callable[[], object]] = {
        "wait": lambda: wait_before_try(scene.copy),
        "look for a request": lambda: waiting_requests(scene.copy),
        "look for a way": lambda: recoverable(scene.copy),
        "list backups": lambda: BackupFolder(scene.copy / "backups").all(),
        "recover": scene.recover,
        "salvage": scene.salvage,
        "unlock": scene.unlock,
    }
    refused = {way: scene.outcome(work) for way, work in ways.items()}
    assert refused["look for a way"] == refused["list backups"] == ""
    assert refused["recover"]
    needed = {"header.json", "records.db", "lock"}
    assert not needed & {name} or refused["unlock"] or (name, how) == ("lock", "file")


@pytest.mark.parametrize("how", KINDS)
@pytest.mark.parametrize("name", BACKUP_FILES)
def test_something_else_in_the_place_of_a_file_of_a_backup(scene: Scene, name: str, how: str) -> None:
    scene.begin()
    in_place_of(scene.backup.folder / name, how)
    assert [backup.record for backup in BackupFolder(scene.copy / "backups").all()] == [None]
    assert scene.outcome(scene.restore) in {*NOT_RESTORED, "keyfile.missing"}
    assert scene.outcome(scene.unlock) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("header.json", "keyfile.damaged"),
        ("records.db", "vault.write_failed"),
        ("tries", "vault.write_failed"),
        ("lock", "vault.write_failed"),
    ],
)
def test_a_pipe_in_the_place_of_a_needed_file_is_refused_by_name(scene: Scene, name: str, code: str) -> None:
    scene.begin()
    in_place_of(scene.copy / name, "pipe")
    assert scene.outcome(scene.unlock) == code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX")
def test_a_pipe_that_comes_while_the_vault_is_open_ends_the_backup_not_the_lock(scene: Scene) -> None:
    scene.begin()
    vault = reopened(scene.copy)
    in_place_of(scene.copy / "header.json", "pipe")
    with pytest.raises(VictimIDError, match=r"vault\.write_failed"):
        vault.back_up()
    vault.lock()
    assert scene.outcome(scene.unlock) == "keyfile.damaged"


@st.composite
def altered(draw: st.DrawFn, content: bytes) -> bytes:
    """Draw bytes that are nearly a file: cut, grown, with pieces exchanged, moved or put between."""
    for _ in range(draw(st.integers(1, 3))):
        begin, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        length = draw(st.sampled_from([0, 1, 16, 4096, end - begin]))
        middle = draw(
            st.sampled_from([b"", bytes(length), b"\xff" * length, content[:length]]) | st.binary(max_size=40)
        )
        content = content[:begin] + middle + content[begin + length :]
    return content


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_altered_backup_restores_nothing(scene: Scene, data: st.DataObject) -> None:
    scene.begin()
    path = scene.backup.folder / data.draw(st.sampled_from(BACKUP_FILES))
    before = path.read_bytes()
    path.write_bytes(data.draw(altered(before)))
    as_it_is = digests(scene.backup.folder)
    if path.read_bytes() == before:
        assert scene.outcome(scene.restore) == ""
    else:
        assert scene.outcome(scene.restore) in NOT_RESTORED
    assert digests(scene.backup.folder) == as_it_is


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_altered_records_and_journals_are_salvaged_or_refused_and_stay_as_they_are(
    scene: Scene, data: st.DataObject
) -> None:
    scene.begin()
    records = scene.copy / "records.db"
    records.write_bytes(data.draw(altered(records.read_bytes())))
    if data.draw(st.booleans()):
        journal = b"\x37\x7f\x06\x82\x00\x2d\xe2\x18\x00\x00\x10\x00" + data.draw(st.binary(max_size=200))
        (scene.copy / "records.db-wal").write_bytes(data.draw(altered(journal)))
    before = digests(scene.copy)
    assert scene.outcome(scene.salvage) in {"", *NOT_SALVAGED}
    after = digests(scene.copy)
    assert {name: after[name] for name in before if name.startswith("records")} == {
        name: before[name] for name in before if name.startswith("records")
    }


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_altered_records_open_to_what_was_written_or_not_at_all(scene: Scene, data: st.DataObject) -> None:
    scene.begin()
    name = data.draw(st.sampled_from(["records.db", "records.db-wal", "records.db-shm"]))
    path = scene.copy / name
    content = path.read_bytes() if path.exists() else bytes(32_768)
    path.write_bytes(data.draw(altered(content)))
    assert scene.outcome(scene.unlock) in {"", "vault.database_damaged", "backup.damaged"}
