"""Other officers on the laptop of the first, who is a supervisor."""

from dataclasses import replace
from pathlib import Path

from tests.support.sessions import answer_all, begun, door
from tests.support.vaults import PASSPHRASE, FakeClock
from victimid.app import officers, summary
from victimid.app.session import Session
from victimid.model.finding import Decision, Outcome
from victimid.model.people import Officer, Role

EVA, KEEPER = "Eva Sample", "Nadia Sample"


def enrol(session: Session, name: str = EVA, role: Role = Role.OFFICER, passphrase: str = PASSPHRASE) -> Officer:
    """Let a colleague in, who has chosen this passphrase: by default that of all invented officers."""
    return officers.enrol(session, name, passphrase, role, given=False)


def as_officer(session: Session, officer: Officer) -> Session:
    """Return the same open vault with another officer at work, as after unlocking again without the wait."""
    vault = session.vault
    vault.officer = officer
    return replace(session, access=type(session.access)(vault))


def signed_in(folder: Path, name: str, clock: FakeClock | None = None) -> Session:
    """Unlock the vault as somebody."""
    return door(folder, clock).unlock(name, PASSPHRASE)


def decided(session: Session, outcome: Outcome = Outcome.REFER) -> Decision:
    """Interview the invented person in a new case and decide it."""
    talk = begun(session)
    answer_all(talk)
    talk.finish()
    found = summary.summarise(session, talk.view().case_ref, "en")
    return summary.decide(session, found, outcome, "papers kept by the employer")
