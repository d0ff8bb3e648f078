"""Pages of the talk without a question: the pause, the end, the stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.ui.screens.centred import centred
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class PausePage(QWidget):
    """A blank page that gives nothing away to anybody who looks."""

    resumed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        # Translators: go on after a break.
        self.go_on = Button(words.gettext("Continue"), "primary", "Enter")
        self.go_on.clicked.connect(self.resumed)
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addStretch(1)


class ClosingPage(QWidget):
    """Asks nothing of the person: the officer finishes the talk, leaves it open, or goes on."""

    finish = Signal()
    leave_open = Signal()
    go_on = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._title, self._text = label("", "title"), label("", "body")
        self.first = Button(words.gettext("Finish the interview"), "primary")
        self.open = Button(words.gettext("Leave it open for another day"))
        self.back = Button("", "quiet")
        self.first.clicked.connect(self.finish)
        self.open.clicked.connect(self.leave_open)
        self.back.clicked.connect(self.go_on)
        card = Card(margin=28, spacing=14)
        for part in (self._title, self._text, self.first, self.open, self.back):
            card.body.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(centred(card))

    def show_end(self) -> None:
        """After the last question."""
        words = self._words
        self._say(
            words.gettext("That was the last question"),
            words.gettext(
                "Before you finish, ask whether the person would like to add or ask anything, and say what happens "
                "next. Questions that were never put are recorded as not asked; that never counts against the person."
            ),
            words.gettext("Back to the questions"),
        )

    def show_stop(self) -> None:
        """After the officer or the person stopped."""
        words = self._words
        self._say(
            words.gettext("The interview is stopped"),
            words.gettext(
                "Everything recorded so far is kept. Nobody has to explain why. If you finish, what was not put is "
                "recorded as not asked. If you leave the interview open, it goes on at the same question."
            ),
            words.gettext("Go on with the interview"),
        )

    def _say(self, title: str, text: str, back: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.back.set_text(back)
