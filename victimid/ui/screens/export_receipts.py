"""Parts of the export screen that close the loop: exports with their receipts, and this laptop's own key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from victimid import formats
from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.model.bundle import Export
from victimid.ui.jobs import Jobs
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.file_list import FileList
from victimid.ui.widgets.frames import Card, Tag, replace
from victimid.ui.widgets.readout import Readout
from victimid.ui.widgets.text import label

_RECEIPTS = "*.receipt.tar"
_MOST_LISTED = 20


class SentCard(Card):
    """Every export of this laptop and whether headquarters has answered."""

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        # Translators: heading above the list of exports written so far.
        self.body.addWidget(label(words.gettext("Exports so far"), "section"))
        self._list = QWidget()
        self.body.addWidget(self._list)

    def show_exports(self, exports: tuple[Export, ...]) -> None:
        """List exports, newest first."""
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(2, 1)
        for row, export in enumerate(sorted(exports, key=lambda e: -e.sequence)):
            self._add(grid, row, export)
        if not exports:
            grid.addWidget(label(self._words.gettext("Nothing exported yet."), "muted"), 0, 0, 1, 3)
        replace(self.body, self._list, fresh)
        self._list = fresh

    def _add(self, grid: QGridLayout, row: int, export: Export) -> None:
        words = self._words
        # Translators: {number} is the number of an export.
        grid.addWidget(label(words.gettext("Bundle {number}", number=export.sequence), "strong"), row, 0)
        grid.addWidget(label(formats.moment(export.written_at, words.language)), row, 1)
        if export.received_at is None:
            tag = Tag(words.gettext("no receipt yet"), "attention")
        else:
            day = formats.isolated(formats.day(export.received_at.astimezone().date(), words.language))
            # Translators: headquarters has received an export on this date.
            tag = Tag(words.gettext("received {date}", date=day), "done")
        grid.addWidget(tag, row, 2, Qt.AlignmentFlag.AlignLeading)


class ReceiptCard(Card):
    """Takes a receipt of headquarters once the key is set that signs them; ``take`` carries the file."""

    take = Signal(object)

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(spacing=12)
        self.found = FileList(
            words,
            words.gettext("Where the receipt is"),
            words.gettext("There is no receipt in this folder."),
            _RECEIPTS,
            lambda work, done: jobs.run(work, done, self),
        )
        self.no_key = label(sentence(words, VictimIDError("receipt.no_key")))
        self.no_key.hide()
        # Translators: button that reads headquarters' receipt for an export.
        self.button = Button(words.gettext("Take the receipt"), "plain")
        self.button.clicked.connect(self._ask)
        self.body.addWidget(label(words.gettext("Receipt from headquarters"), "section"))
        for part in (self.no_key, self.found):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.found.changed.connect(self._refresh)
        self._refresh()

    def show_key(self, *, known: bool) -> None:
        """Offer to take a receipt, or say that there is no key yet to check it with."""
        self.no_key.setVisible(not known)
        self.found.setVisible(known)
        self.button.setVisible(known)

    def _refresh(self) -> None:
        self.button.setEnabled(self.found.path() is not None)

    def _ask(self) -> None:
        self.take.emit(self.found.path())


class LaptopCard(Card):
    """What headquarters needs in order to know this laptop."""

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self.body.addWidget(label(words.gettext("This laptop, for headquarters"), "section"))
        self.body.addWidget(label(words.gettext("Hand both lines to headquarters before the first export."), "muted"))
        # Translators: identifying code of this laptop.
        self.device = Readout(words.gettext("Device"))
        self.key = Readout(words.gettext("Public key of this laptop"), lines=2)
        self.body.addWidget(self.device)
        self.body.addWidget(self.key)

    def show_device(self, device: str, public_key: str) -> None:
        """Fill in."""
        self.device.set_text(device)
        self.key.set_text(public_key)
