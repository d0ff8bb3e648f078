"""Marking words of an answer as a name, a phone or a place, so that they are compared with other cases."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPlainTextEdit, QWidget

from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.link import LinkKind
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.text import label

_KEY = "Ctrl+M"


class Marking(QWidget):
    """A small button beside the fields it watches; it works while words are selected in one of them.

    ``marked`` carries the kind and the words.
    """

    marked = Signal(object, str)

    def __init__(
        self, words: Words, fields: Sequence[QPlainTextEdit | QLineEdit], marks: Sequence[tuple[LinkKind, str]]
    ) -> None:
        super().__init__()
        self._selected = ""
        # Translators: button: say of the selected words what they are, such as a name or a phone number.
        self.button = Button(words.gettext("Mark selected words"), "quiet", _KEY, compact=True)
        self.button.setEnabled(False)
        self.button.clicked.connect(self._open)
        self.menu = QMenu(self)
        for kind, name in _kinds(words).items():
            self.menu.addAction(name).triggered.connect(lambda _=False, kind=kind: self._mark(kind))
        for field in fields:
            field.selectionChanged.connect(lambda field=field: self._note(field))
            field.textChanged.connect(self._forget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(label(_said(words, marks), "caption"), 1)
        if not fields:
            self.hide()

    def _note(self, field: QPlainTextEdit | QLineEdit) -> None:
        """Remember what is selected: a line loses its selection with the focus."""
        text = field.selectedText() if isinstance(field, QLineEdit) else field.textCursor().selectedText()
        if text.strip():
            self._selected = text.strip()
            self.button.setEnabled(True)

    def _forget(self) -> None:
        self._selected = ""
        self.button.setEnabled(False)

    def _open(self) -> None:
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def _mark(self, kind: LinkKind) -> None:
        if self._selected:
            self.marked.emit(kind, self._selected)


def _said(words: Words, marks: Sequence[tuple[LinkKind, str]]) -> str:
    if not marks:
        return ""
    names = _kinds(words)
    listed = " · ".join(f"{names[kind]}: {isolated(text)}" for kind, text in marks)
    # Translators: {list} names kinds of things and the words that were marked as such.
    return words.gettext("Marked: {list}", list=listed)


def _kinds(words: Words) -> dict[LinkKind, str]:
    return {
        # Translators: kinds of things that words in an answer can name.
        LinkKind.NAME: words.pgettext("mark", "Name"),
        LinkKind.PLACE: words.pgettext("mark", "Place"),
        LinkKind.ADDRESS: words.pgettext("mark", "Address"),
        LinkKind.PHONE: words.pgettext("mark", "Phone number"),
        LinkKind.PLATE: words.pgettext("mark", "Number plate"),
        LinkKind.HANDLE: words.pgettext("mark", "User name or profile"),
        LinkKind.MAIL: words.pgettext("mark", "E-mail address"),
    }
