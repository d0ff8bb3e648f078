"""Cases change hands at the end of a shift: all or none, with a reason, and the rights go with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.colleagues import enrol
from tests.support.sessions import door, open_session
from tests.support.vaults import NAME, PASSPHRASE
from victimid.app import handing_over, officers, summary
from victimid.app.desk import Desk
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditQuery
from victimid.model.case_list import CaseFilter
from victimid.model.people import Role
from victimid.model.why import WhyDisabled

OLGA, EVA, ADA = "Olga Officer", "Eva Example", "Ada Administrator"
SECRET = "seven copper lanterns drifting"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    session = open_session(tmp_path / "vault")
    for name, role in ((OLGA, Role.OFFICER), (EVA, Role.OFFICER), (ADA, Role.ADMINISTRATOR)):
        enrol(session, name, role, SECRET)
    session.lock()
    return tmp_path / "vault"


@pytest.fixture
def olga(folder: Path) -> Iterator[Session]:
    session = door(folder).unlock(OLGA, SECRET)
    yield session
    session.lock()


def test_the_receiver_goes_on_and_the_giver_no_longer_sees_the_case(olga: Session, folder: Path) -> None:
    case = Desk(olga).open_case("es")
    eva = officers.named(olga, EVA)
    [handed] = handing_over.hand_over(olga, [case.ref], eva.id, " end of shift ")
    assert (handed.from_officer, handed.to_officer, handed.reason) == (olga.officer_id, eva.id, "end of shift")
    assert olga.vault.handovers.of_case(case.ref) == (handed,)
    [entry] = olga.vault.audit.entries(1, AuditQuery(actions=(Action.CASE_HANDED_OVER,)))
    assert (entry.subject, entry.detail) == (case.ref, eva.id)
    with pytest.raises(VictimIDError, match=r"case\.not_yours"):
        summary.summarise(olga, case.ref, "es")
    olga.lock()
    hers = door(folder).unlock(EVA, SECRET)
    assert [row.ref for row in Desk(hers).page(CaseFilter()).cases] == [case.ref]
    assert summary.summarise(hers, case.ref, "es").case.owner == eva.id
    hers.lock()


def test_nothing_goes_to_whose_passphrase_somebody_else_still_has(olga: Session, folder: Path) -> None:
    ref = Desk(olga).open_case("es").ref
    olga.lock()
    admin = door(folder).unlock(ADA, SECRET)
    nova = officers.enrol(admin, "Nova Officer", SECRET, Role.OFFICER)
    admin.lock()
    olga = door(folder).unlock(OLGA, SECRET)
    assert nova not in handing_over.receivers(olga)
    with pytest.raises(VictimIDError, match=r"handover\.receiver"):
        handing_over.hand_over(olga, [ref], nova.id, "end of shift")
    olga.lock()


@pytest.mark.parametrize(
    ("receiver", "reason", "code"),
    [
        (EVA, "  ", "handover.reason_missing"),
        (ADA, "end of shift", "handover.receiver"),
        (OLGA, "end of shift", "handover.same_officer"),
    ],
)
def test_what_does_not_fit_changes_nothing(olga: Session, receiver: str, reason: str, code: str) -> None:
    case = Desk(olga).open_case("es")
    with pytest.raises(VictimIDError) as raised:
        handing_over.hand_over(olga, [case.ref], officers.named(olga, receiver).id, reason)
    assert raised.value.code == code
    assert olga.vault.cases.get(case.ref).owner == olga.officer_id


def test_all_of_them_or_none_and_the_refusal_stands(olga: Session, folder: Path) -> None:
    mine = Desk(olga).open_case("es").ref
    olga.lock()
    supervisor = door(folder).unlock(NAME, PASSPHRASE)
    theirs = Desk(supervisor).open_case("es").ref
    supervisor.lock()
    again = door(folder).unlock(OLGA, SECRET)
    eva = officers.named(again, EVA).id
    for refs, code in (([mine, theirs], "case.not_yours"), ([mine, "RU-XXXX"], "case.unknown")):
        with pytest.raises(VictimIDError) as raised:
            handing_over.hand_over(again, refs, eva, "end of shift")
        assert raised.value.code == code
        assert again.vault.cases.get(mine).owner == again.officer_id
    [entry] = again.vault.audit.entries(1, AuditQuery(actions=(Action.REFUSED,)))
    assert (entry.officer, entry.subject) == (again.officer_id, theirs)
    again.lock()


def test_a_disabled_officer_receives_nothing_but_a_supervisor_takes_their_cases_away(folder: Path) -> None:
    eva = door(folder).unlock(EVA, SECRET)
    case = Desk(eva).open_case("es").ref
    eva_id = eva.officer_id
    eva.lock()
    supervisor = door(folder).unlock(NAME, PASSPHRASE)
    officers.disable(supervisor, eva_id, WhyDisabled.LEFT)
    olga = officers.named(supervisor, OLGA)
    assert [each.name for each in handing_over.receivers(supervisor)] == [NAME, OLGA]
    with pytest.raises(VictimIDError, match=r"handover\.receiver"):
        handing_over.hand_over(supervisor, [case], eva_id, "back")
    handing_over.hand_over(supervisor, [case], olga.id, "officer left")
    assert supervisor.vault.cases.get(case).owner == olga.id
    supervisor.lock()
