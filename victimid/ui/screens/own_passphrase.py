"""Changing one's own passphrase: the old one, and the new one twice; before all else where it was given."""

from PySide6.QtCore import Qt

from victimid.app import officers
from victimid.errors import VictimIDError
from victimid.ui.context import Context
from victimid.ui.destinations import ToPassphrase
from victimid.ui.navigation import home
from victimid.ui.screens.new_passphrase import NewPassphrase
from victimid.ui.screens.office import OfficeScreen
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.field import PassphraseField
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label

_WIDTH = 520


class OwnPassphraseScreen(OfficeScreen):
    """Passphrases typed here are never kept as drafts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ToPassphrase(), context.words.gettext("Your passphrase"))
        words = self.words
        self._given = context.session.vault.officer.passphrase_given
        self.old = PassphraseField(
            words.gettext("Passphrase until now"), words.gettext("Show"), words.gettext("Hide it")
        )
        self.new = NewPassphrase(words, self.jobs)
        self.new.set_name(context.session.vault.officer.name)
        self.new.first.caption.setText(words.gettext("New passphrase"))
        self.new.again.caption.setText(words.gettext("New passphrase again"))
        self.change = Button(words.gettext("Change the passphrase"), "primary")
        self.change.clicked.connect(self._change)
        card = Card(margin=24, spacing=12)
        card.setMaximumWidth(_WIDTH)
        for part in (self._explanation(), self.old, self.new):
            card.body.addWidget(part)
        card.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.setFocusProxy(self.old)

    def _explanation(self) -> Card:
        text = self.words.gettext(
            "Four or more words that have nothing to do with one another are easy to remember and hard to guess. "
            "Nobody can look it up for you."
        )
        note = Card("neutral", margin=12)
        if self._given:
            reason = self.words.gettext("Somebody else gave you your passphrase. Choose your own to begin.")
            note.body.addWidget(label(reason, "strong"))
        note.body.addWidget(label(text))
        return note

    def _change(self) -> None:
        problem = self.new.problem()
        if problem:
            self.banner.show_text(problem, "attention")
            return
        session, old, new = self.context.session, self.old.text(), self.new.text()
        self.banner.hide()
        self._set_busy(busy=True)
        self.jobs.run(
            lambda: officers.change_passphrase(session, old, new), lambda _: self._changed(), self, self._refused
        )

    def _changed(self) -> None:
        self._set_busy(busy=False)
        self.old.clear()
        self.new.clear()
        if self._given:
            self.go.emit(home(self.context))
            return
        self.banner.show_text(self.words.gettext("Your passphrase is changed. The old one opens nothing now."), "done")

    def _refused(self, error: VictimIDError) -> None:
        self._set_busy(busy=False)
        self.old.clear()
        self.old.setFocus()
        self.explain(error)

    def _set_busy(self, *, busy: bool) -> None:
        words = self.words
        for part in (self.old, self.new, self.change):
            part.setEnabled(not busy)
        # Translators: shown on a button while a passphrase is being changed.
        self.change.set_text(words.gettext("Changing …") if busy else words.gettext("Change the passphrase"))
