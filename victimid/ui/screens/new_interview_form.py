"""Picking the form of an interview: ours by title, or a questionnaire file of the agency."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.app.form_choice import FORM_SUFFIXES, ChosenForm, FormOffer
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label

_FILE = "file"
_PROBLEMS_SHOWN = 20


class FormFiles(QWidget):
    """The questionnaire files of a folder; keeps no history of what was opened."""

    picked = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.folder = FolderChooser(words, words.gettext("Where the questionnaire lies"))
        self.folder.changed.connect(self._look)
        self._none = label(words.gettext("No questionnaire file lies in this folder."), "muted")
        self.files: ChoiceInput | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.folder)
        self._rows.addWidget(self._none)
        self._look()

    def _look(self) -> None:
        folder = self.folder.folder()
        found = form_files(folder) if folder else []
        self._none.setVisible(folder is not None and not found)
        if self.files is not None:
            self._rows.removeWidget(self.files)
            self.files.hide()
            self.files.deleteLater()
        paths = dict(enumerate(found))
        choices = [Choice(str(number), path.name) for number, path in paths.items()]
        self.files = files = ChoiceInput(self._words, choices, several=False, role="body")
        files.edited.connect(lambda: self._pick(paths, files.value()))
        self._rows.addWidget(files)

    def _pick(self, paths: dict[int, Path], value: str) -> None:
        if value:
            self.picked.emit(paths[int(value)])


class FormPicker(QWidget):
    """Our forms, the file of an agency, and what is wrong with a file that cannot be used."""

    chosen = Signal(object)
    file_chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._offers: tuple[FormOffer, ...] = ()
        self.choices = ChoiceList([])
        self.files: FormFiles | None = None
        self._opened = label("", "muted")
        self._problems = Card("attention", margin=14)
        self._problem = label("", "body")
        self._problems.body.addWidget(self._problem)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        for part in (label(words.gettext("Form"), "section"), self.choices, self._opened, self._problems):
            self._rows.addWidget(part)
        self._opened.hide()
        self._problems.hide()

    def show_offers(self, offers: Sequence[FormOffer]) -> None:
        """Show our own forms, those of headquarters, and the way to a file."""
        self._offers = tuple(offers)
        options = [Choice(str(number), offer.title) for number, offer in enumerate(offers)]
        options.append(Choice(_FILE, self._words.gettext("A questionnaire of your agency (file)")))
        replaced, self.choices = self.choices, ChoiceList(options, keys=False)
        self._rows.replaceWidget(replaced, self.choices)
        replaced.hide()
        replaced.deleteLater()
        self.choices.picked.connect(self._pick)

    def choose_first(self) -> None:
        """Choose the last of our forms, which is the talk itself."""
        own = [str(number) for number, offer in enumerate(self._offers) if offer.own]
        for value in own[-1:]:
            self.choices.set_values([value])
            self._pick(value)

    def show_file(self, chosen: ChosenForm) -> None:
        """Name the questionnaire that was opened."""
        self._problems.hide()
        # Translators: {title} is the title of a questionnaire.
        self._opened.setText(self._words.gettext("Opened: {title}", title=isolated(chosen.title)))
        self._opened.show()

    def show_problems(self, texts: Sequence[str]) -> None:
        """Say why a file cannot be used, with the place of each fault."""
        self._opened.hide()
        shown = [f"• {text}" for text in texts[:_PROBLEMS_SHOWN]]
        if len(texts) > _PROBLEMS_SHOWN:
            more = len(texts) - _PROBLEMS_SHOWN
            shown.append(self._words.ngettext("{count} more problem", "{count} more problems", more))
        shown.insert(0, self._words.gettext("This questionnaire cannot be used as it is:"))
        self._problem.setText("\n".join(shown))
        self._problems.setAccessibleName(self._problem.text())
        self._problems.show()

    def _pick(self, value: str) -> None:
        self._problems.hide()
        self._opened.hide()
        if value != _FILE:
            self._show_files(shown=False)
            self.chosen.emit(self._offers[int(value)])
            return
        self._show_files(shown=True)
        self.chosen.emit(None)

    def _show_files(self, *, shown: bool) -> None:
        if self.files is None and shown:
            self.files = FormFiles(self._words)
            self.files.picked.connect(self.file_chosen)
            self._rows.insertWidget(2, self.files)
        if self.files is not None:
            self.files.setVisible(shown)


def form_files(folder: Path) -> list[Path]:
    """List the files of a folder that may be questionnaires; a folder that cannot be read has none."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name.casefold())
        return [path for path in entries if path.suffix.lower() in FORM_SUFFIXES and path.is_file()]
    except OSError:
        return []
