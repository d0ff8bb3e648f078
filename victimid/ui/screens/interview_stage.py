"""What stands on the screen during the talk: three columns for the officer, the person's side, or a pause."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from victimid.ui.screens.interview_guidance import Guidance
from victimid.ui.screens.interview_outline import Outline
from victimid.ui.screens.interview_pages import ClosingPage, PausePage
from victimid.ui.screens.interview_question import QuestionPane
from victimid.ui.screens.person_view import PersonSide
from victimid.ui.screens.repeat_page import RepeatPage


class Stage(QWidget):
    """Turns from one side to the other; ``pane`` is the question in the middle, None where there is none.

    ``turned`` tells whenever something else comes on screen, ``alone`` whether it asks for the whole window.
    """

    turned = Signal()
    alone = Signal(bool)

    def __init__(
        self,
        sides: tuple[Outline, Guidance],
        person: PersonSide,
        pages: tuple[ClosingPage, RepeatPage, PausePage],
    ) -> None:
        super().__init__()
        self.pane: QuestionPane | None = None
        self._guidance, self._person = sides[1], person
        self._closing, self._repeat, self._pause = pages
        self._before_pause: QWidget | None = None
        self._middle, self._columns, self._pages = QStackedWidget(), QWidget(), QStackedWidget()
        self._lay_out(sides[0])

    def show_officer(self) -> None:
        """Show the officer's side."""
        self._turn(self._columns)

    def show_person(self) -> None:
        """Show the person's side over the whole window."""
        self._turn(self._person)
        self._person.start()

    def with_person(self) -> bool:
        """Tell whether the person has the screen."""
        return self._pages.currentWidget() is self._person

    def on_question(self) -> bool:
        """Tell whether the officer has a question before them."""
        return self._pages.currentWidget() is self._columns and self.pane is not None and self.pane.isVisible()

    def rest(self) -> None:
        """Show a blank page."""
        self._before_pause = self._pages.currentWidget()
        self._pages.setCurrentWidget(self._pause)
        self.turned.emit()
        self._pause.go_on.setFocus()

    def resting(self) -> bool:
        """Tell whether the blank page is on screen."""
        return self._pages.currentWidget() is self._pause

    def resume(self) -> None:
        """Show what stood there before the pause."""
        self._pages.setCurrentWidget(self._before_pause or self._columns)
        self.turned.emit()
        if self.pane is not None and self.pane.isVisible():
            self.pane.start()

    def replace_pane(self, pane: QuestionPane | None) -> None:
        """Put another question in the place of the last one, which goes at once."""
        old, self.pane = self.pane, pane
        if old is not None:
            self._middle.removeWidget(old)
            old.hide()
            old.deleteLater()
        if pane is not None:
            self._middle.addWidget(pane)
        self.turned.emit()

    def show_question(self, pane: QuestionPane) -> None:
        """Show the question in the middle."""
        self._put(pane, guided=True)
        pane.start()

    def show_repeat(self) -> None:
        """Show the page after a repeat."""
        self._put(self._repeat)
        self._repeat.start()

    def show_closing(self) -> None:
        """Show the page on which the talk ends or goes on."""
        self._put(self._closing)
        self._closing.first.setFocus()

    def _put(self, page: QWidget, *, guided: bool = False) -> None:
        self._guidance.setVisible(guided)
        self._middle.setCurrentWidget(page)
        self.turned.emit()

    def _turn(self, side: QWidget) -> None:
        self._pages.setCurrentWidget(side)
        self.turned.emit()
        self.alone.emit(side is self._person)

    def _lay_out(self, outline: Outline) -> None:
        self._middle.addWidget(self._closing)
        self._middle.addWidget(self._repeat)
        row = QHBoxLayout(self._columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(outline)
        row.addWidget(self._middle, 1)
        row.addWidget(self._guidance)
        for page in (QWidget(), self._columns, self._person, self._pause):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
