"""Content on screen: what is in use, a pack checked against it, installed, refused, and stopped in the middle."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.colleagues import EVA, KEEPER, enrol
from tests.support.packs import KEY, a_form, content_of, directory, packed
from tests.support.screens import texts
from tests.support.windows import Desktop, banner, page, session_of, unlock
from victimid.app import content_packs, receipts
from victimid.crypto import sshsig
from victimid.model.audit import Action, AuditQuery
from victimid.model.people import Role
from victimid.ui.destinations import ToContent, ToOfficers
from victimid.ui.screens.content import ContentScreen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.short_list import SHOWN_AT_FIRST, ShortList
from victimid.ui.widgets.side_nav import SideNav
from victimid.ui.window import Window

MANY = directory(**{f"point_{number}": f"Help point {number}" for number in range(1, 21)})
TOWN = " · Sample town"


@pytest.fixture
def shared(office: Desktop) -> Desktop:
    """Return a laptop with an officer and an administrator beside its supervisor."""
    window = office.open()
    unlock(window)
    enrol(session_of(window))
    enrol(session_of(window), KEEPER, Role.ADMINISTRATOR)
    receipts.set_key(session_of(window), KEY.public)
    window.lock()
    return office


@pytest.fixture
def window(shared: Desktop) -> Window:
    """Return the window of the administrator, with the content in sight."""
    made = shared.windows[0]
    unlock(made, KEEPER)
    made.go(ToContent())
    return made


def screen(window: Window) -> ContentScreen:
    return page(window, ContentScreen)


def said(widget: QWidget) -> list[str]:
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts(widget)]


def check(window: Window, path: Path) -> None:
    """Choose a pack by its name, and check it."""
    card = screen(window).pack
    card.found.folders.choices.buttons[-1].click()
    card.found.folders.typed.set_text(str(path.parent))
    next(button for button in card.found.files.buttons if button.choice.text == path.name).click()
    card.checking.click()


def install(window: Window, path: Path) -> None:
    check(window, path)
    screen(window).pack.checked.button.click()


def test_before_the_first_pack_it_says_what_officers_are_offered(window: Window) -> None:
    assert said(screen(window).in_use) == [
        "In use",
        "No content pack is installed.",
        "Officers are offered the forms of the program, and no real service: only examples.",
    ]
    card = screen(window).pack
    assert (card.checking.isEnabled(), card.no_key.isVisible(), card.checked.isVisible()) == (False, False, False)


def test_without_headquarters_key_it_says_who_sets_it_and_offers_nothing(office: Desktop) -> None:
    window = office.open()
    unlock(window)
    enrol(session_of(window), KEEPER, Role.ADMINISTRATOR)
    window.lock()
    unlock(window, KEEPER)
    window.go(ToContent())
    card = screen(window).pack
    assert "A supervisor sets headquarters' signing key first" in card.no_key.text()
    assert [part.isVisible() for part in (card.no_key, card.found, card.checking)] == [True, False, False]


def test_the_first_pack_is_shown_whole_and_installed(window: Window, tmp_path: Path) -> None:
    path = packed(tmp_path / "stick", 3, content_of([a_form(tmp_path)]))
    check(window, path)
    card = screen(window).pack.checked
    brought = [
        "1 form beside those of the program",
        "Talk at the harbour",
        "Version 1",
        "1 service",
        f"House of Cranes{TOWN}",
        "Confirmed Nov 1, 2026 by Ana Example",
    ]
    assert (banner(window), content_packs.installed(session_of(window))) == ("", None)
    assert said(card) == [
        "Content pack 3",
        "Issued and signed by headquarters on Nov 21, 2026\nIt is the first content pack on this laptop.",
        "Install this pack",
        *brought,
    ]
    assert (QApplication.focusWidget(), card.button.accessibleDescription()[:14]) == (card.button, "Content pack 3")
    card.button.click()
    assert banner(window) == "Content pack 3 is installed. Officers are offered what it brings from now on."
    assert not card.isVisible()
    for _ in range(2):
        title, number, told, *lists = said(screen(window).in_use)
        assert (title, number, lists) == ("In use", "Content pack 3", brought)
        assert told.endswith(f" by {KEEPER}")
        window.go(ToContent())


def test_what_goes_and_changes_stands_first(window: Window, tmp_path: Path) -> None:
    forms = [a_form(tmp_path, each) for each in ("harbour", "market", "school")]
    services = directory(cranes="House of Cranes", lamps="House of Lamps", boats="House of Boats")
    install(window, packed(tmp_path / "stick", 1, content_of(forms, services)))
    after = [forms[0], a_form(tmp_path, "market", "2"), a_form(tmp_path, "border")]
    other = directory(boats="House of Boats", cranes="House of Red Cranes", wells="House of Wells")
    check(window, packed(tmp_path / "stick", 2, content_of(after, other)))
    card = screen(window).pack.checked
    assert "It takes the place of content pack 1." in card.told.text()
    confirmed = "Confirmed Nov 1, 2026 by Ana Example"
    assert said(card)[3:] == [
        "3 forms beside those of the program",
        *("Talk at the school", "Version 1", "goes"),
        *("Talk at the market", "Version 2", "changed"),
        *("Talk at the border", "Version 1", "new"),
        *("Talk at the harbour", "Version 1"),
        "3 services",
        *(f"House of Lamps{TOWN}", confirmed, "goes"),
        *(f"House of Red Cranes{TOWN}", confirmed, "changed"),
        *(f"House of Wells{TOWN}", confirmed, "new"),
        *(f"House of Boats{TOWN}", confirmed),
    ]


def test_a_pack_without_services_says_that_only_examples_are_left(window: Window, tmp_path: Path) -> None:
    install(window, packed(tmp_path / "stick", 1, content_of()))
    check(window, packed(tmp_path / "stick", 2, content_of([a_form(tmp_path)], "")))
    told = said(screen(window).pack.checked)
    none = "No services: officers are offered only examples, none of them real."
    assert (none in told, told[-1]) == (True, "goes")
    screen(window).pack.checked.button.click()
    assert said(screen(window).in_use)[-1] == none


def test_a_long_directory_is_shown_bit_by_bit(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    install(window, packed(tmp_path / "stick", 1, content_of(services=MANY)))
    card = screen(window).in_use
    assert "20 services" in said(card)
    shown = [text for text in said(card) if text.startswith("Help point")]
    assert shown == [f"Help point {number}{TOWN}" for number in range(1, SHOWN_AT_FIRST + 1)]
    [more] = [each.button for each in card.findChildren(ShortList) if each.button.isVisible()]
    more.click()
    qtbot.waitUntil(lambda: len([text for text in said(card) if text.startswith("Help point")]) == 20)
    assert not more.isVisible()


@pytest.mark.parametrize("number", [2, 1])
def test_a_pack_that_is_no_newer_is_refused_in_words(window: Window, tmp_path: Path, number: int) -> None:
    install(window, packed(tmp_path / "stick", 2, content_of()))
    (tmp_path / "stick" / "content-000002.pack.tar").unlink()
    check(window, packed(tmp_path / "stick", number, content_of(services=MANY)))
    refused = {2: "Content pack 2 is installed already.", 1: "This is content pack 1, older than number 2"}
    assert banner(window).startswith(refused[number])
    card = screen(window).pack
    assert (card.checked.isVisible(), card.checking.isEnabled(), card.work.isVisible()) == (False, True, False)


def test_a_forged_pack_is_refused_and_nothing_of_it_is_shown(window: Window, tmp_path: Path) -> None:
    check(window, packed(tmp_path / "stick", 1, content_of(), key=sshsig.new_key()))
    assert banner(window)
    assert not screen(window).pack.checked.isVisible()
    assert content_packs.installed(session_of(window)) is None


def test_a_pack_that_is_gone_from_the_stick_is_not_installed_and_that_is_noted(window: Window, tmp_path: Path) -> None:
    path = packed(tmp_path / "stick", 1, content_of())
    check(window, path)
    path.unlink()
    screen(window).pack.checked.button.click()
    assert banner(window).startswith("The file cannot be read.")
    assert content_packs.installed(session_of(window)) is None
    [failed] = session_of(window).vault.audit.entries(1, AuditQuery(actions=(Action.FAILED,)))
    assert failed.detail.startswith(Action.CONTENT_INSTALLED)


def test_another_file_takes_what_was_checked_out_of_sight(window: Window, tmp_path: Path) -> None:
    check(window, packed(tmp_path / "stick", 1, content_of()))
    packed(tmp_path / "stick", 2, content_of())
    card = screen(window).pack
    assert card.checked.isVisible()
    card.found.look()
    assert (card.checked.isVisible(), len(card.found.files.buttons)) == (False, 2)


def test_a_check_stopped_in_the_middle_shows_nothing(window: Window, tmp_path: Path) -> None:
    forms = [a_form(tmp_path, each) for each in ("harbour", "market")]
    path = packed(tmp_path / "stick", 1, content_of(forms))
    work = screen(window).pack.work
    work.bar.valueChanged.connect(lambda _: work.button.click())
    check(window, path)
    assert banner(window) == "Stopped as you wished. Everything is as it was before."
    assert not screen(window).pack.checked.isVisible()


@pytest.mark.parametrize("leave", ["lock", "go"])
def test_leaving_or_locking_stops_an_installation(window: Window, tmp_path: Path, leave: str) -> None:
    forms = [a_form(tmp_path, each) for each in ("harbour", "market")]
    check(window, packed(tmp_path / "stick", 1, content_of(forms)))

    def way() -> None:
        window.lock() if leave == "lock" else window.go(ToOfficers())

    bar = screen(window).pack.work.bar
    bar.valueChanged.connect(lambda _: way() if isinstance(window.page, ContentScreen) else None)
    screen(window).pack.checked.button.click()
    assert isinstance(window.page, Unlock if leave == "lock" else OfficersScreen)
    if leave == "lock":
        unlock(window, KEEPER)
    assert content_packs.installed(session_of(window)) is None


def test_only_administrators_find_it(shared: Desktop) -> None:
    window = shared.windows[0]
    unlock(window, EVA)
    assert isinstance(window.page, DeskScreen)
    assert ToContent() not in window.page.findChildren(SideNav)[0].buttons
    window.lock()
    unlock(window, KEEPER)
    [side] = page(window, OfficersScreen).findChildren(SideNav)
    side.buttons[ToContent()].click()
    assert screen(window).in_use.isVisible()


def test_what_was_checked_comes_into_sight(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window.resize(1024, 640)
    install(window, packed(tmp_path / "stick", 1, content_of([a_form(tmp_path)], MANY)))
    check(window, packed(tmp_path / "stick", 2, content_of([a_form(tmp_path, version="2")])))
    button = screen(window).pack.checked.button
    qtbot.waitUntil(lambda: 0 < button.mapTo(window, button.rect().topLeft()).y() < window.height() // 3)
    button.click()
    title = screen(window).title
    qtbot.waitUntil(lambda: 0 < title.mapTo(window, title.rect().topLeft()).y() < window.height() // 3)
