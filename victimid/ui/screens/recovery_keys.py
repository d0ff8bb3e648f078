"""The keys of headquarters one by one, for a supervisor to add another and to remove one that is lost or wrong."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.confirm import Confirm
from victimid.ui.widgets.field import TextArea
from victimid.ui.widgets.frames import replace
from victimid.ui.widgets.text import label

_BEGIN, _END = 12, 6


class HeadquartersKeys(QWidget):
    """``add`` carries what was typed, ``remove`` the one key or the two of a pair; the last of a kind stays."""

    add = Signal(str)
    remove = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._chosen: tuple[str, ...] = ()
        self.buttons: dict[tuple[str, ...], Button] = {}
        self.list = QWidget()
        self.question = Confirm(words, words.gettext("Remove this key"))
        self.question.confirmed.connect(lambda: self.remove.emit(self._chosen))
        begins = words.gettext("It begins with {start}. Type or paste it.", start="age1")
        self.key = TextArea(words.gettext("Public key of headquarters"), lines=2, help_text=begins)
        self.button = Button(words.gettext("Add this key"), "plain")
        self.button.clicked.connect(lambda: self.add.emit(self.key.text().strip()))
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(12)
        self.rows.addWidget(label(words.gettext("Keys of headquarters"), "section"))
        compare = words.gettext(
            "Compare it with headquarters by another way before you add it: whoever holds its secret half can read "
            "every export and recover this vault."
        )
        for part in (self.list, self.question, label(compare, "muted"), self.key):
            self.rows.addWidget(part)
        self.rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_keys(self, keys: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> None:
        """List them, and be ready for another."""
        fresh = QWidget()
        rows = QVBoxLayout(fresh)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self.buttons = {}
        for kind in ([(key,) for key in keys], list(pairs)):
            for way in kind:
                rows.addLayout(self._row(way, removable=len(kind) > 1))
        replace(self.rows, self.list, fresh)
        self.list = fresh
        self.key.set_text("")

    def _row(self, way: tuple[str, ...], *, removable: bool) -> QHBoxLayout:
        said = " + ".join(f"{key[:_BEGIN]}…{key[-_END:]}" for key in way)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(isolated(said)), 1)
        if removable:
            # Translators: button beside a key of headquarters.
            button = Button(self._words.gettext("Remove"), "danger")
            button.setAccessibleName(f"{button.words()} · {said}")
            button.clicked.connect(lambda: self._ask(way, said))
            self.buttons[way] = button
            row.addWidget(button)
        return row

    def _ask(self, way: tuple[str, ...], said: str) -> None:
        self._chosen = way
        self.question.ask(
            self._words.gettext(
                "{key} opens no export and recovers nothing that is written from now on. Older exports and copies stay "
                "readable to whoever has its secret half. Headquarters is told with the next export.",
                key=isolated(said),
            )
        )
