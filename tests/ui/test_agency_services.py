"""A referral on a laptop with the agency's own directory of services."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.colleagues import as_officer, decided
from tests.support.packs import content_of, directory, keeper, packed
from tests.support.screens import context, shown, texts
from tests.support.sessions import open_session
from victimid.app import content_packs
from victimid.app.content import Content
from victimid.app.session import Session
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.screens.referral_form import ReferralForm


@pytest.fixture
def session(tmp_path: Path, content: Content) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


def form(screen: ReferralScreen) -> ReferralForm:
    assert screen.form is not None
    return screen.form


def install(session: Session, folder: Path, services: str) -> Session:
    """Let an administrator install a directory, and return the session with the officer at work again."""
    officer = session.vault.officer
    content_packs.install(keeper(session), packed(folder / "pack", 1, content_of(services=services)))
    return as_officer(session, officer)


def test_the_services_of_the_agency_take_the_place_of_the_examples(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    session = install(session, tmp_path, directory(cranes="House of Cranes", lamps="House of Lamps"))
    screen = ReferralScreen(context(session), decided(session).case_ref)
    shown(qtbot, screen)
    offered = form(screen).request.services.buttons
    assert ["Cranes" in offered[0].choice.text, "Lamps" in offered[1].choice.text, len(offered)] == [True, True, 2]
    offered[1].click()
    told = " ".join(texts(screen))
    assert "Invented example" not in told
    assert "Ana Example" in told
    assert "desk of the invented shelter" in told
    screen._preview()
    assert "House of Lamps" in form(screen).preview.sheets[0].accessibleName()


def test_a_long_directory_is_searched_by_name(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    many = {f"point_{number}": f"Help point {number}" for number in range(1, 31)}
    session = install(session, tmp_path, directory(**many, lamps="House of Lamps"))
    screen = ReferralScreen(context(session), decided(session).case_ref)
    shown(qtbot, screen)
    services = form(screen).request.services
    assert not [button for button in services.buttons if "Lamps" in button.choice.text]
    services.search.set_text("lamps")
    [found] = services.buttons
    found.click()
    assert form(screen).request.typed().service_id == "lamps"
    services.search.set_text("point 7")
    assert services.buttons[0].isChecked()
    assert "Help point 7" in services.buttons[1].choice.text


@pytest.mark.parametrize("name", ["cranes", "example"])
def test_only_what_nobody_confirmed_stands_out(qtbot: QtBot, session: Session, tmp_path: Path, name: str) -> None:
    if name == "cranes":
        session = install(session, tmp_path, directory(cranes="House of Cranes"))
    screen = ReferralScreen(context(session), decided(session).case_ref)
    shown(qtbot, screen)
    request = form(screen).request
    request.services.buttons[0].click()
    assert request.card.property("tone") == ("neutral" if name == "cranes" else "attention")
