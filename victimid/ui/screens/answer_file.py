"""Files as answers: chosen from a stick or a folder; what is kept is shown with its kind, size and picture."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from victimid import formats
from victimid.app.attaching import AttachmentView
from victimid.app.document_words import file_kind
from victimid.app.interview_view import QuestionView
from victimid.i18n import Words
from victimid.model.attachment import SUFFIXES, fits
from victimid.ui.jobs import Jobs
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.screens.answer_search import SearchInput
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.picture import Picture
from victimid.ui.widgets.text import label

_CHOSEN: Final = "path:"
_LARGEST: Final = QSize(330, 220)
_LISTED_AT_MOST: Final = 500
_OTHER_ENDINGS: Final = {".jpeg": ".jpg", ".oga": ".ogg", ".opus": ".ogg", ".3gpp": ".3gp", ".heif": ".heic"}


class FileInput(AnswerInput):
    """Says which file is to be taken; the talk takes it into the vault when it goes on."""

    def __init__(self, words: Words, question: QuestionView, jobs: Jobs) -> None:
        super().__init__()
        self._words, self._wanted = words, question.parameters.get("mediatype", "")
        self._kept, self._value = question.attachment, ""
        self.kept = KeptFile(words, jobs)
        self.kept.remove.clicked.connect(self._remove)
        self.folders = FolderChooser(words, words.gettext("Choose a file"))
        self.folders.changed.connect(self._look)
        self.files = SearchInput(words, [], several=False)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        for part in (self.kept, self.folders, self.files):
            self._rows.addWidget(part)
        self._look()

    def value(self) -> str:
        """Return the name of what is kept, or the file chosen instead of it."""
        chosen = self.files.value()
        return f"{_CHOSEN}{chosen}" if chosen else self._value

    def set_value(self, value: str) -> None:
        """Show what is kept."""
        self._value = value
        shown = self._kept if self._kept is not None and self._kept.name == self._value else None
        self._show(shown)

    def set_typed(self, typed: str) -> None:
        """Show what is kept; a file that was chosen and not yet taken has to be chosen again."""
        kept = self._kept.name if self._kept is not None else ""
        self.set_value(kept if typed.startswith(_CHOSEN) else typed)

    def _show(self, kept: AttachmentView | None) -> None:
        """Show what is kept, or the way to choose a file."""
        self.kept.show_file(kept)
        self.folders.setVisible(kept is None)
        self.files.setVisible(kept is None and bool(self.files.buttons))

    def _look(self) -> None:
        """List the files of the folder that the question can take."""
        paths = files_in(self.folders.folder(), self._wanted)
        typed = Path(self.folders.typed.text().strip() or "/")
        if self.folders.typed.isVisibleTo(self) and typed.is_file() and _fitting(typed, self._wanted):
            paths = [typed]
        old, self.files = self.files, SearchInput(self._words, [Choice(str(p), p.name) for p in paths], several=False)
        self.files.edited.connect(self.edited)
        replace(self._rows, old, self.files)
        self.files.setVisible(bool(paths) and not self.folders.isHidden())

    def _remove(self) -> None:
        self._value = ""
        self._show(None)
        self.edited.emit()


class KeptFile(Card):
    """What is kept: kind and size, the picture if it is one, and the way to leave it out."""

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(margin=14)
        self._words = words
        self.facts = label("", "strong")
        self.picture = Picture(jobs, _LARGEST, words.gettext("This picture cannot be shown."))
        self.remove = Button(words.gettext("Remove"), "quiet")
        row = QHBoxLayout()
        row.addWidget(self.facts, 1)
        row.addWidget(self.remove)
        self.body.addLayout(row)
        self.body.addWidget(self.picture)
        self.hide()

    def show_file(self, kept: AttachmentView | None) -> None:
        """Show a file, or nothing."""
        self.setVisible(kept is not None)
        if kept is None:
            return
        kind = file_kind(self._words, kept.name)
        size = formats.number(max(0.1, round(kept.size / 1_000_000, 1)), self._words.language)
        # Translators: what an attached file is and how large; {kind} is for example "picture".
        self.facts.setText(self._words.gettext("Attached: {kind}, {size} MB", kind=kind, size=size))
        self.picture.setVisible(bool(kept.picture))
        if kept.picture:
            self.picture.show_bytes(kept.picture, kept.media_type, kind)


def chosen_path(value: str) -> Path | None:
    """Return the file chosen on screen; None where the value is the name of what is kept."""
    return Path(value.removeprefix(_CHOSEN)) if value.startswith(_CHOSEN) else None


def files_in(folder: Path | None, wanted: str) -> list[Path]:
    """List the files of a folder that may answer a question, the newest first; names that hide are left out."""
    if folder is None:
        return []
    try:
        found = [each for each in folder.iterdir() if not each.name.startswith(".") and _fitting(each, wanted)]
        return sorted(found, key=lambda each: -each.stat().st_mtime)[:_LISTED_AT_MOST]
    except OSError:
        return []


def _fitting(path: Path, wanted: str) -> bool:
    ending = path.suffix.lower()
    ending = _OTHER_ENDINGS.get(ending, ending)
    kinds = (kind for kind, suffix in SUFFIXES.items() if suffix == ending)
    return any(fits(kind, wanted) for kind in kinds) and path.is_file()
