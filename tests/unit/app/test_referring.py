"""Consent decides what a referral holds; the file is written once and only whole."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.sessions import answer_all, begun, open_session
from victimid.app import referring, summary
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.case import Stage
from victimid.model.consent import SHAREABLE, Consent, DataGroup, GroupPermission, Manner, Permission
from victimid.model.finding import Outcome
from victimid.model.referral import ReferralDocument, Urgency

YES = tuple(GroupPermission(group, Permission.YES) for group in SHAREABLE)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault")
    yield opened
    opened.lock()


@pytest.fixture
def ref(session: Session) -> str:
    interview = begun(session)
    answer_all(interview)
    interview.finish()
    return interview.view().case_ref


def request_to(session: Session, language: str = "es") -> ReferralRequest:
    service = session.content.services()[0]
    return ReferralRequest(service.id, Urgency.DAY, service.helps, "desk 2", "B. Example", language)


def agreed(session: Session, ref: str, permissions: Sequence[GroupPermission]) -> Consent:
    service = session.content.services()[0]
    return referring.record_consent(session, ref, service.id, permissions, Manner.ORAL, "ht", "4471")


def every_text(document: ReferralDocument) -> str:
    lines = [f"{line.label} {line.text}" for section in document.sections for line in section.lines]
    return "\n".join([document.title, document.confidentiality, *lines, *(s.note for s in document.sections)])


def test_with_every_permission_the_shareable_groups_are_there_and_nothing_else(session: Session, ref: str) -> None:
    document = referring.preview(session, ref, request_to(session), agreed(session, ref, YES))
    text = every_text(document)
    for shared in ("Ejemplo Premye", "después de las 18:00", "mina de oro", "Tos desde hace semanas", "kizin"):
        assert shared in text
    for never in ("Ejemplo Uno",):
        assert never not in text


def test_without_permission_nothing_of_the_person_is_there(session: Session, ref: str) -> None:
    document = referring.preview(session, ref, request_to(session), agreed(session, ref, ()))
    text = every_text(document)
    for withheld in ("Ejemplo Premye", "18:00", "mina de oro", "Tos", "kizin", "Ejemplo Uno"):
        assert withheld not in text


def test_a_limited_group_shows_only_the_words_agreed_on(session: Session, ref: str) -> None:
    limited = (GroupPermission(DataGroup.ACCOUNT, Permission.LIMITED, "Solo: otro trabajo."),)
    text = every_text(referring.preview(session, ref, request_to(session), agreed(session, ref, limited)))
    assert "Solo: otro trabajo." in text
    assert "mina de oro" not in text


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ht", "ar"])
def test_the_document_speaks_the_language_of_its_reader(session: Session, ref: str, language: str) -> None:
    document = referring.preview(session, ref, request_to(session, language), agreed(session, ref, YES))
    english = referring.preview(session, ref, request_to(session, "en"), agreed(session, ref, YES))
    assert document.language == language
    assert (document.title == english.title) is (language == "en")
    assert (document.sections[3].lines[0].label == english.sections[3].lines[0].label) is (language == "en")
    assert len(referring.pages(document)) >= 2


def test_no_consent_no_referral(session: Session, ref: str, tmp_path: Path) -> None:
    with pytest.raises(VictimIDError) as refused:
        referring.write(session, ref, request_to(session), tmp_path)
    assert refused.value.code == "referral.no_consent"
    assert not list(tmp_path.glob("*.pdf"))


def test_the_file_opens_with_the_passphrase_shown_once(session: Session, ref: str, tmp_path: Path) -> None:
    agreed(session, ref, YES)
    written = referring.write(session, ref, request_to(session), tmp_path)
    assert written.path.name == f"{ref}-1.pdf"
    command = ["pdftotext", "-upw", written.passphrase, str(written.path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Ejemplo Premye" in text
    assert session.vault.cases.get(ref).stage is Stage.REFERRED
    assert [r.number for r in session.vault.referrals.of_case(ref)] == [f"{ref}-1"]


def test_a_file_that_is_there_already_is_never_replaced(session: Session, ref: str, tmp_path: Path) -> None:
    agreed(session, ref, YES)
    there = tmp_path / f"{ref}-1.pdf"
    there.write_bytes(b"somebody else's")
    with pytest.raises(VictimIDError) as refused:
        referring.write(session, ref, request_to(session), tmp_path)
    assert refused.value.code == "file.exists"
    assert there.read_bytes() == b"somebody else's"
    assert session.vault.referrals.of_case(ref) == ()


def test_referrals_of_a_case_are_numbered(session: Session, ref: str, tmp_path: Path) -> None:
    agreed(session, ref, YES)
    names = [referring.write(session, ref, request_to(session), tmp_path).path.name for _ in range(2)]
    assert names == [f"{ref}-1.pdf", f"{ref}-2.pdf"]


def test_consent_is_for_one_service_only(session: Session, ref: str, tmp_path: Path) -> None:
    agreed(session, ref, YES)
    other = replace(request_to(session), service_id=session.content.services()[1].id)
    with pytest.raises(VictimIDError) as refused:
        referring.write(session, ref, other, tmp_path)
    assert refused.value.code == "referral.no_consent"


def test_a_decision_needs_a_reason(session: Session, ref: str) -> None:
    found = summary.summarise(session, ref, "es")
    with pytest.raises(VictimIDError) as refused:
        summary.decide(session, found, Outcome.INFORM, "  ")
    assert refused.value.code == "decision.reason_missing"
    assert session.vault.decisions.latest(ref) is None
    summary.decide(session, found, Outcome.INFORM, "Pide solo información.")
    decision = session.vault.decisions.latest(ref)
    assert decision is not None
    assert (decision.outcome, decision.by) == (Outcome.INFORM, session.officer_id)


def test_the_summary_names_signs_answers_and_what_is_open(session: Session, ref: str) -> None:
    found = summary.summarise(session, ref, "es")
    assert not found.child
    raised = {r.sign.id: r for d in found.findings.dimensions for r in d.signs}
    assert raised["DR.job"].evidence[0].ref.endswith("/work_same")
    unanswered = dict(found.findings.unanswered)
    assert unanswered["declined"] == 2
    assert unanswered["not_understood"] == 1
    assert unanswered["not_asked"] >= 1


def test_a_limited_consent_needs_the_words_that_may_be_passed_on(session: Session, ref: str) -> None:
    with pytest.raises(VictimIDError) as refused:
        agreed(session, ref, [GroupPermission(DataGroup.ACCOUNT, Permission.LIMITED, " ")])
    assert refused.value.code == "consent.limit_missing"
    assert session.vault.consents.of_case(ref) == ()
