"""Cases go when their time is over and headquarters has them; what remains is a certificate."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.vaults import CONSENT, DECISION, NOON, REF, REFERRAL, a_case, an_answer, begin, new_vault
from victimid.errors import VictimIDError
from victimid.model.attachment import Attachment
from victimid.model.audit import Action
from victimid.model.bundle import Export
from victimid.model.finding import Outcome
from victimid.model.handover import Handover
from victimid.model.policy import Policy
from victimid.model.retention import Override
from victimid.store import drafts
from victimid.store.vault import Vault
from victimid.store.verifying import Verifying

OTHER = "RU-4BCD"
POLICY = Policy({None: 10, Outcome.REFER: 30})


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = new_vault(tmp_path / "vault")
    begin(made)
    made.interviews.save_answer("interview-1", an_answer(), "/data/q2", "<data/>")
    made.attachments.add(Attachment("attachment-1", "interview-1", "/data/p", "officer-1", NOON), [b"GIF89a"])
    made.drafts.keep(REF, drafts.of_question("interview-1", "/data/q2"), "half a word")
    made.decisions.record(DECISION)
    made.consents.record(CONSENT)
    made.referrals.record(REFERRAL)
    made.handovers.record(Handover(REF, "officer-1", "officer-2", "shift", "officer-1", NOON))
    made.cases.add(a_case(OTHER))
    yield made
    made.lock()


def export(vault: Vault, *, received: bool = True) -> None:
    sequence = vault.exports.next_sequence()
    vault.exports.record(Export(sequence, "c" * 64, 5, NOON, "o"), vault.exports.changed_cases(), "o")
    if received:
        vault.exports.mark_received(sequence, NOON)


def test_a_case_is_due_so_many_days_after_its_last_change_by_its_outcome(vault: Vault) -> None:
    def due(days: float) -> list[str]:
        return [case.ref for case in vault.retention.due(POLICY, NOON + timedelta(days=days))]

    assert (due(9.9), due(10), due(29.9), due(30)) == ([], [OTHER], [OTHER], [OTHER, REF])
    assert vault.retention.due(Policy(), NOON + timedelta(days=9999)) == ()
    last = vault.retention.due(POLICY, NOON + timedelta(days=30))[-1]
    assert (last.outcome, last.changed_at, last.due_at) == (Outcome.REFER, NOON, NOON + timedelta(days=30))


def test_it_goes_only_when_headquarters_has_its_last_revision(vault: Vault) -> None:
    export(vault, received=False)
    with pytest.raises(VictimIDError, match=r"case\.not_received"):
        vault.retention.delete(REF, "officer-1")
    vault.exports.mark_received(1, NOON)
    vault.decisions.record(DECISION)
    with pytest.raises(VictimIDError, match=r"case\.not_received"):
        vault.retention.delete(REF, "officer-1")
    export(vault)
    assert vault.retention.due(POLICY, NOON + timedelta(days=30))[-1].received
    assert vault.retention.delete(REF, "officer-1").bundle == 2


def test_nothing_of_it_is_left_but_the_certificate(vault: Vault) -> None:
    assert len(vault.search.find("li di")) == 1
    vault.interviews.save_answer("interview-1", an_answer(), "/data/q2", "<data/>")
    export(vault)
    certificate = vault.retention.delete(REF, "officer-1")
    assert certificate.records == 7
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        vault.cases.get(REF)
    held = {
        table: vault._database.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - names from the schema
        for (table,) in vault._database.rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        )
    }
    emptied = "interview answer attachment attachment_part decision consent consent_permission referral handover draft"
    derived = "link search_due searchable"
    assert {held[table] for table in f"{emptied} {derived}".split()} == {0}
    entry = vault.audit.entries(1)[0]
    assert (entry.action, entry.subject, entry.content) == (Action.CASE_DELETED, REF, certificate.sha256)
    assert Verifying(vault._database, vault.audit, vault.keys.key, None).run().sound


def test_a_stated_reason_overrides_the_missing_receipt_and_is_kept(vault: Vault) -> None:
    certificate = vault.retention.delete(REF, "officer-1", Override.PERSON_ASKED)
    assert (certificate.bundle, certificate.override) == (0, Override.PERSON_ASKED)
    assert "override=person_asked" in vault.audit.entries(1)[0].detail


def test_a_practice_case_needs_no_receipt(vault: Vault) -> None:
    vault.cases.add(a_case("RU-9XYZ", practice=True))
    assert vault.retention.delete("RU-9XYZ", "officer-1").records == 0
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        vault.retention.delete("RU-9XYZ", "officer-1")
