"""What stands above every screen behind the lock: the bar with what goes on, and warnings of old or damaged data."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.app.messages import sentence
from victimid.app.permissions import Right
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.context import Context
from victimid.ui.destinations import ToCare
from victimid.ui.indexing import Indexing
from victimid.ui.jobs import retire
from victimid.ui.top_bar import TopBar
from victimid.ui.warning_bar import WarningBar


class Head(QWidget):
    """Names nobody until it is opened; ``go`` carries a destination."""

    go = Signal(object)
    hide_asked = Signal()
    lock_asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.bar = TopBar(words)
        self.bar.hide_asked.connect(self.hide_asked)
        self.bar.lock_asked.connect(self.lock_asked)
        self.warning, self.damage = WarningBar(words), WarningBar(words)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        for warning in (self.warning, self.damage):
            warning.look.connect(lambda: self.go.emit(ToCare()))
            rows.addWidget(warning)

    def open(self, context: Context) -> None:
        """Name the place and the officer, and care for the search index from now on."""
        self._session = session = context.session
        self.bar.show_names(session.vault.post.place, session.vault.officer.name)
        for warning in (self.warning, self.damage):
            warning.offer(may_look=session.access.may(Right.CHECK_VAULT))
        indexing = Indexing(context.jobs, session, self)
        indexing.progress.connect(self.bar.show_indexing)

    def refresh(self) -> None:
        """Show the warning of an old database while it holds: until a supervisor has accepted it."""
        if not self._session.vault.rolled_back:
            self.warning.hide()
            return
        self.warning.say(
            self._words.gettext(
                "The records are older than this laptop had confirmed: an old copy may have been put back. "
                "Nothing can be exported until a supervisor has looked into it."
            )
        )

    def tell_damage(self, error: VictimIDError) -> None:
        """Warn of damage that was found, until the lock."""
        self.damage.say(sentence(self._words, error))

    def end(self) -> None:
        """Go, with what is under way for the open vault: it is locked."""
        self.hide()
        retire(self)

    def set_pending(self, count: int) -> None:
        """Tell how many jobs are under way."""
        self.bar.set_pending(count)
