"""The steps of a recovery by headquarters, the same in an emergency and in its rehearsal."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.screens.new_passphrase import NewPassphrase
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import Field, PassphraseField
from victimid.ui.widgets.file_list import FileList
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.readout import Readout
from victimid.ui.widgets.text import label

_ANSWERS = "*.age"


class AskCard(Card):
    """Name, new passphrase and a folder; ``ask`` carries all three. A rehearsal knows the name."""

    ask = Signal(str, str, object)

    def __init__(self, words: Words, jobs: Jobs, explanation: str, *, name: str = "") -> None:
        super().__init__(spacing=12)
        self._words = words
        self.name = Field(words.gettext("Officer"), name)
        self.name.setVisible(not name)
        caption = words.gettext("Passphrase for the rehearsal") if name else words.gettext("New passphrase")
        self.passphrase = NewPassphrase(words, jobs, caption)
        self.folders = FolderChooser(words, words.gettext("Where to write the request"))
        self.problem = label("", "strong")
        self.problem.hide()
        # Translators: button that writes the file which asks headquarters to let an officer in again.
        self.button = Button(words.gettext("Write the request"), "primary")
        self.button.clicked.connect(self._ask)
        self.name.changed.connect(self.passphrase.set_name)
        self.passphrase.set_name(name)
        self.body.addWidget(label(words.gettext("Ask headquarters"), "section"))
        self.body.addWidget(label(explanation))
        for part in (self.name, self.passphrase, self.folders, self.problem):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    def _ask(self) -> None:
        name, folder, words = self.name.text().strip(), self.folders.folder(), self._words
        missing = "" if name else words.gettext("Enter your name.")
        missing = missing or self.passphrase.problem()
        if not missing and folder is None:
            missing = words.gettext("Choose a folder that is there.")
        self.problem.setText(missing)
        self.problem.setVisible(bool(missing))
        if not missing:
            self.ask.emit(name, self.passphrase.text(), folder)


class CodeCard(Card):
    """The request is written: its code, to be compared by telephone, and what to do with the file."""

    def __init__(self, words: Words, note: str = "") -> None:
        super().__init__(tone="primary", spacing=12)
        self._words = words
        self.code = label("", "number", wrap=False)
        self.path = Readout(words.gettext("File"), lines=2)
        self.body.addWidget(label(words.gettext("The request waits for headquarters"), "section"))
        # Translators: above the short code that the officer reads out on the telephone.
        self.body.addWidget(label(words.gettext("Code of this request"), "caption"))
        self.body.addWidget(self.code, 0, Qt.AlignmentFlag.AlignLeading)
        if note:
            self.body.addWidget(label(note, "strong"))
        for number, step in enumerate(_steps(words), start=1):
            # Translators: one of several numbered steps.
            self.body.addWidget(label(words.gettext("{number}. {step}", number=number, step=step)))
        self.body.addWidget(self.path)
        self.hide()

    def show_request(self, code: str, path: Path | None = None) -> None:
        """Fill in and appear; the path is known only while the request is fresh."""
        self.code.setText(isolated(code))
        self.code.setAccessibleName(self._words.gettext("Code of this request: {code}", code=code))
        self.path.set_text(str(path or ""))
        self.path.setVisible(path is not None)
        self.show()


class AnswerCard(Card):
    """Headquarters' answer, name and new passphrase; ``take`` carries all three. A rehearsal knows the name."""

    take = Signal(str, str, object)

    def __init__(self, words: Words, jobs: Jobs, button: str, *, name: str = "") -> None:
        super().__init__(spacing=12)
        self.files = FileList(
            words,
            words.gettext("Where the answer is"),
            words.gettext("There is no answer in this folder."),
            _ANSWERS,
            lambda work, done: jobs.run(work, done, self),
        )
        self.name = Field(words.gettext("Officer"), name)
        self.name.setVisible(not name)
        self.passphrase = PassphraseField(
            words.gettext("The passphrase chosen for the request"), words.gettext("Show"), words.gettext("Hide it")
        )
        self.button = Button(button, "primary")
        self.button.clicked.connect(self._take)
        self.body.addWidget(label(words.gettext("The answer has come"), "section"))
        for part in (self.files, self.name, self.passphrase):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        for changed in (self.files.changed, self.name.changed, self.passphrase.changed):
            changed.connect(partial(self._refresh))
        self._refresh()

    def _refresh(self, *_: object) -> None:
        ready = self.files.path() is not None and bool(self.name.text().strip()) and bool(self.passphrase.text())
        self.button.setEnabled(ready)

    def _take(self) -> None:
        self.take.emit(self.name.text().strip(), self.passphrase.text(), self.files.path())


def _steps(words: Words) -> tuple[str, ...]:
    return (
        words.gettext("Bring or send the file to headquarters. It holds no case and opens nothing by itself."),
        words.gettext("Call headquarters under a number you know already, never one that somebody just gave you."),
        words.gettext("Have them read out the code they compute from the file. It must be the one above."),
        words.gettext("They send back the file answer.age. It works only here, with the passphrase you just chose."),
    )
