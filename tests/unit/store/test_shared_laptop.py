"""What a shared laptop needs: officers who come and go, cases that change hands, a policy."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.vaults import NOON, REF, FakeClock, a_case, new_vault, reopened
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.finding import Outcome
from victimid.model.handover import Handover
from victimid.model.people import Officer, Role
from victimid.model.policy import Policy
from victimid.store.vault import Vault

EVA = Officer("officer-2", "Eva Sample", Role.OFFICER, NOON)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = new_vault(tmp_path / "vault")
    yield made
    made.lock()


def test_a_disabled_officer_stays_on_record(vault: Vault) -> None:
    vault.officers.add(EVA, "slot-2", vault.officer.id)
    assert vault.officers.disable(EVA.id, vault.officer.id) == "slot-2"
    assert vault.officers.named("eva sample") == replace(EVA, disabled_at=NOON)
    entry = vault.audit.entries(1)[0]
    assert (entry.action, entry.officer, entry.subject) == (Action.OFFICER_DISABLED, vault.officer.id, EVA.id)
    for unknown in (vault.officers.disable, lambda officer, _: vault.officers.slot_of(officer)):
        with pytest.raises(VictimIDError, match=r"officer\.unknown"):
            unknown("officer-3", vault.officer.id)


def test_a_handed_over_case_has_another_owner_and_keeps_the_reason(vault: Vault) -> None:
    vault.cases.add(a_case())
    handover = Handover(REF, "officer-1", EVA.id, "end of shift", vault.officer.id, NOON)
    vault.handovers.record(handover)
    assert vault.cases.get(REF).owner == EVA.id
    assert vault.handovers.of_case(REF) == (handover,)
    entry = vault.audit.entries(1)[0]
    assert (entry.action, entry.subject, entry.detail) == (Action.CASE_HANDED_OVER, REF, EVA.id)
    assert "end of shift" not in repr(vault.audit.entries(100))
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        vault.handovers.record(replace(handover, case_ref="RU-4BCD"))


def test_a_policy_is_kept_in_bounds_and_noted(vault: Vault, tmp_path: Path) -> None:
    assert vault.policies.read() == Policy()
    wanted = Policy({None: 30, Outcome.REFER: 365}, idle_minutes=5, erase_allowed=True)
    vault.policies.change(wanted, vault.officer.id)
    vault.lock()
    again = reopened(tmp_path / "vault")
    assert again.policies.read() == wanted
    assert Action.POLICY_CHANGED in {entry.action for entry in again.audit.entries()}
    for outside in (replace(wanted, idle_minutes=0), replace(wanted, keep_days={Outcome.INFORM: 0})):
        with pytest.raises(VictimIDError, match=r"policy\.out_of_range"):
            again.policies.change(outside, again.officer.id)
    assert again.policies.read() == wanted
    again.lock()


def test_locking_signs_the_audit(tmp_path: Path) -> None:
    made = new_vault(tmp_path / "signed", FakeClock())
    made.lock()
    again = reopened(tmp_path / "signed")
    [seal] = again.audit.seals()
    assert [entry.action for entry in again.audit.entries()][-seal.sequence] is Action.LOCKED
    again.lock()


def test_the_reference_of_a_case_is_never_given_twice(vault: Vault) -> None:
    vault.audit.append(Action.CASE_DELETED, vault.officer.id, REF)
    with pytest.raises(VictimIDError, match=r"case\.reference_taken"):
        vault.cases.add(a_case())
