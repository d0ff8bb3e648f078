"""The officers of this laptop: who there is, letting somebody in, ending somebody's access."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from victimid import formats
from victimid.app import officers
from victimid.app.officers import AccessEnded
from victimid.app.session import Session
from victimid.app.watching import Watch
from victimid.errors import VictimIDError
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.people import Officer, Role
from victimid.model.why import WhyDisabled
from victimid.ui.context import Context
from victimid.ui.destinations import ToOfficers
from victimid.ui.screens.office import OfficeScreen
from victimid.ui.screens.officer_words import role_words, still_open_words
from victimid.ui.screens.officers_enrol import EnrolCard, FirstPassphraseCard
from victimid.ui.screens.own_draft import own_draft
from victimid.ui.screens.why_words import disabled_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice
from victimid.ui.widgets.confirm import ConfirmWhy
from victimid.ui.widgets.frames import Card, Tag, replace
from victimid.ui.widgets.text import label
from victimid.ui.widgets.under_way import UnderWay

_NAME_WIDTH = 140


@dataclass(frozen=True, slots=True)
class _Loaded:
    everyone: tuple[Officer, ...]
    may_disable: frozenset[str]
    may_draw: frozenset[str]


class OfficersCard(Card):
    """One line for each officer; ``disable`` and ``draw`` carry the officer whom a button is about."""

    disable = Signal(object)
    draw = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        self.buttons: dict[str, Button] = {}
        self.drawing: dict[str, Button] = {}
        self._list = QWidget()
        self.body.addWidget(self._list)

    def show_officers(self, loaded: _Loaded) -> None:
        """List all officers, those disabled last."""
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(12)
        grid.setHorizontalSpacing(24)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        self.buttons, self.drawing = {}, {}
        for number, officer in enumerate(sorted(loaded.everyone, key=lambda each: each.disabled_at is not None)):
            row = 2 * number  # the second line of an officer is for a second button, so that names keep their room
            self._add(grid, row, officer)
            if officer.id in loaded.may_draw:
                self._add_drawing(grid, row + 1, officer)
            if officer.id in loaded.may_disable:
                self._add_ending(grid, row, officer)
        replace(self.body, self._list, fresh)
        self._list = fresh

    def _add(self, grid: QGridLayout, row: int, officer: Officer) -> None:
        words = self._words
        gone = officer.disabled_at is not None
        grid.addWidget(label(officer.name, "muted" if gone else "strong"), row, 0)
        grid.addWidget(label(role_words(words, officer.role), "muted" if gone else "body"), row, 1)
        day = isolated(formats.day((officer.disabled_at or officer.enrolled_at).astimezone().date(), words.language))
        if officer.disabled_at is not None:
            # Translators: an officer's access ended on this date.
            grid.addWidget(Tag(words.gettext("no access since {date}", date=day)), row, 2)
        else:
            # Translators: an officer has had access since this date.
            grid.addWidget(label(words.gettext("since {date}", date=day), "muted"), row, 2)

    def _add_drawing(self, grid: QGridLayout, row: int, officer: Officer) -> None:
        # Translators: button beside an officer who has not chosen a passphrase yet: draws another one to begin with.
        button = Button(self._words.gettext("New first passphrase"), "plain")
        button.setAccessibleName(f"{button.words()} · {officer.name}")
        button.clicked.connect(lambda: self.draw.emit(officer))
        self.drawing[officer.id] = button
        grid.addWidget(button, row, 2, 1, 2, Qt.AlignmentFlag.AlignTrailing)

    def _add_ending(self, grid: QGridLayout, row: int, officer: Officer) -> None:
        # Translators: button that ends an officer's access to this laptop.
        button = Button(self._words.gettext("End access"), "danger")
        button.setAccessibleName(f"{button.words()} · {officer.name}")
        button.clicked.connect(lambda: self.disable.emit(officer))
        self.buttons[officer.id] = button
        grid.addWidget(button, row, 3, Qt.AlignmentFlag.AlignTrailing)


class OfficersScreen(OfficeScreen):
    """Whoever manages officers works here; leaving the screen and locking stop a backup, which is then still due."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ToOfficers(), context.words.gettext("Officers"))
        words = self.words
        self._chosen: Officer | None = None
        self.list = OfficersCard(words)
        self.list.disable.connect(self._ask)
        self.list.draw.connect(self._draw)
        reasons = [Choice(each.value, disabled_words(words, each)) for each in WhyDisabled]
        self.question = ConfirmWhy(words, words.gettext("End access"), reasons)
        self.question.confirmed.connect(self._disable)
        self.enrol = EnrolCard(words, self.jobs, officers.roles_to_give(context.session))
        self.enrol.wanted.connect(self._enrol)
        self.draft = own_draft(self, "name to enrol", self.enrol.name)
        self.told = FirstPassphraseCard(words)
        self.work = UnderWay(words, words.gettext("How far it is"))
        for part in (self.question, self.work, self.list, self.told, self.enrol):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the officers again."""
        session = self.context.session
        self.jobs.run(lambda: _load(session), self._show, self)

    def leave(self) -> None:
        """Stop a backup that is under way: it must not hold up a lock."""
        self.work.stop()

    def _show(self, loaded: _Loaded) -> None:
        self.list.show_officers(loaded)

    def _ask(self, officer: Officer) -> None:
        self._chosen = officer
        self.question.ask(
            self.words.gettext(
                "{name} will not get into this laptop any more, from now on. What {name} recorded stays, and so do "
                "the cases until they are handed over. This cannot be undone.",
                name=isolated(officer.name),
            )
        )

    def _disable(self) -> None:
        session, officer = self.context.session, self._chosen
        if officer is not None:
            why = WhyDisabled(self.question.reasons.value())
            self.banner.hide()
            watch = Watch(self.work.begin().report)
            self._set_busy(busy=True)
            self.jobs.run(
                lambda: officers.disable(session, officer.id, why, watch), self._disabled, self, self._not_disabled
            )

    def _disabled(self, ended: AccessEnded) -> None:
        self._end()
        self._done()
        still_open = still_open_words(self.words, ended)
        if still_open:
            self.banner.show_text(still_open, "attention")

    def _not_disabled(self, error: VictimIDError) -> None:
        self._end()
        self.explain(error)

    def _end(self) -> None:
        self._set_busy(busy=False)
        self.work.end()

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.list, self.enrol):
            part.setEnabled(not busy)

    def _draw(self, officer: Officer) -> None:
        session, first = self.context.session, officers.one_time_passphrase()
        self.banner.hide()
        self.jobs.run(
            lambda: officers.give_passphrase(session, officer.id, first),
            lambda _: self.told.show_passphrase(officer.name, first),
            self,
        )

    def _enrol(self, name: str, role: Role, passphrase: str, drawn: bool) -> None:
        session = self.context.session
        self.banner.hide()
        self.enrol.set_busy(busy=True)

        def work() -> tuple[Officer, str]:
            first = officers.one_time_passphrase() if drawn else passphrase
            return officers.enrol(session, name, first, role, given=drawn), first if drawn else ""

        self.jobs.run(self.draft.recording(work), lambda enrolled: self._enrolled(*enrolled), self, self._refused)

    def _enrolled(self, officer: Officer, first: str) -> None:
        self.enrol.set_busy(busy=False)
        self.enrol.clear()
        self.told.show_passphrase(officer.name, first)
        self._done()

    def _refused(self, error: VictimIDError) -> None:
        self.enrol.set_busy(busy=False)
        self.explain(error)

    def _done(self) -> None:
        self._chosen = None
        self.refresh()


def _load(session: Session) -> _Loaded:
    everyone = officers.everyone(session)
    return _Loaded(
        everyone,
        frozenset(each.id for each in everyone if officers.may_disable(session, each)),
        frozenset(each.id for each in everyone if officers.may_give_passphrase(session, each)),
    )
