"""Letting an officer in: name, role, and a first passphrase that is typed together or drawn and shown once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.people import Role
from victimid.ui.jobs import Jobs
from victimid.ui.screens.new_passphrase import NewPassphrase
from victimid.ui.screens.officer_words import role_help, role_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.readout import Readout
from victimid.ui.widgets.text import label

_DRAWN, _TYPED = "drawn", "typed"


class EnrolCard(Card):
    """``wanted`` carries name, role, passphrase, and whether one is to be drawn instead."""

    wanted = Signal(str, object, str, bool)

    def __init__(self, words: Words, jobs: Jobs, roles: Sequence[Role]) -> None:
        super().__init__(spacing=12)
        self._words = words
        self.name = Field(words.gettext("Name, as it is printed on referrals"), max_length=100)
        options = [Choice(role.value, f"{role_words(words, role)}: {role_help(words, role)}") for role in roles]
        self.roles = ChoiceList(options, keys=False, role="body")
        self.way = ChoiceList(
            [
                Choice(_DRAWN, words.gettext("Draw a first passphrase and show it once")),
                Choice(_TYPED, words.gettext("Let the officer type one now")),
            ],
            keys=False,
            role="body",
        )
        self.secret = NewPassphrase(words, jobs)
        self.problem = label("", "strong")
        self.enrol = Button(words.gettext("Enrol"), "primary")
        self.name.changed.connect(self.secret.set_name)
        self.way.picked.connect(self._way_picked)
        self.enrol.clicked.connect(self._ask)
        self._lay_out()
        self.clear()

    def clear(self) -> None:
        """Be ready for the next officer."""
        self.name.set_text("")
        self.roles.set_values([])
        self.way.set_values([_DRAWN])
        self.secret.clear()
        self._way_picked()
        self._tell("")

    def set_busy(self, *, busy: bool) -> None:
        """Show that the officer is being enrolled."""
        self.enrol.set_text(self._words.gettext("Enrolling …") if busy else self._words.gettext("Enrol"))
        self.setEnabled(not busy)

    def _lay_out(self) -> None:
        words = self._words
        self.body.addWidget(label(words.gettext("Enrol an officer"), "section"))
        self.body.addWidget(self.name)
        # Translators: caption above the roles an officer can be enrolled in.
        self.body.addWidget(label(words.gettext("Role"), "strong"))
        self.body.addWidget(self.roles)
        self.body.addWidget(label(words.gettext("First passphrase"), "strong"))
        for part in (self.way, self.secret, self.problem):
            self.body.addWidget(part)
        self.body.addWidget(self.enrol, 0, Qt.AlignmentFlag.AlignLeading)

    def _way_picked(self) -> None:
        self.secret.setVisible(self.way.value() == _TYPED)

    def _missing(self) -> str:
        words = self._words
        if not self.name.text().strip():
            return words.gettext("Enter the officer's name.")
        if not self.roles.value():
            return words.gettext("Choose a role.")
        return self.secret.problem() if self.way.value() == _TYPED else ""

    def _ask(self) -> None:
        missing = self._missing()
        self._tell(missing)
        if not missing:
            drawn = self.way.value() == _DRAWN
            secret = "" if drawn else self.secret.text()
            self.wanted.emit(self.name.text().strip(), Role(self.roles.value()), secret, drawn)

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


class FirstPassphraseCard(Card):
    """Says that an officer is enrolled, with the passphrase drawn: once, until it is put away or the screen is left."""

    def __init__(self, words: Words) -> None:
        super().__init__(tone="done", spacing=12)
        self._words = words
        self.title = label("", "section")
        self.passphrase = Readout(words.gettext("First passphrase"))
        self.hint = label(
            words.gettext(
                "Tell it to the officer now; it is not shown again and nobody can look it up. The officer has to "
                "choose another one at the first unlocking."
            )
        )
        self.done = Button(words.gettext("Put away"), "plain")
        self.done.clicked.connect(self._put_away)
        for part in (self.title, self.passphrase, self.hint):
            self.body.addWidget(part)
        self.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_passphrase(self, name: str, passphrase: str) -> None:
        """Appear; without a passphrase the officer has typed one."""
        self.title.setText(self._words.gettext("{name} is enrolled", name=isolated(name)))
        self.passphrase.set_text(passphrase)
        self.passphrase.setVisible(bool(passphrase))
        self.hint.setVisible(bool(passphrase))
        self.show()

    def _put_away(self) -> None:
        self.passphrase.set_text("")
        self.hide()
