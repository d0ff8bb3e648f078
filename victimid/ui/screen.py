"""What all screens have in common: words, jobs, a calm bar for errors, and the way to other screens."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.ui.context import Context
from victimid.ui.draft import Draft
from victimid.ui.jobs import Jobs
from victimid.ui.widgets.banner import Banner


class Page(QWidget):
    """A screen on either side of the lock; its content goes into ``body``, below the bar for errors."""

    def __init__(self, words: Words, jobs: Jobs) -> None:
        super().__init__()
        self.words = words
        self.jobs = jobs
        self.banner = Banner(close_name=words.gettext("Close this message"))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addLayout(self.body, 1)

    def explain(self, error: VictimIDError) -> None:
        """Say what went wrong in the bar at the top; never a dialog, which could hold up the lock."""
        self.banner.show_text(sentence(self.words, error), "danger")

    def leave(self) -> None:
        """Stop what goes on for this page alone: another one comes, or the lock."""


class Screen(Page):
    """A screen behind the lock.

    ``go`` carries one of ``destinations``; ``alone`` asks for the whole window, without the top bar; ``idling`` tells
    after how many minutes without a touch the program is to lock; ``barred`` names a case of another officer, for
    which a reason is needed before the screen can be shown; ``repair_asked`` locks and leads to repairing the vault.
    """

    context: Context
    go = Signal(object)
    alone = Signal(bool)
    idling = Signal(int)
    barred = Signal(str)
    repair_asked = Signal()

    def explain(self, error: VictimIDError) -> None:
        """Say what went wrong; where a reason is needed first, it is asked for once the screen is on."""
        if error.code == "case.reason_needed":
            ref = str(error.fields["case"])
            QTimer.singleShot(0, self, lambda: self.barred.emit(ref))
        else:
            super().explain(error)

    def unsaved(self) -> list[Callable[[], None]]:
        """Return the work that keeps what is typed, done before the screen goes and before the vault closes."""
        return [work for draft in self.findChildren(Draft) if (work := draft.unsaved()) is not None]


class SessionScreen(Screen):
    """A screen that is made for the session it shows, as all are but the desk, which is made while one is opened."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.words, context.jobs)
        self.context = context
