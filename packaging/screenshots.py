"""Renders every screen offscreen into a folder, on a real vault with invented cases: ``screenshots.py FOLDER``."""

import os
import secrets
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from camera import Camera, settle, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from screenshots_backups import backups, restore, salvage
from screenshots_content import content_packs
from screenshots_keys import OFFICER, emergency, recovery
from shared_laptop import MovedClock, shared_laptop

from victimid import i18n
from victimid.app import demo, interviewing, summary
from victimid.app.content import SECOND_LINE, Content
from victimid.app.desk import Desk
from victimid.app.session import Door, Session
from victimid.crypto import age
from victimid.model.consent import GroupPermission, Permission
from victimid.model.finding import Outcome
from victimid.model.policy import Policy
from victimid.ui.context import Entrance
from victimid.ui.destinations import (
    ToDesk,
    ToExport,
    ToFirstLine,
    ToInterview,
    ToNewInterview,
    ToReferral,
    ToSummary,
)
from victimid.ui.idle import IdleWatch
from victimid.ui.jobs import InlineJobs
from victimid.ui.look import apply_look, dress
from victimid.ui.screen import Screen
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.screens.summary import SummaryScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.sound import Sound
from victimid.ui.widgets.text import set_window_direction
from victimid.ui.window import Window

LANGUAGES = ("en", "es", "ar")
_PICTURED = "/work_same"
_PREVIEW_MS = 600


@dataclass(frozen=True, slots=True)
class Cases:
    """References of the invented cases, and the interview that is under way."""

    decided: str
    referred: str
    open_interview: str


def main(arguments: list[str]) -> int:
    """Render everything; returns 0."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    apply_look(QApplication([]), "light")
    content = Content()
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as scratch:
            photograph(Path(scratch), content, language, Camera(folder, language))
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


def photograph(scratch: Path, content: Content, language: str, camera: Camera) -> None:
    """Go through the program in one language."""
    set_window_direction(right_to_left=i18n.language(language).right_to_left)
    clock = MovedClock()
    door = Door(scratch / "vault", content, clock)
    given = Entrance(i18n.load("victimid", language), InlineJobs(), lambda: door, Sound())
    window = Window(given, IdleWatch(Policy().idle_minutes), lambda _: None)
    dress(window, "light")
    window.begin()
    window.show()
    passphrase = f"{secrets.token_hex(4)} invented words {secrets.token_hex(4)}"
    first_start(window, camera, passphrase)
    session = shown(window, Screen).context.session
    session.vault.policies.change(Policy(erase_allowed=True), session.officer_id)
    session.vault.mark_erasable()
    case = {**demo.read_case(), "officer_language": language}
    cases = invent(session, case, scratch)
    office(window, camera, scratch)
    interview(window, camera, cases)
    outcome(window, camera, cases, scratch)
    recovery(window, camera, passphrase, scratch)
    shared_laptop(window, camera, clock, {**case, "officer": OFFICER, "passphrase": passphrase})
    content_packs(window, camera, passphrase, scratch, cases.referred)
    backups(window, camera, scratch / "backup-stick")
    entrance(window, camera)
    emergency(window, camera)
    window.close()
    window.deleteLater()
    new_laptop(scratch, content, camera, given.words, passphrase)


def new_laptop(scratch: Path, content: Content, camera: Camera, words: i18n.Words, passphrase: str) -> None:
    """Restore the backup on another laptop, whose vault is then damaged."""
    folder = scratch / "new"
    door = Door(folder, content, MovedClock())
    window = Window(Entrance(words, InlineJobs(), lambda: door, Sound()), IdleWatch(1), lambda _: None)
    dress(window, "light")
    window.begin()
    window.show()
    restore(window, camera, scratch / "backup-stick", OFFICER, passphrase)
    salvage(window, camera, folder, OFFICER, passphrase)
    window.close()
    window.deleteLater()


def first_start(window: Window, camera: Camera, passphrase: str) -> None:
    """Take the steps of the first start and make the vault."""
    page = shown(window, FirstStart)
    fill(page, passphrase)
    for number, name in enumerate(("language", "laptop", "passphrase", "headquarters")):
        page.show_step(number)
        camera.take(window, f"first-start-{name}")
    page.forward()
    camera.take(window, "recovery")
    window.go(ToDesk())
    camera.take(window, "desk-empty")


def fill(page: FirstStart, passphrase: str) -> None:
    """Type an invented post and officer, and a key of headquarters."""
    post, officer = demo.read_case()["post"], page.officer_step
    step = page.post_step
    for name, field in (
        ("organisation", step.organisation),
        ("unit", step.unit),
        ("place", step.place),
        ("country", step.country),
        ("prefix", step.prefix),
        ("laptop", step.laptop),
    ):
        field.set_text(post[name])
    officer.name.set_text(OFFICER)
    officer.passphrase.set_text(passphrase)
    officer.again.set_text(passphrase)
    page.headquarters_step.key.set_text(age.new_identity().recipient)
    page.headquarters_step.run_check()


def invent(session: Session, case: Mapping[str, Any], scratch: Path) -> Cases:
    """Make cases of every stage."""
    referred, _ = demo.screen(session, case)
    decided, _ = demo.screen(session, case)
    demo.screen(session, case)
    for ref in (referred, decided):
        found = summary.summarise(session, ref, case["officer_language"])
        summary.decide(session, found, Outcome.REFER, case["reason"])
    outbox = scratch / "outbox"
    outbox.mkdir()
    demo.refer(session, referred, case, outbox)
    return Cases(decided, referred, half_an_interview(session, case))


def half_an_interview(session: Session, case: Mapping[str, Any]) -> str:
    """Begin an interview and leave it in the middle; returns its id."""
    opened = Desk(session).open_case(case["person_language"])
    form = session.content.own_form(SECOND_LINE)
    talk = interviewing.begin(session, opened.ref, form, case["officer_language"], case["person_language"])
    question = talk.view().question
    while question is not None and not question.ref.endswith(_PICTURED):
        question = demo.answer_one(talk, question, case).question
    return talk.interview_id


def office(window: Window, camera: Camera, scratch: Path) -> None:
    """Take desk and headquarters."""
    window.go(ToDesk())
    camera.take(window, "desk")
    window.go(ToExport())
    camera.take(window, "export")
    page = shown(window, ExportScreen)
    stick = scratch / "stick"
    stick.mkdir()
    page.write(stick)
    camera.take(window, "export-written")


def interview(window: Window, camera: Camera, cases: Cases) -> None:
    """Take the talk, from both sides."""
    window.go(ToFirstLine())
    camera.take(window, "first-line")
    window.go(ToNewInterview())
    camera.take(window, "new-interview")
    window.go(ToInterview(cases.open_interview))
    QTest.keyClick(window, Qt.Key.Key_2)
    pane = shown(window, InterviewScreen).pane
    if pane is not None:
        pane.own_words.set_text(demo.read_case()["own_words"][_PICTURED.removeprefix("/")])
    camera.take(window, "interview")
    QTest.keyClick(window, Qt.Key.Key_F7)
    camera.take(window, "person")
    QTest.keyClick(window, Qt.Key.Key_F7)
    QTest.keyClick(window, Qt.Key.Key_F8)
    camera.take(window, "pause")


def outcome(window: Window, camera: Camera, cases: Cases, scratch: Path) -> None:
    """Take summary, decision, answers and referral."""
    window.go(ToSummary(cases.decided))
    camera.take(window, "summary")
    shown(window, SummaryScreen).all_answers.click()
    camera.take(window, "answers")
    window.go(ToReferral(cases.decided))
    camera.take(window, "referral")
    refer(shown(window, ReferralScreen), camera, window, scratch / "outbox")
    window.go(ToReferral(cases.referred))
    settle(_PREVIEW_MS)
    camera.take(window, "referral-again")


def refer(page: ReferralScreen, camera: Camera, window: Window, folder: Path) -> None:
    """Choose a service, note a consent, and write the document."""
    form = page.form
    if form is None:
        raise TypeError(type(page).__name__)
    case = demo.read_case()
    form.request.services.buttons[0].click()
    form.request.contact.set_text(case["contact"])
    form.request.deputy.set_text(case["deputy"])
    for row in form.consent.groups:
        group = row.group.value
        limited_to = case["limited_to"].get(group, "")
        row.show_permission(GroupPermission(row.group, Permission(case["consent"][group]), limited_to))
    form.folder.choices.buttons[-1].click()
    form.folder.typed.set_text(str(folder))
    settle(_PREVIEW_MS)
    camera.take(window, "referral-filled")
    form.write.click()
    camera.take(window, "referral-written")


def entrance(window: Window, camera: Camera) -> None:
    """Take the curtain and unlock, with a wrong try."""
    window.go(ToDesk())
    window.hide_screen()
    camera.take(window, "hidden")
    window.lock()
    camera.take(window, "unlock")
    page = shown(window, Unlock)
    page.name.set_text(OFFICER)
    page.passphrase.set_text("not the right one")
    page.submit()
    camera.take(window, "unlock-wrong")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
