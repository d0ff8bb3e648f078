"""What a search shows: an officer's own words at once, a colleague's only after the reason was given."""

from pathlib import Path

import pytest

from tests.support.colleagues import EVA, enrol, signed_in
from tests.support.sessions import begun, open_session
from tests.support.vaults import NAME
from victimid.app import handing_over, searching
from victimid.app.access import Why
from victimid.app.session import Session
from victimid.model.audit import Action
from victimid.model.search import Found, Place

SAID = "the foreman kept the papers"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    session = open_session(tmp_path / "vault")
    enrol(session)
    session.lock()
    return tmp_path / "vault"


def say(session: Session) -> str:
    """Record the words in a new case and return its reference."""
    talk = begun(session)
    question = talk.view().question
    assert question is not None
    talk.answer(question.ref, question.options[0].value, own_words=SAID)
    return talk.case_ref


def found(session: Session) -> Found:
    [one] = searching.find(session, "foreman")
    return one


def test_a_colleague_s_words_are_shown_after_the_reason_was_given(folder: Path) -> None:
    eva = signed_in(folder, EVA)
    ref = say(eva)
    assert (found(eva).snippet, found(eva).shown) == (SAID, True)
    eva.lock()
    boss = signed_in(folder, NAME)
    before = found(boss)
    assert (before.case_ref, before.place, before.question, before.snippet) == (ref, Place.ANSWER, "", "")
    assert not before.shown
    boss.access.open_other(ref, Why.REVIEW)
    after = found(boss)
    assert (after.snippet, after.shown, bool(after.question)) == (SAID, True, True)
    noted = [(entry.action, entry.detail) for entry in boss.vault.audit.entries(3)]
    assert noted == [(Action.SEARCHED, "found=1"), (Action.CASE_VIEWED, "review"), (Action.SEARCHED, "found=1")]
    boss.lock()


def test_own_words_are_shown_until_the_case_is_somebody_else_s(folder: Path) -> None:
    boss = signed_in(folder, NAME)
    ref = say(boss)
    assert found(boss).snippet == SAID
    handing_over.hand_over(boss, [ref], boss.vault.officers.named(EVA).id, "end of shift")
    assert not found(boss).shown
    boss.lock()
