"""What stands above every screen behind the lock: the bar with what goes on, and the warning of an old database."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.app.permissions import Right
from victimid.ui.context import Context
from victimid.ui.destinations import ToCare
from victimid.ui.indexing import Indexing
from victimid.ui.jobs import retire
from victimid.ui.rollback_bar import RollbackBar
from victimid.ui.top_bar import TopBar


class Head(QWidget):
    """``go`` carries a destination."""

    go = Signal(object)
    hide_asked = Signal()
    lock_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._session = context.session
        may_look = context.session.access.may(Right.CHECK_VAULT)
        self.bar = TopBar(context.words, self._session.vault.post.place, self._session.vault.officer.name)
        self.bar.hide_asked.connect(self.hide_asked)
        self.bar.lock_asked.connect(self.lock_asked)
        self.warning = RollbackBar(context.words, may_look=may_look)
        self.warning.look.connect(lambda: self.go.emit(ToCare()))
        self._indexing = Indexing(context.jobs, self._session, self)
        self._indexing.progress.connect(self.bar.show_indexing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self.warning)

    def refresh(self) -> None:
        """Show the warning while it holds."""
        self.warning.setVisible(self._session.vault.rolled_back)

    def end(self) -> None:
        """Go, with what is under way for the open vault: it is locked."""
        retire(self._indexing)
        self.hide()
        retire(self)

    def set_pending(self, count: int) -> None:
        """Tell how many jobs are under way."""
        self.bar.set_pending(count)
