"""A content pack: found on a stick, checked, shown against what is in use, then installed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from victimid.app.content_changes import changes
from victimid.app.content_packs import InstalledView, PackContents
from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.screens.content_rows import content_lists
from victimid.ui.screens.content_words import issued_words, number_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.file_list import FileList
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import label
from victimid.ui.widgets.under_way import UnderWay

_PACKS = "*.pack.tar"


class InstallCard(Card):
    """Takes a file, shows what is in it once it is checked, and asks for it to be installed."""

    check = Signal(object)
    install = Signal(object)

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(spacing=12)
        self._words = words
        self._busy = False
        self.found = FileList(
            words,
            words.gettext("Where the content pack is"),
            words.gettext("There is no content pack in this folder."),
            _PACKS,
            lambda work, done: jobs.run(work, done, self),
        )
        self.no_key = label(sentence(words, VictimIDError("content.no_key")), "strong")
        self.checking = Button(words.gettext("Check this pack"), "plain")
        self.work = UnderWay(words, words.gettext("How far it is"))
        self.checked = PackCard(words)
        self.checking.clicked.connect(lambda: self.check.emit(self.found.path()))
        self.checked.button.clicked.connect(lambda: self.install.emit(self.found.path()))
        self.found.changed.connect(self.checked.hide)
        self.found.changed.connect(self._refresh)
        self._lay_out()
        self._refresh()

    def show_key(self, *, known: bool) -> None:
        """Offer to take a pack, or say that there is no key yet to check it with."""
        self.no_key.setVisible(not known)
        for part in (self.found, self.checking):
            part.setVisible(known)

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        self._busy = busy
        self.found.setEnabled(not busy)
        self.checked.button.setEnabled(not busy)
        self._refresh()

    def _lay_out(self) -> None:
        words = self._words
        explanation = words.gettext(
            "A content pack brings forms and services from headquarters. It takes the place of the one before as a "
            "whole. Nothing in it concerns a case."
        )
        self.body.addWidget(label(words.gettext("Install a content pack"), "section"))
        self.body.addWidget(label(explanation, "muted"))
        self.body.addWidget(self.no_key)
        self.body.addWidget(self.found)
        self.body.addWidget(self.checking, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.work)
        self.body.addWidget(self.checked)
        self.no_key.hide()

    def _refresh(self) -> None:
        self.checking.setEnabled(not self._busy and self.found.path() is not None)


class PackCard(Card):
    """What a checked pack brings, against what is in use; hidden until there is one."""

    def __init__(self, words: Words) -> None:
        super().__init__(margin=16, spacing=12)
        self._words = words
        self.title = label("", "section")
        self.told = label("")
        self._shown = QWidget()
        # Translators: button that puts a checked content pack into use.
        self.button = Button(words.gettext("Install this pack"), "primary")
        head = QGridLayout()
        head.setHorizontalSpacing(16)
        head.setColumnStretch(0, 1)
        head.addWidget(self.title, 0, 0)
        head.addWidget(self.told, 1, 0)
        head.addWidget(self.button, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._shown)
        self.hide()

    def show_pack(self, pack: PackContents, installed: InstalledView | None) -> None:
        """Appear with what comes and what goes."""
        words = self._words
        self.title.setText(number_words(words, pack.number))
        self.told.setText("\n".join((issued_words(words, pack.issued_at), self._place(installed))))
        before = installed or pack  # of the first pack everything is new
        forms = changes(before.forms, pack.forms)
        fresh = content_lists(words, forms, changes(before.services or (), pack.services or ()))
        replace(self.body, self._shown, fresh)
        self._shown = fresh
        self.show()
        # Whoever listens hears what was checked together with the button.
        self.button.setAccessibleDescription(f"{self.title.text()} {self.told.text()}")
        self.button.setFocus()

    def _place(self, installed: InstalledView | None) -> str:
        words = self._words
        if installed is None:
            return words.gettext("It is the first content pack on this laptop.")
        # Translators: {number} is the number of the content pack in use.
        return words.gettext("It takes the place of content pack {number}.", number=installed.number)
