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
_LONGEST_ENTRY = 60


class Marking(QWidget):
    """A small button beside the fields it watches; it works while words are selected in one of them.

    ``marked`` carries the kind and the words; so does ``unmarked``, for a mark that is taken back.
    """

    marked = Signal(object, str)
    unmarked = Signal(object, str)

    def __init__(
        self, words: Words, fields: Sequence[QPlainTextEdit | QLineEdit], marks: Sequence[tuple[LinkKind, str]]
    ) -> None:
        super().__init__()
        self._selected = ""
        # Translators: button: say of the selected words what they are, such as a name or a phone number.
        self.button = Button(words.gettext("Mark selected words"), "quiet", _KEY, compact=True)
        self.button.setEnabled(False)
        # Translators: button: what was marked wrongly is no longer compared with other cases.
        self.back = Button(words.gettext("Take a mark back"), "quiet", compact=True)
        if not marks:
            self.back.hide()
        self.menu, self.marks = QMenu(self), QMenu(self)
        self._fill_menus(words, marks)
        for field in fields:
            field.selectionChanged.connect(lambda field=field: self._note(field))
            field.textChanged.connect(self._forget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(label(_said(words, marks), "caption"), 1)
        row.addWidget(self.back)
        if not fields:
            self.hide()

    def _fill_menus(self, words: Words, marks: Sequence[tuple[LinkKind, str]]) -> None:
        names = _kinds(words)
        for kind, name in names.items():
            self.menu.addAction(name).triggered.connect(lambda _=False, kind=kind: self._mark(kind))
        for kind, text in marks:
            entry = self.marks.addAction(_entry(names[kind], text))
            entry.triggered.connect(lambda _=False, mark=(kind, text): self.unmarked.emit(*mark))
        for button, menu in ((self.button, self.menu), (self.back, self.marks)):
            button.clicked.connect(lambda _=False, menu=menu, button=button: _open(menu, button))

    def _note(self, field: QPlainTextEdit | QLineEdit) -> None:
        """Remember what is selected: a line loses its selection with the focus."""
        text = field.selectedText() if isinstance(field, QLineEdit) else field.textCursor().selectedText()
        if text.strip():
            self._selected = text.strip()
            self.button.setEnabled(True)

    def _forget(self) -> None:
        self._selected = ""
        self.button.setEnabled(False)

    def _mark(self, kind: LinkKind) -> None:
        if self._selected:
            self.marked.emit(kind, self._selected)


def _open(menu: QMenu, button: Button) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def _entry(name: str, text: str) -> str:
    """Return an entry of a menu, in which an ampersand would underline the letter after it."""
    short = text if len(text) <= _LONGEST_ENTRY else f"{text[:_LONGEST_ENTRY]}…"
    return f"{name}: {isolated(short)}".replace("&", "&&")


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
