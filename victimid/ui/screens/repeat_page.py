"""The page after a repeat: which there are, whether there is another, and taking one away."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.interview_repeats import RepeatView
from victimid.app.interview_view import InterviewView
from victimid.app.interviewing import Interviewing
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.screens.centred import centred
from victimid.ui.screens.repeat_instance import InstanceRow
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label

Take = Callable[[Callable[[Interviewing], InterviewView]], None]


class RepeatPage(QWidget):
    """Refilled for each repeat; ``take`` takes a step of the talk. Removing is asked about on the page itself."""

    def __init__(self, words: Words, take: Take) -> None:
        super().__init__()
        self._words, self._take = words, take
        self._repeat: RepeatView | None = None
        self.rows: list[InstanceRow] = []
        self.add = Button("", key="+", shown_key="+")
        self.following = Button(words.gettext("Go on"), "primary", "Enter")
        self.back = Button(words.gettext("Back"), "quiet")
        self.add.clicked.connect(self._add)
        self.following.clicked.connect(lambda: take(lambda talk: talk.next()))
        self.back.clicked.connect(lambda: take(lambda talk: talk.back()))
        self._title, self._person = label("", "title"), label("", "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        card = Card(spacing=14)
        for part in (self._title, self._person):
            card.body.addWidget(part)
        card.body.addLayout(self._list)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.add)
        row.addWidget(self.following)
        card.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(centred(card))

    def show_repeat(self, repeat: RepeatView) -> None:
        """Show a repeat, and what is recorded in it so far."""
        words, self._repeat = self._words, repeat
        name = isolated(repeat.label)
        # Translators: after the last question of a part that repeats; {name} is that part's name, such as Child.
        self._title.setText(words.gettext("{name}: is there another one?", name=name))
        self._person.setText(repeat.person)
        self._person.setVisible(bool(repeat.person) and repeat.person != repeat.label)
        # Translators: button; {name} is the name of a part of the questionnaire that repeats, such as Child.
        self.add.set_text(words.gettext("Add: {name}", name=name))
        self.add.setVisible(repeat.can_add)
        self._fill(repeat)

    def start(self) -> None:
        """Put the cursor on the way on."""
        self.following.setFocus()

    def _fill(self, repeat: RepeatView) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [InstanceRow(self._words, each, removable=repeat.can_remove) for each in repeat.instances]
        for row in self.rows:
            row.removal.connect(self._remove)
            self._list.addWidget(row)

    def _add(self) -> None:
        if self._repeat is not None:
            ref = self._repeat.ref
            self._take(lambda talk: talk.add_instance(ref))

    def _remove(self, ref: str) -> None:
        self._take(lambda talk: talk.remove_instance(ref))
