"""The steps of the first start that concern secrets: the officer's passphrase and headquarters' keys."""

from collections.abc import Callable

from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.screens.first_start_steps import Step
from victimid.ui.screens.key_pair import KeyPairFields
from victimid.ui.screens.new_passphrase import NewPassphrase
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import Field, TextArea
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
        self.name = self._add(Field(words.gettext("Your name, as it is printed on referrals"), max_length=100))
        self.new = NewPassphrase(words, jobs)
        self.passphrase, self.again, self.strength = self.new.first, self.new.again, self.new.strength
        self.name.changed.connect(self.new.set_name)
        self.new.changed.connect(self.changed)
        self.rows.addWidget(self.new)
        self.rows.addWidget(
            label(words.gettext("Nobody can look it up for you. Write it down nowhere near the laptop."), "caption")
        )

    def problem(self) -> str:
        """Ask for a name, a passphrase that is hard enough to guess, and the same one again."""
        if not self.name.text().strip():
            return self._words.gettext("Enter your name.")
        return self.new.problem()


class HeadquartersStep(Step):
    """The optional public key of headquarters, and two more for recovery by two persons."""

    def __init__(self, words: Words, jobs: Jobs, explain: Callable[[VictimIDError], str]) -> None:
        super().__init__(
            words.gettext("Headquarters"),
            words.gettext(
                "The public key of headquarters. Exports are encrypted to it, and it is the only way back in if every "
                "passphrase is forgotten. Without it you can work, but not export."
            ),
        )
        self._words, self._jobs, self._explain = words, jobs, explain
        self._checked: tuple[str, ...] = ()
        self.key = TextArea(
            words.gettext("Public key (may stay empty)"),
            lines=2,
            help_text=words.gettext("It begins with {start}. Type or paste it.", start="age1"),
        )
        # Translators: button that checks a key for typing errors.
        self.check = Button(words.gettext("Check the key"), "plain")
        self.result = label("", "strong")
        self.result.hide()
        self.pair_fields = KeyPairFields(words)
        self.pair_fields.hide()
        # Translators: button that shows fields for the keys of two persons who recover a vault together.
        self.two = Button(words.gettext("Two persons at headquarters"), "quiet")
        self.two.clicked.connect(lambda: self.pair_fields.setVisible(self.pair_fields.isHidden()))
        for part in (self.key, self.two, self.pair_fields, self.check, self.result):
            self.rows.addWidget(part)
        self.key.changed.connect(self._edited)
        self.pair_fields.changed.connect(self._edited)
        self.check.clicked.connect(self.run_check)
        self.check.setEnabled(False)

    def keys(self) -> tuple[str, ...]:
        """Return the checked key, or nothing."""
        return self._checked[:1] if self.key.text().strip() else ()

    def pair(self) -> tuple[str, str] | None:
        """Return the checked keys of two persons, or nothing."""
        if not self._checked or not any(self.pair_fields.keys()):
            return None
        first, second = self._checked[-2:]
        return first, second

    def problem(self) -> str:
        """Ask for a check of what is entered."""
        if self._entered() and not self._checked:
            return self._words.gettext("Check the key first, or leave the field empty.")
        return ""

    def run_check(self) -> None:
        """Check what is entered for typing errors; of a pair both keys are needed."""
        entered = self._entered()

        def work() -> tuple[str, ...]:
            from victimid.app.session import checked_recipient

            return tuple(checked_recipient(text) for text in entered)

        self._jobs.run(work, self._accepted, self, self._refused)

    def _edited(self) -> None:
        self._checked = ()
        self.result.hide()
        self.check.setEnabled(bool(self._entered()))
        self.changed.emit()

    def _entered(self) -> tuple[str, ...]:
        """Return everything to be checked: the key, then both of the pair as soon as one is there."""
        key, pair = self.key.text().strip(), self.pair_fields.keys()
        return ((key,) if key else ()) + (pair if any(pair) else ())

    def _accepted(self, keys: tuple[str, ...]) -> None:
        self._checked = keys
        one, several = self._words.gettext("The key is whole."), self._words.gettext("All keys are whole.")
        self._tell(one if len(keys) == 1 else several)

    def _refused(self, error: VictimIDError) -> None:
        self._tell(self._explain(error))

    def _tell(self, text: str) -> None:
        self.result.setText(text)
        self.result.show()
        self.changed.emit()
