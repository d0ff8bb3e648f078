"""Consent, the very pages, the encrypted PDF, and the passphrase shown once."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.screens import clipped, context, shown, texts
from tests.support.sessions import answer_all, begun, open_session, reopen
from victimid.app import summary
from victimid.app.content import Content
from victimid.app.session import Session
from victimid.model.consent import DataGroup, Permission
from victimid.model.finding import Outcome
from victimid.ui.destinations import ToDesk, ToSummary
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.screens.referral_form import ReferralForm

ACCOUNT = "Me ofrecieron trabajo en una cocina"
NAME = "Ejemplo Premye"


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory, content: Content) -> tuple[Path, str]:
    """Return a vault with one decided case, made once, and the reference of the case."""
    folder = tmp_path_factory.mktemp("decided") / "vault"
    opened = open_session(folder, content=content)
    interview = begun(opened)
    answer_all(interview)
    interview.finish()
    ref = opened.vault.interviews.get(interview.interview_id).case_ref
    summary.decide(opened, summary.summarise(opened, ref, "es"), Outcome.REFER, "asks for help")
    opened.lock()
    return folder, ref


@pytest.fixture
def session(decided: tuple[Path, str], tmp_path: Path, content: Content) -> Iterator[Session]:
    shutil.copytree(decided[0], tmp_path / "vault")
    opened = reopen(tmp_path / "vault", content=content)
    yield opened
    opened.lock()


@pytest.fixture
def ref(decided: tuple[Path, str]) -> str:
    return decided[1]


def form(screen: ReferralScreen) -> ReferralForm:
    assert screen.form is not None
    return screen.form


def agree(screen: ReferralScreen, group: DataGroup, permission: Permission, limited_to: str = "") -> None:
    row = next(row for row in form(screen).consent.groups if row.group is group)
    row.choice.box.setCurrentIndex(row.choice.box.findData(permission.value))
    row.text.set_text(limited_to)


def choose_folder(screen: ReferralScreen, folder: Path) -> None:
    form(screen).folder.choices.buttons[-1].click()
    form(screen).folder.typed.set_text(str(folder))


def pages(screen: ReferralScreen) -> str:
    screen._preview()
    return " ".join(sheet.accessibleName() for sheet in form(screen).preview.sheets)


def test_examples_and_unconfirmed_entries_say_so(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    told = " ".join(texts(screen))
    assert "Invented example, not a real service" in told
    assert "Not confirmed by anybody" in told


def test_nothing_is_agreed_to_from_the_start_and_nothing_passes(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    assert {row.permission().permission for row in form(screen).consent.groups} == {Permission.NOT_ASKED}
    form(screen).request.services.buttons[0].click()
    assert NAME not in pages(screen)
    assert ACCOUNT not in pages(screen)


def test_the_preview_follows_the_consent(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session, "es"), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    agree(screen, DataGroup.PERSON, Permission.YES)
    agree(screen, DataGroup.ACCOUNT, Permission.LIMITED, "Solo esto")
    shown_now = pages(screen)
    assert NAME in shown_now
    assert "Solo esto" in shown_now
    assert ACCOUNT not in shown_now
    agree(screen, DataGroup.PERSON, Permission.NO)
    assert NAME not in pages(screen)


def test_the_preview_comes_by_itself(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    qtbot.waitUntil(lambda: bool(form(screen).preview.sheets), timeout=3000)


def test_what_is_withheld_is_named_with_the_reason(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    agree(screen, DataGroup.PERSON, Permission.YES)
    agree(screen, DataGroup.HEALTH, Permission.NO)
    told = form(screen).consent.withheld.text().splitlines()
    assert "Health: the person did not agree" in told
    assert "People named as exploiters: never passed to a service" in told
    assert not any(line.startswith("Name and safe contact") for line in told)


def test_the_document_is_written_and_its_passphrase_shown_once(
    qtbot: QtBot, session: Session, ref: str, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    screen = ReferralScreen(context(session, "es"), ref)
    gone = shown(qtbot, screen)
    assert not form(screen).write.isEnabled()
    form(screen).request.services.buttons[0].click()
    agree(screen, DataGroup.PERSON, Permission.YES)
    choose_folder(screen, folder)
    form(screen).write.click()
    assert screen.written is not None
    passphrase = screen.written.shown.text()
    (written,) = folder.iterdir()
    assert written.name in " ".join(texts(screen))
    opened = subprocess.run(
        ["pdftotext", "-upw", passphrase, str(written), "-"], capture_output=True, text=True, check=True
    )
    assert NAME in opened.stdout
    assert ACCOUNT not in opened.stdout
    (consent,) = session.vault.consents.of_case(ref)
    assert {each.group for each in consent.permissions if each.permission is Permission.YES} == {DataGroup.PERSON}
    screen.written.finished.click()
    assert gone == [ToDesk()]
    again = ReferralScreen(context(session, "es"), ref)
    shown(qtbot, again)
    assert passphrase not in " ".join(texts(again))


def test_pages_on_screen_are_the_pages_on_paper(qtbot: QtBot, session: Session, ref: str, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    screen = ReferralScreen(context(session, "es"), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    agree(screen, DataGroup.NEEDS, Permission.YES)
    agree(screen, DataGroup.SIGNS, Permission.YES)
    on_screen = pages(screen).split()
    choose_folder(screen, folder)
    form(screen).write.click()
    assert screen.written is not None
    (written,) = folder.iterdir()
    printed = subprocess.run(
        ["pdftotext", "-raw", "-upw", screen.written.shown.text(), str(written), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert sorted(on_screen) == sorted(printed)


def test_a_consent_can_be_recorded_alone_and_only_once(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    agree(screen, DataGroup.PERSON, Permission.NO)
    form(screen).record.click()
    form(screen).record.click()
    assert len(session.vault.consents.of_case(ref)) == 1
    again = ReferralScreen(context(session), ref)
    shown(qtbot, again)
    form(again).request.services.buttons[0].click()
    row = next(row for row in form(again).consent.groups if row.group is DataGroup.PERSON)
    assert row.permission().permission is Permission.NO


def test_a_limited_consent_needs_its_words(qtbot: QtBot, session: Session, ref: str, tmp_path: Path) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    choose_folder(screen, tmp_path)
    agree(screen, DataGroup.ACCOUNT, Permission.LIMITED, "  ")
    assert not form(screen).write.isEnabled()
    assert not form(screen).record.isEnabled()
    agree(screen, DataGroup.ACCOUNT, Permission.LIMITED, "only the mine")
    assert form(screen).write.isEnabled()


def test_consent_for_one_service_says_nothing_about_another(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    agree(screen, DataGroup.PERSON, Permission.YES)
    form(screen).request.services.buttons[1].click()
    assert {row.permission().permission for row in form(screen).consent.groups} == {Permission.NOT_ASKED}


def test_what_is_filled_in_survives_a_lock(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[1].click()
    form(screen).request.contact.set_text("desk 2 (example)")
    agree(screen, DataGroup.ACCOUNT, Permission.LIMITED, "only the mine")
    [work] = screen.unsaved()
    work()
    again = ReferralScreen(context(session), ref)
    shown(qtbot, again)
    assert form(again).draft() == form(screen).draft()
    assert again.unsaved() == []


def test_a_file_that_exists_is_not_replaced(qtbot: QtBot, session: Session, ref: str, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / f"{ref}-1.pdf").write_bytes(b"another document")
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    form(screen).request.services.buttons[0].click()
    choose_folder(screen, folder)
    form(screen).write.click()
    assert screen.banner.text()
    assert (folder / f"{ref}-1.pdf").read_bytes() == b"another document"
    form(screen).back.click()
    assert screen.written is None


def test_the_way_back(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    gone = shown(qtbot, screen)
    form(screen).back.click()
    assert gone == [ToSummary(ref)]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_nothing_is_clipped(qtbot: QtBot, session: Session, ref: str, language: str) -> None:
    screen = ReferralScreen(context(session, language), ref)
    shown(qtbot, screen, 1024, 584)
    form(screen).request.services.buttons[0].click()
    assert pages(screen)
    assert not clipped(screen)


def test_a_service_stays_chosen_until_another_is(qtbot: QtBot, session: Session, ref: str) -> None:
    screen = ReferralScreen(context(session), ref)
    shown(qtbot, screen)
    services = form(screen).request.services
    for _ in range(2):
        services.buttons[0].click()
        assert [button.isChecked() for button in services.buttons] == [True, False, False]
    services.buttons[1].click()
    assert [button.isChecked() for button in services.buttons] == [False, True, False]
