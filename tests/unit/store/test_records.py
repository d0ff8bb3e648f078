"""Records come back as they were put in, and every act is in the audit with references only."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.vaults import (
    CONSENT,
    DECISION,
    FORM,
    NOON,
    REF,
    REFERRAL,
    a_case,
    an_answer,
    an_interview,
    begin,
    new_vault,
)
from victimid.errors import VictimIDError
from victimid.model.answer import NonAnswer
from victimid.model.audit import Action
from victimid.model.case import Stage
from victimid.model.case_list import CaseFilter
from victimid.model.finding import Outcome
from victimid.model.people import Officer, Role
from victimid.store import drafts
from victimid.store.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = new_vault(tmp_path / "vault")
    yield made
    made.lock()


def acts(vault: Vault) -> list[tuple[Action, str, str, str]]:
    """Return what was noted since the vault was made, oldest first."""
    noted = (
        Action.VAULT_CREATED,
        Action.UNLOCKED,
    )
    entries = reversed(vault.audit.entries(1000))
    return [(e.action, e.officer, e.subject, e.detail) for e in entries if e.action not in noted][1:]


def test_a_case_comes_back_and_is_noted(vault: Vault) -> None:
    case = replace(a_case(practice=True), person_language="ar")
    vault.cases.add(case)
    assert vault.cases.get(REF) == case
    assert acts(vault) == [(Action.CASE_OPENED, "officer-1", REF, "")]


def test_a_reference_is_given_once(vault: Vault) -> None:
    vault.cases.add(a_case())
    with pytest.raises(VictimIDError, match=r"case\.reference_taken case='RU-7K2M'"):
        vault.cases.add(a_case(minutes=5))
    assert [case.opened_at for case in vault.overview.rows()] == [NOON]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["RU-4BCD", "TU-7K9X", "RU-7K2M"]),
        ("7k", ["TU-7K9X", "RU-7K2M"]),
        ("ru7k2m", ["RU-7K2M"]),
        (" RU-7 K", ["RU-7K2M"]),
        ("u-4", ["RU-4BCD"]),
        ("%", ["RU-4BCD", "TU-7K9X", "RU-7K2M"]),
        ("_7K2M", ["RU-7K2M"]),
        ("nothing", []),
    ],
)
def test_cases_are_found_by_a_piece_of_the_reference_newest_first(vault: Vault, query: str, found: list[str]) -> None:
    for minutes, ref in enumerate(("RU-7K2M", "TU-7K9X", "RU-4BCD")):
        vault.cases.add(a_case(ref, minutes=minutes))
    assert [case.ref for case in vault.overview.rows(CaseFilter(query))] == found


def test_a_case_moves_on_with_what_happens_to_it(vault: Vault) -> None:
    begin(vault)
    stages = [vault.cases.get(REF).stage]
    steps: tuple[Callable[[], object], ...] = (
        lambda: vault.interviews.finish("interview-1", NOON, "officer-1"),
        lambda: vault.decisions.record(DECISION),
        lambda: vault.consents.record(CONSENT),
        lambda: vault.referrals.record(REFERRAL),
    )
    for step in steps:
        step()
        stages.append(vault.cases.get(REF).stage)
    assert stages == [Stage.INTERVIEW, Stage.INTERVIEWED, Stage.DECIDED, Stage.DECIDED, Stage.REFERRED]


def test_a_form_is_kept_once_as_it_was(vault: Vault) -> None:
    vault.interviews.keep_form(FORM)
    vault.interviews.keep_form(FORM)
    assert vault.interviews.form(FORM.sha256) == FORM
    with pytest.raises(VictimIDError, match=r"interview\.form_unknown"):
        vault.interviews.form("0" * 64)


def test_an_interview_comes_back_where_it_stood(vault: Vault) -> None:
    begin(vault)
    vault.interviews.move("interview-1", "/data/q2", "officer-1", NOON)
    assert vault.interviews.get("interview-1") == replace(an_interview(), position="/data/q2")
    vault.interviews.finish("interview-1", NOON + timedelta(hours=1), "officer-1")
    finished = vault.interviews.get("interview-1")
    assert finished.finished_at == NOON + timedelta(hours=1)
    assert vault.interviews.of_case(REF) == (finished,)
    assert acts(vault) == [
        (Action.CASE_OPENED, "officer-1", REF, ""),
        (Action.INTERVIEW_BEGUN, "officer-1", REF, "interview-1"),
        (Action.INTERVIEW_FINISHED, "officer-1", REF, "interview-1"),
    ]


def test_an_interview_needs_its_case_and_its_form(vault: Vault) -> None:
    with pytest.raises(VictimIDError, match=r"case\.unknown"):
        vault.interviews.begin(an_interview())
    vault.cases.add(a_case())
    with pytest.raises(VictimIDError, match=r"interview\.form_unknown"):
        vault.interviews.begin(an_interview())
    assert vault.interviews.of_case(REF) == ()


def test_answers_keep_every_revision_and_their_first_order(vault: Vault) -> None:
    begin(vault)
    first = vault.interviews.save_answer("interview-1", an_answer("/data/b"), "/data/a", "<data>1</data>")
    vault.interviews.save_answer("interview-1", an_answer("/data/a", "5"), "/data/c", "<data>2</data>")
    declined = an_answer("/data/b", "", non_answer=NonAnswer.DECLINED)
    second = vault.interviews.save_answer("interview-1", declined, "/data/c", "<data>3</data>")
    assert (first.revision, second.revision) == (1, 2)
    assert vault.interviews.answers("interview-1") == (second, an_answer("/data/a", "5"))
    assert vault.interviews.revisions("interview-1", "/data/b") == (first, second)
    stood = vault.interviews.get("interview-1")
    assert (stood.position, stood.instance) == ("/data/c", "<data>3</data>")
    assert acts(vault)[-1] == (Action.ANSWERED, "officer-1", REF, "interview-1 /data/b 2")


def test_answers_of_two_interviews_do_not_mix(vault: Vault) -> None:
    begin(vault)
    vault.interviews.begin(an_interview("interview-2"))
    vault.interviews.save_answer("interview-1", an_answer(value="yes"), "", "")
    vault.interviews.save_answer("interview-2", an_answer(value="no"), "", "")
    assert [a.value for a in vault.interviews.answers("interview-1")] == ["yes"]
    assert [a.revision for a in vault.interviews.answers("interview-2")] == [1]


def test_a_typed_word_is_kept_until_its_answer_is_saved(vault: Vault) -> None:
    begin(vault)
    place = drafts.of_question("interview-1", "/data/q1")
    assert vault.drafts.read(REF, place) == ""
    vault.drafts.keep(REF, place, "li te")
    vault.drafts.keep(REF, place, "li te di")
    vault.drafts.keep(REF, "decision", "a reason")
    vault.interviews.save_answer("interview-1", an_answer("/data/other"), "", "")
    assert vault.drafts.read(REF, place) == "li te di"
    vault.interviews.save_answer("interview-1", an_answer("/data/q1"), "", "")
    assert vault.drafts.read(REF, place) == ""
    assert vault.drafts.read(REF, "decision") == "a reason"
    vault.drafts.keep(REF, "decision", "")
    assert vault.drafts.read(REF, "decision") == ""


def test_a_typed_word_waits_for_a_question_that_is_put_off(vault: Vault) -> None:
    begin(vault)
    place = drafts.of_question("interview-1", "/data/q1")
    vault.drafts.keep(REF, place, "li te di")
    put_off = replace(an_answer(value=""), non_answer=NonAnswer.DEFERRED)
    vault.interviews.save_answer("interview-1", put_off, "", "")
    assert vault.drafts.read(REF, place) == "li te di"
    vault.interviews.save_answer("interview-1", replace(put_off, non_answer=NonAnswer.DECLINED), "", "")
    assert vault.drafts.read(REF, place) == ""


def test_typed_words_of_no_case_belong_to_the_officer_who_typed_them(vault: Vault) -> None:
    vault.drafts.keep_own("officer-1", "name to enrol", "Ida")
    vault.drafts.keep_own("officer-1", "name to enrol", "Ida Example")
    vault.drafts.keep_own("officer-2", "name to enrol", "Olga")
    assert vault.drafts.read_own("officer-1", "name to enrol") == "Ida Example"
    vault.drafts.keep_own("officer-1", "name to enrol", "")
    assert vault.drafts.read_own("officer-1", "name to enrol") == ""
    assert vault.drafts.read_own("officer-2", "name to enrol") == "Olga"


def test_decisions_stand_beside_one_another(vault: Vault) -> None:
    vault.cases.add(a_case())
    assert vault.decisions.latest(REF) is None
    later = replace(DECISION, outcome=Outcome.CONTINUE_LATER, at=NOON + timedelta(minutes=1))
    vault.decisions.record(DECISION)
    vault.decisions.record(later)
    assert vault.decisions.latest(REF) == later
    assert vault.decisions.of_case(REF) == (DECISION, later)
    assert acts(vault)[-1] == (Action.DECIDED, "officer-1", REF, "continue_later")


def test_consents_are_a_ledger(vault: Vault) -> None:
    vault.cases.add(a_case())
    other = replace(CONSENT, id="consent-2", service_id="clinic", permissions=())
    later = replace(CONSENT, id="consent-3", withdrawn_at=NOON + timedelta(days=1))
    for consent in (CONSENT, other, later):
        vault.consents.record(consent)
    assert vault.consents.of_case(REF) == (CONSENT, other, later)
    assert vault.consents.latest(REF, "shelter") == later
    assert vault.consents.latest(REF, "nobody") is None
    assert acts(vault)[-1] == (Action.CONSENT_RECORDED, "officer-1", REF, "consent-3")


def test_a_consent_that_does_not_fit_leaves_no_half(vault: Vault) -> None:
    vault.cases.add(a_case())
    vault.consents.record(CONSENT)
    with pytest.raises(VictimIDError, match=r"vault\.conflict"):
        vault.consents.record(replace(CONSENT, service_id="clinic"))
    assert vault.consents.of_case(REF) == (CONSENT,)
    assert len(acts(vault)) == 2


def test_referrals_are_numbered_within_their_case(vault: Vault) -> None:
    vault.cases.add(a_case())
    vault.cases.add(a_case("RU-4BCD"))
    assert vault.referrals.next_number(REF) == "RU-7K2M-1"
    vault.referrals.record(REFERRAL)
    assert vault.referrals.next_number(REF) == "RU-7K2M-2"
    assert vault.referrals.next_number("RU-4BCD") == "RU-4BCD-1"
    assert vault.referrals.of_case(REF) == (REFERRAL,)
    assert acts(vault)[-1] == (Action.REFERRAL_WRITTEN, "officer-1", REF, "RU-7K2M-1")


def test_what_belongs_to_no_case_or_interview_is_refused_and_not_noted(vault: Vault) -> None:
    for refused in (
        lambda: vault.cases.get(REF),
        lambda: vault.decisions.record(DECISION),
        lambda: vault.consents.record(CONSENT),
        lambda: vault.referrals.record(REFERRAL),
        lambda: vault.exports.case_records(REF),
        lambda: vault.drafts.keep(REF, "decision", "x"),
    ):
        with pytest.raises(VictimIDError, match=r"case\.unknown case='RU-7K2M'"):
            refused()
    for unknown in (
        lambda: vault.interviews.get("x"),
        lambda: vault.interviews.save_answer("x", an_answer(), "", ""),
        lambda: vault.interviews.move("x", "", "officer-1", NOON),
        lambda: vault.interviews.finish("x", NOON, "officer-1"),
    ):
        with pytest.raises(VictimIDError, match=r"interview\.unknown"):
            unknown()
    assert acts(vault) == []


def test_officers_are_told_apart_by_how_their_names_are_typed(vault: Vault) -> None:
    eva = Officer("officer-2", "Eva Sample", Role.OFFICER, NOON + timedelta(days=1))
    vault.officers.add(eva, "slot-2", vault.officer.id)
    assert vault.officers.all() == (vault.officer, eva)
    assert vault.officers.get("officer-2") == vault.officers.of_slot("slot-2") == eva
    assert acts(vault) == [(Action.OFFICER_ENROLLED, vault.officer.id, "officer-2", "officer slot-2 0")]
    with pytest.raises(VictimIDError, match=r"officer\.name_taken"):
        vault.officers.add(replace(eva, id="officer-3", name="EVA  sámple"), "slot-3", "officer-2")
    with pytest.raises(VictimIDError, match=r"officer\.unknown"):
        vault.officers.get("officer-3")


def test_answers_cannot_be_overwritten_even_by_a_mistake_in_the_program(vault: Vault) -> None:
    begin(vault)
    vault.interviews.save_answer("interview-1", an_answer(), "", "")
    with pytest.raises(VictimIDError, match=r"vault\.conflict"):
        vault.interviews._database.execute("UPDATE answer SET value = 'no'")
    assert vault.interviews.answers("interview-1") == (an_answer(),)


def test_half_a_character_pair_is_refused_without_being_named(vault: Vault) -> None:
    begin(vault)
    with pytest.raises(VictimIDError, match=r"^vault\.not_text$") as refused:
        vault.interviews.save_answer("interview-1", an_answer(value="marker \ud83d"), "", "")
    assert refused.value.__context__ is None or refused.value.__suppress_context__
    assert vault.interviews.answers("interview-1") == ()
    vault.interviews.save_answer("interview-1", an_answer(value="marker"), "", "")
