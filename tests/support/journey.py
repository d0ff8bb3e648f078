"""The whole way through the window with one text typed into every field there is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.support.sessions import HEADQUARTERS
from victimid.model.consent import Permission
from victimid.ui.destinations import ToDesk, ToExport, ToNewInterview
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.answer_fields import AreaInput, LineInput, NumberInput
from victimid.ui.screens.desk import DeskScreen
from victimid.ui.screens.export import ExportScreen
from victimid.ui.screens.first_start import FirstStart
from victimid.ui.screens.interview import InterviewScreen
from victimid.ui.screens.interview_question import QuestionPane
from victimid.ui.screens.new_interview import NewInterviewScreen
from victimid.ui.screens.recovery import RecoveryScreen
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.screens.summary import SummaryScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.window import Window

CHOICES = {"age": "25_39", "may_be_child": "no", "agrees": "yes", "alone": "yes", "work_same": "different"}
_TYPED_BY_KEY = 20  # characters; more is put in at once

P = TypeVar("P", bound=QWidget)


def put(edit: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Type a text where the cursor is."""
    edit.setFocus()
    if len(text) <= _TYPED_BY_KEY:
        QTest.keyClicks(edit, text)
    elif isinstance(edit, QLineEdit):
        edit.insert(text)
    else:
        edit.insertPlainText(text)


def texts_held(widget: QWidget) -> list[str]:
    """Return every text a widget holds, on screen and for screen readers."""
    held = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
    if isinstance(widget, (QLabel, QLineEdit)):
        held.append(widget.text())
    if isinstance(widget, QPlainTextEdit):
        held.append(widget.toPlainText())
    return held


_NAME_LENGTH = 100


@dataclass
class Journey:
    """One officer, one case; ``look`` is called on every page with what was typed still on it."""

    window: Window
    text: str
    stick: Path
    look: Callable[[], None]
    typed: int = 0

    @property
    def passphrase(self) -> str:
        """The passphrase, with the text in it."""
        return f"{self.text} quiet herons crossing"

    def go(self) -> None:
        """Take every step."""
        self.first_start()
        self.unlock()
        self.desk()
        self.new_interview()
        self.interview()
        self.decide()
        self.refer()
        self.export()

    def first_start(self) -> None:
        """Make the vault."""
        start = self._page(FirstStart)
        start.forward()
        post, officer = start.post_step, start.officer_step
        for field in (post.organisation, post.unit, post.place, post.country, post.laptop):
            self._put(field.edit)
        put(post.prefix.edit, "RU")
        self._look()
        start.forward()
        self._put(officer.name.edit)
        put(officer.passphrase.edit, self.passphrase)
        put(officer.again.edit, self.passphrase)
        officer.passphrase.toggle.click()
        self._look()
        start.forward()
        key = start.headquarters_step.key.edit
        self._put(key)
        start.headquarters_step.check.click()
        self._look()
        key.setPlainText(HEADQUARTERS.recipient)
        start.headquarters_step.check.click()
        start.forward()
        self._recovery(self._page(RecoveryScreen))
        self._page(DeskScreen)

    def _recovery(self, page: RecoveryScreen) -> None:
        """Begin a rehearsal and leave it for later."""
        for field in (page.asking.passphrase.first, page.asking.passphrase.again, page.answer.passphrase):
            self._put(field.edit)
        for area in (page.pair.first, page.pair.second):
            self._put(area.edit)
        for folders in (page.asking.folders, page.answer.files.folders):
            self._folder(folders)
        page.asking.button.click()
        page.add_pair.click()
        self._look()
        page.later.click()

    def unlock(self) -> None:
        """Lock, try a wrong passphrase, come in again."""
        self.window.lock()
        page = self._page(Unlock)
        self._put(page.name.edit)
        self._put(page.passphrase.edit)
        page.submit()
        self._look()
        page.name.set_text(self.text[:_NAME_LENGTH])
        put(page.passphrase.edit, self.passphrase)
        page.submit()

    def desk(self) -> None:
        """Look for a case."""
        desk = self._page(DeskScreen)
        self._put(desk.cases.filters.search.edit)
        desk.refresh()
        self._look()

    def new_interview(self) -> None:
        """Look for languages and for a questionnaire, then begin with ours."""
        self.window.go(ToNewInterview())
        page = self._page(NewInterviewScreen)
        page.forms.choices.buttons[-1].click()
        files = page.forms.files
        assert files is not None
        self._folder(files.folder)
        for picker in (page.person, page.officer):
            self._put(picker.search.edit)
        self._look()
        page.forms.choices.buttons[-2].click()
        for picker in (page.person, page.officer):
            picker.search.set_text("")
        next(button for button in page.person.buttons if button.tag == "ht").click()
        page.begin.click()

    def interview(self) -> None:
        """Answer everything, with a draft of it kept first."""
        screen = self._page(InterviewScreen)
        while (pane := screen.pane) is not None:
            self._answer(pane)
            assert screen.draft is not None
            screen.draft.timer.timeout.emit()
            if pane.question.number % 7 == 0:
                self._look()
            pane._answer()
            assert screen.pane is not pane, (pane.question.ref, screen.banner.text())
        screen.closing.first.click()

    def decide(self) -> None:
        """Give a reason, and read all answers."""
        page = self._page(SummaryScreen)
        assert page.decision is not None
        page.all_answers.click()
        self._look()
        page.answers.back.emit()
        page.decision.choices.buttons[0].click()
        self._put(page.decision.reason.edit)
        self._look()
        page.decision.record.click()

    def refer(self) -> None:
        """Consent to everything, one group limited, and write the document."""
        page = self._page(ReferralScreen)
        form = page.form
        assert form is not None
        form.request.services.buttons[0].click()
        for field in (form.request.contact, form.request.deputy, form.consent.interpreter):
            self._put(field.edit)
        for row in form.consent.groups:
            row.choice.box.setCurrentIndex(row.choice.box.findData(Permission.YES.value))
        limited = form.consent.groups[2]
        limited.choice.box.setCurrentIndex(limited.choice.box.findData(Permission.LIMITED.value))
        self._put(limited.text.edit)
        self._folder(form.folder)
        page._preview()
        self._look()
        form.folder.typed.set_text(str(self.stick))
        form.write.click()
        assert page.written is not None, page.banner.text()
        self._look()
        page.written.finished.click()

    def export(self) -> None:
        """Write a bundle, and type a key that is none."""
        self.window.go(ToExport())
        page = self._page(ExportScreen)
        for folders in (page.sending.folders, page.receipt.found.folders):
            self._folder(folders)
        self._put(page.receipt_key.key.edit)
        self._look()
        page.sending.folders.typed.set_text(str(self.stick))
        page.sending.button.click()
        assert page.written.path.text(), page.banner.text()
        self._look()
        self.window.go(ToDesk())
        self._look()

    def _answer(self, pane: QuestionPane) -> None:
        name = pane.question.ref.rsplit("/", 1)[-1]
        if pane.question.options and isinstance(pane.input, ChoiceInput):
            pane.input.set_value(CHOICES.get(name, pane.question.options[0].value))
        elif isinstance(pane.input, NumberInput):
            put(pane.input.field.edit, "7")
        elif isinstance(pane.input, LineInput):
            self._put(pane.input.field.edit)
        elif isinstance(pane.input, AreaInput):
            self._put(pane.input.area.edit)
        elif pane.question.type == "date":
            pane.input.set_value("1990-02-03")
        if not pane.own_words.isHidden():
            self._put(pane.own_words.edit)

    def _folder(self, folders: FolderChooser) -> None:
        folders.choices.buttons[-1].click()
        self._put(folders.typed.edit)

    def _put(self, edit: QLineEdit | QPlainTextEdit) -> None:
        put(edit, self.text)
        self.typed += 1

    def _look(self) -> None:
        QApplication.processEvents()
        self.look()

    def _page(self, kind: type[P]) -> P:
        assert isinstance(self.window.page, kind), self.window.page
        return self.window.page
