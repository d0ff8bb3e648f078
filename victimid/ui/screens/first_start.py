"""First start: language, laptop, officer and passphrase, headquarters' key; then the vault is made."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.ui import entering
from victimid.ui.context import Entrance, Opened
from victimid.ui.screen import Page
from victimid.ui.screens.first_start_secrets import HeadquartersStep, OfficerStep
from victimid.ui.screens.first_start_steps import LanguageStep, PostStep, Step
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card, centred
from victimid.ui.widgets.text import label

_WIDTH = 560


class FirstStart(Page):
    """Leads through the steps; ``opened`` carries the open vault, ``language_chosen`` a tag.

    ``restore_asked`` wants a vault from a backup instead of a new one.
    """

    opened = Signal(object)
    language_chosen = Signal(str)
    restore_asked = Signal()

    def __init__(self, entrance: Entrance) -> None:
        super().__init__(entrance.words, entrance.jobs)
        self._entrance = entrance
        self._make_steps()
        self._make_buttons()
        self.body.addWidget(self._sheet(), 1)
        self.show_step(0)

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.steps[self._number]

    def show_step(self, number: int) -> None:
        """Show a step by its number, from 0."""
        self._number = number
        for index, step in enumerate(self.steps):
            step.setVisible(index == number)
        last = number == len(self.steps) - 1
        words = self.words
        self.next.set_text(words.gettext("Make the vault") if last else words.gettext("Next"))
        self.back.setVisible(number > 0)
        self.restore.setVisible(number == 0)
        self.count.setText(words.gettext("Step {number} of {total}", number=number + 1, total=len(self.steps)))
        self._refresh()

    def forward(self) -> None:
        """Go on, or say what is missing."""
        problem = self.step.problem()
        if problem:
            self.banner.show_text(problem, "attention")
            return
        self.banner.hide()
        if self._number + 1 < len(self.steps):
            self.show_step(self._number + 1)
        else:
            self._create()

    def _make_steps(self) -> None:
        words, jobs = self.words, self.jobs
        self.language_step = LanguageStep(words)
        self.post_step = PostStep(words)
        self.officer_step = OfficerStep(words, jobs)
        self.headquarters_step = HeadquartersStep(words, jobs, lambda error: sentence(words, error))
        self.steps: tuple[Step, ...] = (
            self.language_step,
            self.post_step,
            self.officer_step,
            self.headquarters_step,
        )
        self.language_step.chosen.connect(self.language_chosen)
        for step in self.steps:
            step.changed.connect(self._refresh)

    def _make_buttons(self) -> None:
        words = self.words
        self.count = label("", "caption")
        # Translators: go to the step before.
        self.back = Button(words.gettext("Back"), "plain")
        self.back.clicked.connect(lambda: self.show_step(self._number - 1))
        # Translators: go to the next step.
        self.next = Button(words.gettext("Next"), "primary")
        self.next.clicked.connect(self.forward)
        # Translators: button beside making a new vault: an earlier one comes back from a backup.
        self.restore = Button(words.gettext("Restore from a backup"), "plain")
        self.restore.clicked.connect(self.restore_asked)
        self.working = label(words.gettext("Making the vault. This is done once and takes a few seconds."), "muted")
        self.working.hide()

    def _sheet(self) -> QScrollArea:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setSpacing(12)
        rows.addWidget(label(self.words.gettext("Casework"), "section"))
        rows.addWidget(self.count)
        card = Card(margin=24)
        for step in self.steps:
            card.body.addWidget(step)
        card.body.addSpacing(8)
        card.body.addWidget(self.working)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addWidget(self.restore)
        buttons.addStretch(1)
        buttons.addWidget(self.next)
        card.body.addLayout(buttons)
        rows.addWidget(card)
        return centred(column, _WIDTH)

    def _refresh(self) -> None:
        self.banner.hide()

    def _create(self) -> None:
        entrance, post = self._entrance, self.post_step.post()
        name, passphrase = self.officer_step.name.text().strip(), self.officer_step.passphrase.text()
        keys, pair = self.headquarters_step.keys(), self.headquarters_step.pair()

        def work() -> Opened:
            from victimid.app.session import VaultSetup

            return entering.create(entrance, VaultSetup(post, name, passphrase, keys, pair))

        self._set_busy(busy=True)
        self.jobs.run(work, self._done, self, self._refused)

    def _done(self, opened: Opened) -> None:
        self._forget()
        self.opened.emit(opened)

    def _refused(self, error: VictimIDError) -> None:
        self._set_busy(busy=False)
        self.explain(error)

    def _forget(self) -> None:
        self.officer_step.new.clear()

    def _set_busy(self, *, busy: bool) -> None:
        self.working.setVisible(busy)
        for part in (self.step, self.back, self.next):
            part.setEnabled(not busy)
