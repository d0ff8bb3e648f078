"""Exports: numbered without gaps, every changed real case once, and only the fields headquarters may have."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.vaults import CONSENT, DECISION, NOON, REF, REFERRAL, a_case, an_answer, begin, new_vault
from victimid.errors import VictimIDError
from victimid.model.answer import NonAnswer
from victimid.model.audit import Action
from victimid.model.bundle import Export
from victimid.store.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = new_vault(tmp_path / "vault")
    yield made
    made.lock()


def export(vault: Vault) -> Export:
    """Record an export of everything that changed."""
    sequence = vault.exports.next_sequence()
    written = Export(sequence, f"{sequence:064d}", 3, NOON, vault.officer.id)
    vault.exports.record(written, vault.exports.changed_cases(), vault.officer.id)
    return written


def test_bundles_are_numbered_and_chained(vault: Vault) -> None:
    assert (vault.exports.next_sequence(), vault.exports.last_manifest_sha256()) == (1, "")
    first, second = export(vault), export(vault)
    assert (vault.exports.next_sequence(), vault.exports.last_manifest_sha256()) == (3, second.manifest_sha256)
    vault.exports.mark_received(1, NOON + timedelta(days=2))
    assert vault.exports.all() == (replace(first, received_at=NOON + timedelta(days=2)), second)
    noted = [(e.action, e.subject, e.detail) for e in vault.audit.entries(2)]
    assert noted == [
        (Action.EXPORT_RECEIVED, "1", ""),
        (Action.EXPORT_WRITTEN, "2", f"0 3 {second.manifest_sha256}"),
    ]


@pytest.mark.parametrize("sequence", [0, 2, 7])
def test_a_number_out_of_order_is_refused(vault: Vault, sequence: int) -> None:
    with pytest.raises(VictimIDError, match=r"export\.out_of_sequence"):
        vault.exports.record(Export(sequence, "a" * 64, 0, NOON, "officer-1"), (), "officer-1")
    with pytest.raises(VictimIDError, match=r"export\.unknown"):
        vault.exports.mark_received(sequence, NOON)
    assert vault.exports.all() == ()


def test_a_case_is_sent_again_after_every_change(vault: Vault) -> None:
    begin(vault)
    vault.cases.add(a_case("RU-4BCD"))
    assert [ref for ref, _ in vault.exports.changed_cases()] == ["RU-4BCD", REF]
    export(vault)
    assert vault.exports.changed_cases() == ()
    for change in (
        lambda: vault.interviews.save_answer("interview-1", an_answer(), "", ""),
        lambda: vault.interviews.finish("interview-1", NOON, "officer-1"),
        lambda: vault.decisions.record(DECISION),
        lambda: vault.consents.record(CONSENT),
        lambda: vault.referrals.record(REFERRAL),
    ):
        change()
        assert [ref for ref, _ in vault.exports.changed_cases()] == [REF]
        export(vault)
        assert vault.exports.changed_cases() == ()


def test_a_change_while_the_bundle_is_written_goes_into_the_next(vault: Vault) -> None:
    begin(vault)
    sent = vault.exports.changed_cases()
    vault.interviews.save_answer("interview-1", an_answer(), "", "")
    vault.exports.record(Export(1, "a" * 64, 2, NOON, "officer-1"), sent, "officer-1")
    assert [ref for ref, _ in vault.exports.changed_cases()] == [REF]


def test_looking_and_typing_change_nothing(vault: Vault) -> None:
    begin(vault)
    export(vault)
    vault.interviews.move("interview-1", "/data/q2", "officer-1", NOON)
    vault.drafts.keep(REF, "interview-1 /data/q2", "li")
    vault.audit.append(Action.CASE_VIEWED, "officer-1", REF)
    assert vault.exports.changed_cases() == ()


def test_practice_never_leaves(vault: Vault) -> None:
    vault.cases.add(a_case(practice=True))
    assert vault.exports.changed_cases() == ()
    with pytest.raises(VictimIDError, match=r"case\.practice case='RU-7K2M'"):
        vault.exports.case_records(REF)
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        vault.exports.record(Export(1, "a" * 64, 0, NOON, "officer-1"), [(REF, 1)], "officer-1")
    assert vault.exports.all() == ()


def test_records_hold_the_whole_case_in_plain_json(vault: Vault) -> None:
    begin(vault)
    vault.interviews.save_answer("interview-1", an_answer(), "/data/q2", "<data>raw</data>")
    changed = an_answer(value="", non_answer=NonAnswer.DECLINED)
    vault.interviews.save_answer("interview-1", changed, "/data/q2", "<data>raw</data>")
    vault.decisions.record(DECISION)
    vault.consents.record(CONSENT)
    vault.referrals.record(REFERRAL)
    vault.drafts.keep(REF, "interview-1 /data/q2", "typed only")
    records = json.loads(json.dumps(vault.exports.case_records(REF)))
    assert [record["type"] for record in records] == [
        "case",
        "interview",
        "answer",
        "decision",
        "consent",
        "referral",
    ]
    case, interview, answer, decision, consent, referral = records
    assert (case["ref"], case["revision"]) == (REF, 7)
    assert answer == {
        "type": "answer",
        "case_ref": REF,
        "interview_id": "interview-1",
        "ref": "/data/q1",
        "revision": 2,
        "value": "",
        "non_answer": "declined",
        "kind": "statement",
        "own_words": "li di wi",
        "precision": "",
        "withdrawn": False,
        "officer_wording": {"language": "es", "question": "¿Puede salir?", "answer": "Sí"},
        "person_wording": {"language": "ht", "question": "Èske ou ka soti?", "answer": "Wi"},
        "delivery": "read",
        "by": "officer-1",
        "at": "2026-11-21T12:00:00.000000+00:00",
    }
    assert consent["permissions"][1] == {"group": "health", "permission": "limited", "limited_to": "the knee only"}
    assert (decision["reason"], referral["number"]) == ("cannot leave", "RU-7K2M-1")
    assert not {"position", "instance"} & set(interview)
    text = json.dumps(records)
    assert "<data>raw" not in text
    assert "typed only" not in text
