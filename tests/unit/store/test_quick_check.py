"""The quick check: sound vaults pass, and what it looks at shows damage and alteration."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.vaults import REF, an_answer, begin, new_vault
from victimid.errors import VictimIDError
from victimid.model.audit import Standing
from victimid.store.audit import Audit
from victimid.store.quick_check import quick_check
from victimid.store.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    opened = new_vault(tmp_path / "vault")
    begin(opened)
    for number in range(300):
        opened.interviews.save_answer("interview-1", an_answer(value=str(number)), "/data/q2", "<data/>")
    yield opened
    opened.lock()


def test_a_sound_vault_passes(vault: Vault) -> None:
    vault.quick_check()
    quick_check(vault._database, vault.audit, vault.audit.standing())


def test_an_anchor_ahead_of_the_audit_is_told(vault: Vault) -> None:
    last = vault.audit.standing().sequence
    with pytest.raises(VictimIDError, match=r"audit\.rolled_back"):
        quick_check(vault._database, vault.audit, Standing(last + 1, "a" * 64))


def test_another_schema_is_told(vault: Vault) -> None:
    vault._database.execute("PRAGMA user_version = 1")
    with pytest.raises(VictimIDError, match=r"vault\.database_damaged"):
        quick_check(vault._database, vault.audit)


def test_a_case_changed_without_the_audit_is_told(vault: Vault) -> None:
    vault._database.execute("UPDATE cases SET stage = 'decided'")
    with pytest.raises(VictimIDError, match=rf"audit\.case_altered case='{REF}'"):
        quick_check(vault._database, vault.audit)


def test_an_officer_changed_without_the_audit_is_told(vault: Vault) -> None:
    vault._database.execute("UPDATE officer SET role = 'administrator'")
    with pytest.raises(VictimIDError, match=r"audit\.row_altered .*table='officers'"):
        quick_check(vault._database, vault.audit)


def test_an_altered_entry_at_the_end_is_told_and_an_old_one_left_to_the_full_check(vault: Vault) -> None:
    vault._database.execute("DROP TRIGGER audit_not_changed")
    vault._database.execute("UPDATE audit SET detail = 'x' WHERE sequence = 5")
    quick_check(vault._database, vault.audit)
    with pytest.raises(VictimIDError, match=r"audit\.broken sequence=5"):
        vault.audit.verify()
    vault._database.execute("UPDATE audit SET detail = 'x' WHERE sequence = 290")
    with pytest.raises(VictimIDError, match=r"audit\.broken sequence=290"):
        quick_check(vault._database, vault.audit)


def test_somebody_at_work_meanwhile_raises_no_alarm(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = threading.Event()
    work = threading.Thread(target=lambda: save_and_tell(vault, saved))
    look = Audit.verify

    def verify_while_somebody_saves(audit: Audit, since: int) -> int:
        found = look(audit, since)
        work.start()
        assert not saved.wait(0.05)
        return found

    monkeypatch.setattr(Audit, "verify", verify_while_somebody_saves)
    vault.quick_check()
    work.join()
    assert saved.is_set()


def save_and_tell(vault: Vault, saved: threading.Event) -> None:
    vault.interviews.save_answer("interview-1", an_answer(value="301"), "/data/q2", "<data/>")
    saved.set()
