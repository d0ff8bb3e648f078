"""Backups on screen: listed, made here and on a stick, read again, stopped in the middle, and warned about."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.colleagues import EVA, KEEPER, enrol
from tests.support.screens import texts
from tests.support.vaults import PASSPHRASE
from tests.support.windows import Desktop, banner, unlock
from victimid.app import backing_up, officers, restoring
from victimid.app.session import Session
from victimid.model.people import Role
from victimid.ui.destinations import ToBackups, ToDesk
from victimid.ui.screen import Screen
from victimid.ui.screens.backups import BackupsScreen
from victimid.ui.screens.care import CareScreen
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.side_nav import SideNav
from victimid.ui.window import Window

NONE = "There is no backup on this laptop that can be read. Make one now."
OLD = "The newest backup is more than a day old. Make one now."


@pytest.fixture
def window(office: Desktop) -> Window:
    made = office.open()
    unlock(made)
    made.go(ToBackups())
    return made


def screen(window: Window) -> BackupsScreen:
    assert isinstance(window.page, BackupsScreen), window.page
    return window.page


def session(window: Window) -> Session:
    assert isinstance(window.page, Screen)
    return window.page.context.session


def choose(folders: FolderChooser, place: Path) -> None:
    folders.choices.buttons[-1].click()
    folders.typed.set_text(str(place))


def listed(window: Window) -> list[str]:
    return [text for text in texts(screen(window).here.list) if text]


def test_a_backup_is_made_and_stands_first_in_the_list(window: Window, office: Desktop) -> None:
    here = screen(window).here
    assert (here.warned.text(), here.checking.isVisible(), listed(window)) == (NONE, False, [])
    here.making.click()
    assert not here.warning.isVisible()
    assert banner(window).startswith("The backup is made and verified")
    office.clock.move(timedelta(hours=30).total_seconds())
    window.go(ToBackups())
    here = screen(window).here
    assert here.warned.text() == OLD
    here.making.click()
    assert not here.warning.isVisible()
    when, size, state = listed(window)[:3]
    assert ("22, 2026" in when, size, state) == (True, "1 MiB", "verified")
    assert "21, 2026" in listed(window)[3]


def test_a_backup_on_a_stick_is_read_back_and_can_be_restored(window: Window, tmp_path: Path) -> None:
    card = screen(window).elsewhere
    assert not card.button.isEnabled()
    (tmp_path / "stick").mkdir()
    choose(card.folders, tmp_path / "stick")
    card.button.click()
    assert card.done.isVisible()
    assert banner(window).startswith("The backup is made and verified")
    [offer] = restoring.offers(tmp_path / "stick")
    assert Path(card.path.text()) == offer.path
    assert listed(window) == []


def test_what_is_wrong_with_a_stick_is_said_in_words(window: Window, tmp_path: Path) -> None:
    card, stick = screen(window).elsewhere, tmp_path / "stick"
    stick.mkdir()
    choose(card.folders, stick)
    (stick / f"victimid-backup-{session(window).vault.device_id}").write_bytes(b"in the way")
    card.button.click()
    assert banner(window).startswith("The disk refused to write")
    assert (card.done.isVisible(), card.work.isVisible(), card.button.isEnabled()) == (False, False, True)
    shutil.rmtree(stick)
    assert not card.problem.isVisible()
    card.button.click()
    assert card.problem.isVisible()


def test_reading_them_again_finds_a_damaged_one(window: Window, office: Desktop) -> None:
    here = screen(window).here
    for _ in range(2):
        here.making.click()
    here.checking.click()
    assert banner(window) == "Every backup was read from end to end and can be opened."
    first = backing_up.view(session(window)).backups[0]
    path = office.folder / "backups" / first.name / "records.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    here.checking.click()
    assert (here.warned.text(), banner(window)) == ("1 backup cannot be read. The others are whole.", "")
    assert [text for text in listed(window) if text in {"verified", "cannot be read"}] == ["verified", "cannot be read"]
    path.write_bytes(b"")
    window.go(ToBackups())
    assert "cannot be read" in listed(window)


def test_what_should_be_gone_is_warned_of_until_a_new_one_takes_its_place(window: Window) -> None:
    screen(window).here.making.click()
    officers.change_passphrase(session(window), PASSPHRASE, "seven copper lanterns drifting")
    window.go(ToBackups())
    here = screen(window).here
    assert here.warned.text().startswith("Older backups hold what was deleted since")
    here.making.click()
    assert "1 older backup was removed" in banner(window)
    assert (here.warning.isVisible(), len(backing_up.view(session(window)).backups)) == (False, 1)


def test_a_backup_stopped_in_the_middle_leaves_nothing(window: Window, office: Desktop, tmp_path: Path) -> None:
    for card, place in ((screen(window).here, office.folder / "backups"), (screen(window).elsewhere, tmp_path)):
        card.work.bar.valueChanged.connect(lambda _, stop=card.work.button: stop.click())
        before = session(window).vault.audit.standing()
        if card is screen(window).elsewhere:
            choose(screen(window).elsewhere.folders, tmp_path)
            screen(window).elsewhere.button.click()
        else:
            screen(window).here.making.click()
        assert banner(window) == "Stopped as you wished. Everything is as it was before."
        assert list(place.glob("**/records.db.partial")) == list((office.folder / "backups").glob("*")) == []
        assert restoring.offers(tmp_path) == ()
        assert session(window).vault.audit.standing() == before
        assert not card.work.isVisible()


@pytest.mark.parametrize("leave", ["lock", "go"])
def test_leaving_or_locking_stops_a_backup(window: Window, office: Desktop, leave: str) -> None:
    here = screen(window).here

    def way() -> None:
        window.lock() if leave == "lock" else window.go(ToDesk())

    here.work.bar.valueChanged.connect(lambda _: way() if isinstance(window.page, BackupsScreen) else None)
    here.making.click()
    assert isinstance(window.page, Unlock if leave == "lock" else DeskScreen)
    assert list((office.folder / "backups").glob("*")) == []


def test_it_leads_to_the_check_of_the_records(window: Window) -> None:
    screen(window).to_check.click()
    assert isinstance(window.page, CareScreen)


def test_supervisors_and_administrators_find_it_officers_do_not(window: Window) -> None:
    enrol(session(window))
    enrol(session(window), KEEPER, Role.ADMINISTRATOR)
    for name, offered in ((EVA, False), (KEEPER, True)):
        window.lock()
        unlock(window, name)
        assert window.page is not None
        [side] = window.page.findChildren(SideNav)
        assert (ToBackups() in side.buttons) is offered
    side.buttons[ToBackups()].click()
    assert screen(window).here.making.isEnabled()
