"""Handing cases over: which, to whom, why; then confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from victimid.app import handing_over
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.formats import isolated
from victimid.model.people import Officer
from victimid.ui.context import Context
from victimid.ui.destinations import ToDesk
from victimid.ui.draft import Draft
from victimid.ui.screens.hand_over_cases import CasesCard
from victimid.ui.screens.office import OfficeScreen
from victimid.ui.screens.officer_words import role_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.confirm import Confirm
from victimid.ui.widgets.field import Chooser, TextArea
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import label


@dataclass(frozen=True, slots=True)
class _Loaded:
    owner: str
    cases: tuple[str, ...]
    receivers: tuple[Officer, ...]
    reason: str


class HandOverScreen(OfficeScreen):
    """For the cases named, or for one's open cases; a supervisor may choose whose."""

    def __init__(self, context: Context, case_refs: tuple[str, ...] = ()) -> None:
        super().__init__(context, ToDesk(), context.words.gettext("Hand over"))
        self._named, self._owner = case_refs, context.session.officer_id
        self.draft: Draft | None = None
        self._receivers: dict[str, Officer] = {}
        self._make_parts()
        self._lay_out()
        self._read(self._owner)

    def _make_parts(self) -> None:
        words = self.words
        self.whose = Chooser(words.gettext("Whose cases"), [])
        self.whose.hide()
        self.whose.changed.connect(self._read)
        self.cases = CasesCard(words)
        self.cases.changed.connect(self._refresh)
        self.to = ChoiceList([])
        self.nobody = label(words.gettext("There is no other officer who works on cases. Enrol one first."), "muted")
        self.reason = TextArea(words.gettext("Reason (needed)"), lines=3)
        self.reason.changed.connect(self._refresh)
        self.hand = Button(words.gettext("Hand over"), "primary")
        self.hand.clicked.connect(self._ask)
        self.missing = label("", "caption")
        self.question = Confirm(words, words.gettext("Hand over"), "primary", "primary")
        self.question.confirmed.connect(self._hand_over)
        self.question.refused.connect(lambda: self._set_asking(asking=False))

    def _lay_out(self) -> None:
        words = self.words
        self._receiving = Card(spacing=12)
        self._receiving.body.addWidget(label(words.gettext("To whom"), "section"))
        within: tuple[QWidget, ...] = (self.to, self.nobody, self.reason)
        for part in within:
            self._receiving.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        desk = Button(words.gettext("Back to the desk"))
        desk.clicked.connect(lambda: self.go.emit(ToDesk()))
        below: tuple[QWidget, ...] = (self.hand, desk, self.missing)
        for part in below:
            row.addWidget(part)
        row.setStretchFactor(self.missing, 1)
        cards: tuple[QWidget, ...] = (self.whose, self.cases, self._receiving, self.question)
        for part in cards:
            self.column.addWidget(part)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _read(self, owner: str) -> None:
        session, named = self.context.session, self._named
        self.jobs.run(lambda: _load(session, owner, named), self._show, self)

    def _show(self, loaded: _Loaded) -> None:
        words = self.words
        self._owner = loaded.owner
        self._receivers = {officer.id: officer for officer in loaded.receivers}
        self.cases.show_cases(loaded.cases, chosen=bool(self._named))
        self._offer_owners(loaded)
        self._keep_reason(loaded)
        others = [officer for officer in loaded.receivers if officer.id != loaded.owner]
        options = [Choice(each.id, f"{each.name} · {role_words(words, each.role)}") for each in others]
        fresh = ChoiceList(options, keys=False, role="body")
        fresh.picked.connect(lambda _: self._refresh())
        replace(self._receiving.body, self.to, fresh)
        self.to = fresh
        self.nobody.setVisible(not options)
        self._refresh()

    def _keep_reason(self, loaded: _Loaded) -> None:
        """Keep the reason typed for these cases with them; other cases take it over."""
        if self.draft is not None:
            self.draft.keep()
            self.draft.end()
        keep = partial(handing_over.keep_reason, self.context.session, loaded.cases)
        typed = self.reason.text()
        self.reason.set_text(loaded.reason)
        self.draft = Draft(self, self.jobs, self.reason.text, keep)
        self.reason.changed.connect(self.draft.soon)
        if not loaded.reason:
            self.reason.set_text(typed)

    def _offer_owners(self, loaded: _Loaded) -> None:
        """Let a supervisor choose whose cases are handed over, once the officers are known."""
        may = self.context.session.access.may(Right.HAND_OVER_OTHERS)
        if self._named or not may or self.whose.box.count():
            return
        with QSignalBlocker(self.whose.box):
            for officer in loaded.receivers:
                self.whose.box.addItem(officer.name, officer.id)
            self.whose.box.setCurrentIndex(self.whose.box.findData(loaded.owner))
        self.whose.setVisible(self.whose.box.count() > 1)

    def _refresh(self) -> None:
        words = self.words
        missing = ""
        if not self.cases.values():
            missing = words.gettext("Choose the cases.")
        elif not self.to.value():
            missing = words.gettext("Choose who takes over.")
        elif not self.reason.text().strip():
            missing = words.gettext("Write in a sentence why.")
        self.missing.setText(missing)
        self.hand.setEnabled(not missing)

    def _ask(self) -> None:
        count, name = len(self.cases.values()), isolated(self._receivers[self.to.value()].name)
        # Translators: {name} is an officer who takes cases over.
        question = self.words.ngettext(
            "{count} case goes to {name}, who answers for it from now on.",
            "{count} cases go to {name}, who answers for them from now on.",
            count,
            name=name,
        )
        self._set_asking(asking=True)
        self.question.ask(question)

    def _set_asking(self, *, asking: bool) -> None:
        """Let nothing be changed while it is being confirmed."""
        for part in (self.whose, self.cases, self._receiving):
            part.setEnabled(not asking)
        self.hand.setVisible(not asking)

    def _hand_over(self) -> None:
        session, refs, listed = self.context.session, self.cases.values(), self.cases.listed
        work = partial(_hand_over, session, refs, listed, self.to.value(), self.reason.text())
        self._set_asking(asking=False)
        if self.draft is not None:
            self.jobs.run(self.draft.keeping(work), lambda _: self.go.emit(ToDesk()), self)


def _hand_over(session: Session, refs: Sequence[str], listed: Sequence[str], to: str, reason: str) -> None:
    """Hand cases over; the reason waits beside none of those that stay."""
    handing_over.hand_over(session, refs, to, reason)
    handing_over.keep_reason(session, [ref for ref in listed if ref not in refs], "")


def _load(session: Session, owner: str, named: tuple[str, ...]) -> _Loaded:
    cases = named or handing_over.open_cases(session, owner)
    if named:
        owner = session.access.case(named[0]).owner
    return _Loaded(owner, cases, handing_over.receivers(session), handing_over.kept_reason(session, cases))
