"""Writing the record of actions to a file: where to, what was written, how to check it."""

import shlex

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.actions_file import AUDIT_NAMESPACE, WrittenActions
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card, scrolling
from victimid.ui.widgets.readout import Readout
from victimid.ui.widgets.text import label


class WriteActions(QWidget):
    """Hidden until opened; ``write`` carries the folder, ``closed`` asks for the list again."""

    write = Signal(object)
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.folders = FolderChooser(words, words.gettext("Where to"))
        self.button = Button(words.gettext("Write the file"), "primary")
        self.back = Button(words.gettext("Back to the list"))
        self.written = Card("done", spacing=12)
        self.title = label("", "section")
        self.path = Readout(words.gettext("File"), lines=2)
        self.commands = Readout(words.gettext("To check it without this program"), lines=3)
        self.folders.changed.connect(self._refresh)
        self.button.clicked.connect(self._ask)
        self.back.clicked.connect(self.closed)
        self._lay_out()
        self.hide()

    def open(self, *, show: bool) -> None:
        """Appear or go, with nothing written so far."""
        self.written.hide()
        self.setVisible(show)
        self._refresh()

    def set_busy(self, *, busy: bool) -> None:
        """Show that the file is being written."""
        self.button.set_text(self._words.gettext("Writing …") if busy else self._words.gettext("Write the file"))
        self.setEnabled(not busy)

    def show_written(self, written: WrittenActions, device: str, public_key: str) -> None:
        """Say what was written and how to check it."""
        count = written.entries
        self.title.setText(self._words.ngettext("{count} action is written", "{count} actions are written", count))
        self.path.set_text(str(written.path))
        self.commands.set_text("\n".join(_check_commands(written, device, public_key)))
        self.written.show()

    def _lay_out(self) -> None:
        words = self._words
        choosing = Card(spacing=12)
        explanation = words.gettext(
            "What the list is narrowed to is written as a table ({format}), with the names of officers and the "
            "references of cases, signed by this laptop. It is not encrypted: whoever has the file can read it.",
            format=isolated("CSV"),
        )
        choosing.body.addWidget(label(explanation))
        choosing.body.addWidget(self.folders)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self.back)
        row.addStretch(1)
        choosing.body.addLayout(row)
        for part in (self.title, self.path, self.commands):
            self.written.body.addWidget(part)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(choosing)
        column.addWidget(self.written)
        column.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(scrolling(inside))

    def _refresh(self) -> None:
        self.button.setEnabled(self.folders.folder() is not None)

    def _ask(self) -> None:
        folder = self.folders.folder()
        if folder is not None:
            self.write.emit(folder)


def _check_commands(written: WrittenActions, device: str, public_key: str) -> list[str]:
    """Return the commands of standard tools that check the file."""
    path, signature = (shlex.quote(str(each)) for each in (written.path, written.signature))
    return [
        f"echo {shlex.quote(f'{device} {public_key}')} > signers",
        f"ssh-keygen -Y verify -f signers -I {device} -n {AUDIT_NAMESPACE} -s {signature} < {path}",
    ]
