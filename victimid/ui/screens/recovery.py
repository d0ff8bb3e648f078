"""How headquarters can recover this vault: who it takes, the rehearsal and its date, keys for two persons."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid import formats
from victimid.app import exporting, recovering, vault_care
from victimid.app.recovering import RecoveryView, RequestFile
from victimid.errors import VictimIDError
from victimid.ui.context import Context
from victimid.ui.destinations import ToDesk
from victimid.ui.screen import SessionScreen
from victimid.ui.screens.centred import centred
from victimid.ui.screens.key_pair import KeyPairFields
from victimid.ui.screens.recovery_cards import AnswerCard, AskCard, CodeCard
from victimid.ui.screens.recovery_keys import HeadquartersKeys
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class RecoveryScreen(SessionScreen):
    """Rehearses the recovery, so that it is known to work before it is needed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = self.words
        self.who, self.rehearsed = label("", "strong"), label("")
        self.steps = QWidget()
        self._steps = QVBoxLayout(self.steps)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(12)
        self.pair = KeyPairFields(words)
        self.add_pair = Button(words.gettext("Two persons from now on"), "plain")
        self.add_pair.clicked.connect(self.take_pair)
        self.keys = HeadquartersKeys(words)
        self.keys.add.connect(self.add_key)
        self.keys.remove.connect(self.remove_key)
        # Translators: button that leaves the rehearsal for another day.
        self.later = Button(words.gettext("To the desk"), "plain")
        self.later.clicked.connect(lambda: self.go.emit(ToDesk()))
        self.body.addWidget(centred(self._card()), 1)
        self.refresh()

    def refresh(self) -> None:
        """Read again how the vault can be recovered."""
        session = self.context.session
        self.jobs.run(lambda: recovering.view(session), self._show, self)

    def ask(self, _name: str, passphrase: str, folder: Path) -> None:
        """Write a request as if the passphrase were lost."""
        session, words = self.context.session, self.words
        self._set_busy(busy=True)
        work = partial(recovering.rehearse, session, passphrase, folder, words)
        self.jobs.run(work, self._asked, self, self._refused)

    def take(self, _name: str, passphrase: str, path: Path) -> None:
        """Take headquarters' answer to the rehearsal."""
        session = self.context.session
        self._set_busy(busy=True)
        work = partial(recovering.end_rehearsal, session, passphrase, path)
        self.jobs.run(work, lambda _: self._ended(), self, self._refused)

    def take_pair(self) -> None:
        """From now on it takes two persons."""
        session, (first, second) = self.context.session, self.pair.keys()
        self._set_busy(busy=True)
        work = partial(vault_care.add_recovery_pair, session, first, second)
        self.jobs.run(work, lambda _: self._paired(), self, self._refused)

    def add_key(self, key: str) -> None:
        """Take on another key of headquarters."""
        session = self.context.session
        self._change(partial(exporting.add_headquarters_key, session, key))

    def remove_key(self, way: tuple[str, ...]) -> None:
        """Remove a key of headquarters, or a pair."""
        session, remove = self.context.session, vault_care.remove_recovery_pair
        self._change(partial(remove if len(way) > 1 else exporting.remove_headquarters_key, session, *way))

    def _change(self, work: Callable[[], object]) -> None:
        self._set_busy(busy=True)
        self.jobs.run(work, lambda _: self.refresh(), self, self._refused)

    def _card(self) -> Card:
        words, card = self.words, Card(margin=24, spacing=12)
        self.two = label(words.gettext("Two persons at headquarters"), "section")
        for part in (label(words.gettext("If a passphrase is forgotten"), "title"), self.who, self.rehearsed):
            card.body.addWidget(part)
        card.body.addWidget(self.steps)
        card.body.addWidget(self.two)
        card.body.addWidget(self.pair)
        card.body.addWidget(self.add_pair, 0, Qt.AlignmentFlag.AlignLeading)
        card.body.addWidget(self.keys)
        card.body.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _show(self, view: RecoveryView) -> None:
        self._set_busy(busy=False)
        self.who.setText(self._who(view))
        self.rehearsed.setText(self._rehearsed(view.rehearsed_at))
        for part in (self.two, self.pair, self.add_pair, self.keys):
            part.setVisible(view.may_set_keys)
        self.keys.show_keys(view.keys, view.pairs)
        while taken := self._steps.takeAt(0):
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._offer(view)

    def _offer(self, view: RecoveryView) -> None:
        words = self.words
        explanation = words.gettext(
            "Rehearse it once, as if your passphrase were forgotten: write a request, have headquarters answer it, "
            "and take the answer. Your passphrase stays as it is; choose any other one for the rehearsal."
        )
        self.asking = AskCard(words, self.jobs, explanation, name=view.officer)
        self.code = CodeCard(words)
        self.answer = AnswerCard(words, self.jobs, words.gettext("End the rehearsal"), name=view.officer)
        self.asking.ask.connect(self.ask)
        self.answer.take.connect(self.take)
        for part in (self.code, self.answer, self.asking):
            self._steps.addWidget(part)
        self.answer.setVisible(bool(view.waiting_code))
        self.asking.setVisible(bool(view.ways))
        if view.waiting_code:
            self.code.show_request(view.waiting_code)

    def _who(self, view: RecoveryView) -> str:
        words = self.words
        if not view.ways:
            return words.gettext("Nobody can recover this vault: it has no key of headquarters.")
        if view.persons > 1:
            return words.gettext("Two persons at headquarters can recover this vault together.")
        return words.gettext("Headquarters can recover this vault with its key.")

    def _rehearsed(self, at: datetime | None) -> str:
        if at is None:
            return self.words.gettext("This was never rehearsed.")
        day = formats.isolated(formats.day(at.astimezone().date(), self.words.language))
        # Translators: {date} is the day of the last rehearsal.
        return self.words.gettext("Last rehearsed on {date}.", date=day)

    def _asked(self, request: RequestFile) -> None:
        self._set_busy(busy=False)
        self.asking.passphrase.clear()
        self.asking.hide()
        self.answer.show()
        self.code.show_request(request.code, request.path)

    def _ended(self) -> None:
        done = self.words.gettext("The rehearsal is done: headquarters can recover this vault.")
        self.banner.show_text(done, "done")
        self.refresh()

    def _paired(self) -> None:
        self.pair.clear()
        # Translators: {command} is a command to be typed.
        older = self.words.gettext(
            "From now on it takes both persons. Older backups and copies of this vault still give its key to one "
            "person alone, until it gets a new one with {command}.",
            command=formats.isolated("victimid vault rekey"),
        )
        self.banner.show_text(older, "attention")
        self.refresh()

    def _refused(self, error: VictimIDError) -> None:
        self._set_busy(busy=False)
        self.explain(error)

    def _set_busy(self, *, busy: bool) -> None:
        if busy:
            self.banner.hide()
        for part in (self.steps, self.pair, self.add_pair, self.keys):
            part.setEnabled(not busy)
