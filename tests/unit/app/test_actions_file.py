"""The record of actions: found by kind, officer, case and day; written to a file that harms nobody and is signed."""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.colleagues import as_officer, decided, enrol
from tests.support.sessions import open_session
from tests.support.vaults import FakeClock
from victimid.app import actions_file, vault_care
from victimid.app.action_filter import KINDS, ActionFilter, ActionKind, typed_reference
from victimid.app.session import Session
from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery

FORMULA = "=HYPERLINK(Eva)"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def session(tmp_path: Path, clock: FakeClock) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", clock)
    yield opened
    opened.lock()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_action_is_of_exactly_one_kind() -> None:
    listed = [action for actions in KINDS.values() for action in actions]
    assert set(KINDS) == set(ActionKind)
    assert sorted(listed) == sorted(Action)


def test_actions_are_found_by_officer_kind_case_and_day(session: Session, clock: FakeClock) -> None:
    boss = session.vault.officer
    ref = decided(session).case_ref
    clock.move(timedelta(days=2).total_seconds())
    eva = enrol(session)
    decided(as_officer(session, eva))
    supervisor = as_officer(session, boss)

    def found(wanted: ActionFilter) -> set[str]:
        return {entry.action for entry in vault_care.actions(supervisor, wanted.query(), 1000)}

    assert Action.DECIDED in found(ActionFilter(officer=eva.id))
    assert found(ActionFilter(kind=ActionKind.OFFICERS)) == {Action.OFFICER_ENROLLED}
    by_case = vault_care.actions(supervisor, ActionFilter(case_ref=ref).query(), 1000)
    assert {entry.subject for entry in by_case} == {ref}
    today = session.clock().astimezone().date()
    assert Action.VAULT_CREATED not in found(ActionFilter(first_day=today))
    assert found(ActionFilter(officer=eva.id, last_day=today - timedelta(days=1))) == set()
    assert Action.DECIDED in found(ActionFilter(officer=eva.id, first_day=today, last_day=today))
    assert ActionFilter(first_day=date(2026, 3, 1)).query().since is not None


@pytest.mark.parametrize(
    ("typed", "known"),
    [("ru-7k2m", "RU-7K2M"), (" RU 7k2m ", "RU-7K2M"), ("7K2M", ""), ("Jean Pierre", ""), ("RU-7K2A", ""), ("", "")],
)
def test_only_a_whole_reference_is_looked_for(typed: str, known: str) -> None:
    assert typed_reference(typed) == known


def test_what_is_filtered_is_written_oldest_first_and_noted(session: Session, tmp_path: Path) -> None:
    boss = session.vault.officer
    enrol(session, FORMULA)
    decided(as_officer(session, session.vault.officers.named(FORMULA)))
    supervisor = as_officer(session, boss)
    before = session.vault.audit.standing().sequence
    written = actions_file.write(supervisor, AuditQuery(), tmp_path)
    rows = read(written.path)
    assert [int(row["sequence"]) for row in rows] == list(range(1, before + 1))
    assert (written.entries, rows[-1]["hash"]) == (before, session.vault.audit.hash_at(before))
    assert {row["officer_name"] for row in rows} == {boss.name, f"'{FORMULA}"}
    entry = session.vault.audit.entries(1)[0]
    assert (entry.action, entry.detail.split()[0]) == (Action.AUDIT_EXPORTED, f"entries={before}")
    sshsig.verify(
        session.vault.device_public_key,
        actions_file.AUDIT_NAMESPACE,
        written.path.read_bytes(),
        written.signature.read_bytes(),
    )
    narrowed = actions_file.write(supervisor, replace(AuditQuery(), actions=(Action.DECIDED,)), tmp_path)
    assert [row["action"] for row in read(narrowed.path)] == ["decided"]


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")
def test_openssh_checks_the_file(session: Session, tmp_path: Path) -> None:
    written = actions_file.write(session, AuditQuery(), tmp_path)
    signers, device = tmp_path / "signers", session.vault.device_id
    signers.write_text(f"{device} {session.vault.device_public_key}\n", "utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", device, "-n", "audit@victimid.example"]

    def checked(content: bytes) -> int:
        return subprocess.run(
            [*command, "-s", str(written.signature)], input=content, capture_output=True, check=False
        ).returncode

    content = written.path.read_bytes()
    assert checked(content) == 0
    assert checked(content + b"1") != 0


def test_an_officer_gets_no_file_and_a_full_disk_leaves_none(session: Session, tmp_path: Path) -> None:
    boss = session.vault.officer
    with pytest.raises(VictimIDError) as refused:
        actions_file.write(as_officer(session, enrol(session)), AuditQuery(), tmp_path)
    assert refused.value.code == "officer.not_allowed"
    with pytest.raises(VictimIDError) as refused:
        actions_file.write(as_officer(session, boss), AuditQuery(), tmp_path / "missing")
    assert refused.value.code == "exchange.cannot_write"
    assert list(tmp_path.glob("*.csv*")) == []
