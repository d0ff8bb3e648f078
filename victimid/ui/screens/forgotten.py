"""A forgotten passphrase, before the lock: the request to headquarters, and their answer."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.errors import VictimIDError
from victimid.ui import entering
from victimid.ui.context import Entrance, Opened
from victimid.ui.screen import Page
from victimid.ui.screens.recovery_cards import AnswerCard, AskCard, CodeCard
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import centred
from victimid.ui.widgets.text import label

if TYPE_CHECKING:
    from victimid.app.recovering import RequestFile

_WIDTH = 640


class Forgotten(Page):
    """``opened`` carries the open vault, ``left`` asks for the way back.

    The code of a request is shown only when it is made: later it could be that of somebody else's.
    """

    opened = Signal(object)
    left = Signal()

    def __init__(self, entrance: Entrance, *, awaits_answer: bool = False) -> None:
        super().__init__(entrance.words, entrance.jobs)
        self._entrance = entrance
        self._make_cards()
        self.body.addWidget(centred(self._column(), _WIDTH), 1)
        if not awaits_answer:
            self.ask_anew()

    def ask_anew(self) -> None:
        """Offer a request, beside those that wait."""
        self._show_ask(shown=True)
        self.setFocusProxy(self.ask.name)

    def ask_headquarters(self, name: str, passphrase: str, folder: Path) -> None:
        """Write the request."""
        entrance, words = self._entrance, self.words

        def work() -> "RequestFile":
            from victimid.app import recovering

            return recovering.ask(entrance.door(), name, passphrase, folder, words)

        self._set_busy(busy=True)
        self.jobs.run(work, self._asked, self, self._refused)

    def take_answer(self, name: str, passphrase: str, path: Path) -> None:
        """Open the vault with headquarters' answer."""
        entrance = self._entrance
        self._set_busy(busy=True)
        self.jobs.run(lambda: entering.recover(entrance, name, passphrase, path), self._open, self, self._refused)

    def _make_cards(self) -> None:
        words = self.words
        self.ask = AskCard(
            words,
            self.jobs,
            words.gettext(
                "Choose a new passphrase now. Headquarters confirms with its answer that you may have it; until "
                "then the old one stays valid, and nothing is lost."
            ),
        )
        self.code = CodeCard(words, words.gettext("Write this code down. It is not shown again."))
        self.answer = AnswerCard(words, self.jobs, words.gettext("Open the vault"))
        # Translators: button: make another request to headquarters beside the one that waits.
        self.anew = Button(words.gettext("Make a new request"), "plain")
        self.back = Button(words.gettext("Back"), "plain")
        self.ask.ask.connect(self.ask_headquarters)
        self.answer.take.connect(self.take_answer)
        self.anew.clicked.connect(self.ask_anew)
        self.back.clicked.connect(self.left)
        self._show_ask(shown=False)

    def _column(self) -> QWidget:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setSpacing(12)
        rows.addWidget(label(self.words.gettext("Forgotten passphrase"), "title"))
        for part in (self.ask, self.code, self.answer):
            rows.addWidget(part)
        for button in (self.anew, self.back):
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return column

    def _show_ask(self, *, shown: bool) -> None:
        self.ask.setVisible(shown)
        self.anew.setVisible(not shown)
        self.answer.setVisible(not shown)
        self.code.hide()

    def _asked(self, request: "RequestFile") -> None:
        self._set_busy(busy=False)
        self.ask.passphrase.clear()
        self._show_ask(shown=False)
        self.answer.name.set_text(self.ask.name.text())
        self.code.show_request(request.code, request.path)

    def _open(self, opened: Opened) -> None:
        self.answer.passphrase.clear()
        self.opened.emit(opened)

    def _refused(self, error: VictimIDError) -> None:
        self._set_busy(busy=False)
        self.explain(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.banner.hide()
        for part in (self.ask, self.answer, self.anew, self.back):
            part.setEnabled(not busy)
