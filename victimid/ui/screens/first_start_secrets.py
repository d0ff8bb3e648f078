"""The steps of the first start that concern secrets: the officer's passphrase and headquarters' key."""

from collections.abc import Callable

from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.screens.first_start_steps import Step
from victimid.ui.screens.new_passphrase import NewPassphrase
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import Field, PassphraseField, TextArea
from victimid.ui.widgets.text import label


class OfficerStep(Step):
    """The first officer and the passphrase, typed twice."""

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__(
            words.gettext("You"),
            words.gettext(
                "Your passphrase encrypts everything on this laptop. Four or more words that have nothing to do "
                "with one another are easy to remember and hard to guess."
            ),
        )
        self._words = words
        self.name = self._add(Field(words.gettext("Your name, as it is printed on referrals")))
        self.secret = NewPassphrase(words, jobs)
        self.rows.addWidget(self.secret)
        self.rows.addWidget(
            label(words.gettext("Nobody can look it up for you. Write it down nowhere near the laptop."), "caption")
        )
        self.name.changed.connect(self.secret.set_name)
        self.secret.changed.connect(self.changed)

    @property
    def passphrase(self) -> PassphraseField:
        """The field of the passphrase."""
        return self.secret.passphrase

    @property
    def again(self) -> PassphraseField:
        """The field in which it is repeated."""
        return self.secret.again

    def problem(self) -> str:
        """Ask for a name, a passphrase that is hard enough to guess, and the same one again."""
        if not self.name.text().strip():
            return self._words.gettext("Enter your name.")
        return self.secret.problem()


class HeadquartersStep(Step):
    """The optional public key of headquarters."""

    def __init__(self, words: Words, jobs: Jobs, explain: Callable[[VictimIDError], str]) -> None:
        super().__init__(
            words.gettext("Headquarters"),
            words.gettext(
                "The public key of headquarters. Exports are encrypted to it, and it is the only way back in if every "
                "passphrase is forgotten. Without it you can work, but not export."
            ),
        )
        self._words, self._jobs, self._explain = words, jobs, explain
        self._checked = ""
        self.key = TextArea(
            words.gettext("Public key (may stay empty)"),
            lines=2,
            help_text=words.gettext("It begins with {start}. Type or paste it.", start="age1"),
        )
        # Translators: button that checks a key for typing errors.
        self.check = Button(words.gettext("Check the key"), "plain")
        self.result = label("", "strong")
        self.result.hide()
        for part in (self.key, self.check, self.result):
            self.rows.addWidget(part)
        self.key.changed.connect(self._edited)
        self.check.clicked.connect(self.run_check)
        self.check.setEnabled(False)

    def keys(self) -> tuple[str, ...]:
        """Return the checked key, or nothing."""
        return (self._checked,) if self._checked else ()

    def problem(self) -> str:
        """Ask for a check of what is entered."""
        if self.key.text().strip() and not self._checked:
            return self._words.gettext("Check the key first, or leave the field empty.")
        return ""

    def run_check(self) -> None:
        """Check the key for typing errors."""
        text = self.key.text().strip()

        def work() -> str:
            from victimid.app.session import checked_recipient

            return checked_recipient(text)

        self._jobs.run(work, self._accepted, self, self._refused)

    def _edited(self) -> None:
        self._checked = ""
        self.result.hide()
        self.check.setEnabled(bool(self.key.text().strip()))
        self.changed.emit()

    def _accepted(self, key: str) -> None:
        self._checked = key
        self._tell(self._words.gettext("The key is whole."))

    def _refused(self, error: VictimIDError) -> None:
        self._tell(self._explain(error))

    def _tell(self, text: str) -> None:
        self.result.setText(text)
        self.result.show()
        self.changed.emit()
