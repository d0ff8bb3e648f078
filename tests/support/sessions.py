"""Open sessions on real vaults, and the invented case, for tests of the use cases and the window."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.vaults import NAME, PASSPHRASE, POST, TEST_COST, FakeClock
from victimid.app import interviewing
from victimid.app.content import SECOND_LINE, Content
from victimid.app.demo import answer_one, read_case
from victimid.app.desk import Desk
from victimid.app.interviewing import Interviewing
from victimid.app.session import Door, Session, VaultSetup
from victimid.crypto import age

HEADQUARTERS = age.new_identity()


@functools.cache
def shared_content() -> Content:
    """Return the shipped content, read once for all tests of a process; it never changes."""
    return Content()


def door(folder: Path, clock: FakeClock | None = None, content: Content | None = None) -> Door:
    """Return the way into a vault that is cheap to unlock."""
    clock = clock or FakeClock()
    return Door(folder, content or shared_content(), clock, TEST_COST, TEST_COST, clock.uptime)


def open_session(folder: Path, clock: FakeClock | None = None, content: Content | None = None) -> Session:
    """Create a vault with headquarters' key and return the session of its first officer."""
    setup = VaultSetup(POST, NAME, PASSPHRASE, (HEADQUARTERS.recipient,))
    return door(folder, clock, content).create(setup)


def reopen(folder: Path, clock: FakeClock | None = None, content: Content | None = None) -> Session:
    """Unlock a vault made by `open_session`."""
    return door(folder, clock, content).unlock(NAME, PASSPHRASE)


def begun(session: Session, form_id: str = SECOND_LINE, officer: str = "es", person: str = "ht") -> Interviewing:
    """Open a case and begin an interview in it."""
    case = Desk(session).open_case(person)
    return interviewing.begin(session, case.ref, session.content.own_form(form_id), officer, person)


def answer_all(interview: Interviewing, case: Mapping[str, Any] | None = None) -> None:
    """Take an interview to its end with the answers of the invented case."""
    case = case or read_case()
    view = interview.view()
    while view.question is not None:
        view = answer_one(interview, view.question, case)


def typed(interview: Interviewing) -> str:
    """Return what the vault keeps of the words typed for the question on screen."""
    question = interview.view().question
    return question.draft if question else ""


def screened(session: Session, officer: str = "es") -> str:
    """Interview the invented person to the end in a new case and return its reference."""
    interview = begun(session, officer=officer)
    answer_all(interview)
    interview.finish()
    return interview.case_ref
