"""Parts of the backups screen: the list of this laptop with what is wrong with it, and a backup elsewhere."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from victimid import formats
from victimid.app.backing_up import BackupsView, MadeBackup
from victimid.i18n import Words
from victimid.model.backup import Backup
from victimid.ui.screens.backup_words import mebibytes, size_words, when_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card, Tag, replace
from victimid.ui.widgets.readout import Readout
from victimid.ui.widgets.text import label
from victimid.ui.widgets.under_way import UnderWay


class HereCard(Card):
    """The backups on this laptop, newest first; ``make`` asks for one more, ``check`` to read them all again."""

    make = Signal()
    check = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        self.warning = Card("attention", margin=16)
        self.warned = label("", "strong")
        self.warning.body.addWidget(self.warned)
        self.warning.hide()
        self.making = Button(words.gettext("Make a backup now"), "primary")
        self.making.clicked.connect(self.make)
        self.checking = Button(words.gettext("Check these backups"), "plain")
        self.checking.clicked.connect(self.check)
        self.work = UnderWay(words, words.gettext("How far it is"))
        self.room = label("", "caption")
        self.list = QWidget()
        self._lay_out()

    def show_view(self, view: BackupsView, whole: frozenset[str] | None = None) -> None:
        """List what there is; ``whole`` names those that were just read from end to end."""
        readable = [backup for backup in view.backups if _readable(backup, whole)]
        warning = self._warning(view, readable, len(view.backups) - len(readable))
        self.warned.setText(warning)
        self.warning.setVisible(bool(warning))
        self.checking.setVisible(bool(view.backups))
        self.room.setText(self._room(view))
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(2, 1)
        for row, backup in enumerate(reversed(view.backups)):
            self._add(grid, row, backup, readable=backup in readable)
        replace(self.body, self.list, fresh)
        self.list = fresh

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        for button in (self.making, self.checking):
            button.setEnabled(not busy)

    def _lay_out(self) -> None:
        words = self._words
        self.body.addWidget(label(words.gettext("On this laptop"), "section"))
        explanation = words.gettext("A backup is made by itself once a day, after unlocking. Older ones go in time.")
        self.body.addWidget(label(explanation, "muted"))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.making)
        buttons.addWidget(self.checking)
        buttons.addStretch(1)
        self.body.addWidget(self.warning)
        self.body.addLayout(buttons)
        for part in (self.work, self.room, self.list):
            self.body.addWidget(part)

    def _add(self, grid: QGridLayout, row: int, backup: Backup, *, readable: bool) -> None:
        words = self._words
        grid.addWidget(label(when_words(words, backup), "strong", wrap=False), row, 0)
        grid.addWidget(label(size_words(words, backup), wrap=False), row, 1)
        # Translators: of a backup: it was read back after it was written.
        tag = Tag(words.gettext("verified"), "done") if readable else Tag(words.gettext("cannot be read"), "danger")
        grid.addWidget(tag, row, 2, Qt.AlignmentFlag.AlignLeading)

    def _warning(self, view: BackupsView, readable: list[Backup], unreadable: int) -> str:
        words = self._words
        if not readable:
            return words.gettext("There is no backup on this laptop that can be read. Make one now.")
        if view.outdated:
            return words.gettext(
                "Older backups hold what was deleted since, or open with a key or passphrase that is no longer good. "
                "Make a new one: it takes their place."
            )
        if view.due:
            return words.gettext("The newest backup is more than a day old. Make one now.")
        if unreadable:
            return words.ngettext(
                "{count} backup cannot be read. The others are whole.",
                "{count} backups cannot be read. The others are whole.",
                unreadable,
            )
        return ""

    def _room(self, view: BackupsView) -> str:
        needed, free = (formats.number(mebibytes(size), self._words.language) for size in (view.needed, view.free))
        return self._words.gettext(
            "The next one takes {needed} MiB at most; {free} MiB are free.", needed=needed, free=free
        )


class ElsewhereCard(Card):
    """A backup on a stick or another disk; ``write`` carries the folder."""

    write = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        self._busy = False
        self.folders = FolderChooser(words, words.gettext("Where to"))
        self.button = Button(words.gettext("Make a backup there"), "plain")
        self.button.clicked.connect(self._ask)
        self.problem = label(words.gettext("Choose a folder that is there."), "strong")
        self.problem.hide()
        self.work = UnderWay(words, words.gettext("How far it is"))
        self.done = Card("done", margin=16, spacing=12)
        self.path = Readout(words.gettext("Folder"), lines=2)
        explanation = words.gettext(
            "Remove the stick safely and lock it away. The backup opens with the passphrases of today."
        )
        self.done.body.addWidget(label(explanation))
        self.done.body.addWidget(self.path)
        self.done.hide()
        self.folders.changed.connect(self._refresh)
        self.body.addWidget(label(words.gettext("On a stick"), "section"))
        self.body.addWidget(
            label(words.gettext("As encrypted as the vault, for a new laptop if this one is lost."), "muted")
        )
        self.body.addWidget(self.folders)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self.problem, self.work, self.done):
            self.body.addWidget(part)
        self._refresh()

    def show_made(self, made: MadeBackup) -> None:
        """Say where the backup is."""
        self.path.set_text(str(made.folder))
        self.done.show()

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        self._busy = busy
        self.folders.setEnabled(not busy)
        if busy:
            self.done.hide()
        self._refresh()

    def _refresh(self) -> None:
        self.button.setEnabled(not self._busy and self.folders.folder() is not None)

    def _ask(self) -> None:
        folder = self.folders.folder()
        self.problem.setVisible(folder is None)  # a stick may be pulled out after it was chosen
        if folder is not None:
            self.write.emit(folder)


def _readable(backup: Backup, whole: frozenset[str] | None) -> bool:
    return backup.record is not None and (whole is None or backup.name in whole)
