"""Reviews by a supervisor, and what waits for an officer: shown until it is answered or opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.colleagues import as_officer, decided, enrol
from tests.support.sessions import open_session
from tests.support.vaults import FakeClock
from victimid.app import deleting, handing_over, reviewing, summary, waiting
from victimid.app.access import Why
from victimid.app.export_records import of_cases
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.finding import Outcome
from victimid.model.people import Officer, Role
from victimid.model.retention import Override
from victimid.model.review import Verdict


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def session(tmp_path: Path, clock: FakeClock) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", clock)
    yield opened
    opened.lock()


@pytest.fixture
def eva(session: Session) -> Officer:
    return enrol(session)


def code(refused: pytest.ExceptionInfo[VictimIDError]) -> str:
    return refused.value.code


def test_a_supervisor_asks_to_look_again_until_the_officer_decides_anew(
    session: Session, eva: Officer, clock: FakeClock
) -> None:
    boss = session.vault.officer
    officer = as_officer(session, eva)
    first = decided(officer)
    supervisor = as_officer(session, boss)
    supervisor.access.open_other(first.case_ref, Why.REVIEW)
    assert reviewing.view(supervisor, first.case_ref).offered
    review = reviewing.review(supervisor, first.case_ref, Verdict.LOOK_AGAIN, " ask about the papers ")
    entry = session.vault.audit.entries(1)[0]
    assert (entry.action, entry.subject, entry.detail) == (Action.REVIEWED, first.case_ref, "look_again")
    assert session.vault.verify().sound
    officer = as_officer(session, eva)
    assert waiting.for_me(officer).look_again == (review,)
    seen = reviewing.view(officer, first.case_ref)
    assert (seen.last, seen.current, seen.offered, seen.names[boss.id]) == (review, True, False, boss.name)
    clock.move(60)
    found = summary.summarise(officer, first.case_ref, "en")
    summary.decide(officer, found, Outcome.INFORM, "asked again")
    assert waiting.for_me(officer).look_again == ()
    assert not reviewing.view(officer, first.case_ref).current


def test_an_agreement_waits_for_nobody(session: Session, eva: Officer) -> None:
    boss = session.vault.officer
    decision = decided(as_officer(session, eva))
    supervisor = as_officer(session, boss)
    supervisor.access.open_other(decision.case_ref, Why.REVIEW)
    reviewing.review(supervisor, decision.case_ref, Verdict.LOOK_AGAIN, "why?")
    reviewing.review(supervisor, decision.case_ref, Verdict.AGREES, "")
    assert waiting.for_me(as_officer(session, eva)).look_again == ()
    assert [each.verdict for each in session.vault.reviews.of_case(decision.case_ref)] == [*reversed(Verdict)]


def test_who_may_review_what_is_refused_otherwise(session: Session, eva: Officer) -> None:
    boss = session.vault.officer
    own = decided(session)
    with pytest.raises(VictimIDError) as refused:
        reviewing.review(session, own.case_ref, Verdict.AGREES, "")
    assert (code(refused), reviewing.view(session, own.case_ref).offered) == ("review.own_decision", False)
    officer = as_officer(session, eva)
    decision = decided(officer)
    with pytest.raises(VictimIDError) as refused:
        reviewing.review(officer, decision.case_ref, Verdict.AGREES, "")
    assert code(refused) == "officer.not_allowed"
    supervisor = as_officer(session, boss)
    with pytest.raises(VictimIDError) as refused:
        reviewing.review(supervisor, decision.case_ref, Verdict.AGREES, "")
    assert code(refused) == "case.reason_needed"
    supervisor.access.open_other(decision.case_ref, Why.REVIEW)
    with pytest.raises(VictimIDError) as refused:
        reviewing.review(supervisor, decision.case_ref, Verdict.LOOK_AGAIN, "  ")
    assert code(refused) == "review.note_missing"
    assert session.vault.reviews.of_case(decision.case_ref) == ()


def test_a_review_goes_to_headquarters_and_is_deleted_with_its_case(session: Session, eva: Officer) -> None:
    boss = session.vault.officer
    decision = decided(as_officer(session, eva))
    supervisor = as_officer(session, boss)
    supervisor.access.open_other(decision.case_ref, Why.REVIEW)
    reviewing.review(supervisor, decision.case_ref, Verdict.AGREES, "well asked")
    sent = of_cases(supervisor, session.vault.exports.changed_cases())
    [review] = [record for record in sent if record["kind"] == "review"]
    assert isinstance(review["data"], dict)
    assert (review["data"]["verdict"], review["data"]["note"]) == ("agrees", "well asked")
    deleting.delete(supervisor, [decision.case_ref], Override.PERSON_ASKED)
    assert session.vault.reviews.of_case(decision.case_ref) == ()
    assert session.vault.verify().sound


def test_a_case_handed_over_waits_until_its_receiver_opens_it(session: Session, eva: Officer) -> None:
    boss = session.vault.officer
    kept, given, other = (decided(session).case_ref for _ in range(3))
    handing_over.hand_over(session, [given, other], eva.id, "end of shift")
    officer = as_officer(session, eva)
    found = waiting.for_me(officer)
    assert {(each.case_ref, each.reason) for each in found.handed_over} == {
        (given, "end of shift"),
        (other, "end of shift"),
    }
    assert found.names[boss.id] == boss.name
    summary.summarise(officer, given, "en")
    assert [each.case_ref for each in waiting.for_me(officer).handed_over] == [other]
    handing_over.hand_over(officer, [other], boss.id, "not mine")
    assert waiting.for_me(officer).handed_over == ()
    supervisor = as_officer(session, boss)
    assert [each.reason for each in waiting.for_me(supervisor).handed_over] == ["not mine"]
    assert kept not in {each.case_ref for each in waiting.for_me(supervisor).handed_over}
    assert session.vault.verify().sound


def test_open_cases_are_those_that_still_ask_something(session: Session, eva: Officer) -> None:
    to_refer = decided(session).case_ref
    decided(session, Outcome.INFORM)
    decided(session, Outcome.NO_FURTHER_STEP)
    later = decided(session, Outcome.CONTINUE_LATER).case_ref
    assert set(handing_over.open_cases(session)) == {to_refer, later}
    officer = as_officer(session, eva)
    with pytest.raises(VictimIDError) as refused:
        handing_over.open_cases(officer, session.vault.officers.all()[0].id)
    assert code(refused) == "officer.not_allowed"


def test_a_reason_typed_for_several_cases_outlasts_a_lock(session: Session, eva: Officer) -> None:
    refs = [decided(session).case_ref for _ in range(2)]
    handing_over.keep_reason(session, refs, "half a sent")
    assert handing_over.kept_reason(session, tuple(reversed(refs))) == "half a sent"
    handing_over.hand_over(session, refs, eva.id, "half a sentence")
    assert handing_over.kept_reason(session, refs) == ""


def test_an_administrator_sees_nothing_that_waits(session: Session) -> None:
    keeper = as_officer(session, enrol(session, "Nadia Sample", Role.ADMINISTRATOR))
    for look in (waiting.for_me, handing_over.open_cases):
        with pytest.raises(VictimIDError) as refused:
            look(keeper)
        assert code(refused) == "officer.not_allowed"
