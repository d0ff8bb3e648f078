"""Pages of the talk without a question: the pause, the end, the stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card, scrolling
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
        self._finish = Button(words.gettext("Finish the interview"), "primary")
        self._open = Button(words.gettext("Leave it open for another day"))
        self._back = Button("", "quiet")
        self._finish.clicked.connect(self.finish)
        self._open.clicked.connect(self.leave_open)
        self._back.clicked.connect(self.go_on)
        card = Card(margin=28, spacing=14)
        card.setMaximumWidth(640)
        for part in (self._title, self._text, self._finish, self._open, self._back):
            card.body.addWidget(part)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(28, 28, 28, 28)
        rows.addStretch(1)
        rows.addWidget(card)
        rows.addStretch(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

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
        self._back.set_text(back)
