"""The left side of the talk: where it stands, its sections, and the ways to rest, stop or leave."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from victimid.app.interview_view import InterviewView, SectionView
from victimid.i18n import Words
from victimid.ui.widgets.button import Button, ContentButton
from victimid.ui.widgets.frames import Side, scrolling
from victimid.ui.widgets.text import keep_together, label


class SectionButton(ContentButton):
    """One section of the form: its title, and a tick once the talk is past it."""

    def __init__(self, words: Words, section: SectionView) -> None:
        super().__init__()
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setChecked(section.current)
        title, tick = label(section.title, "strong"), label("✓" if section.done else "", "muted", wrap=False)
        title.setProperty("chosen", "yes" if section.current else "no")
        # Translators: read by screen readers; {section} is the title of a part of the questionnaire.
        spoken = words.gettext("{section}, gone through", section=section.title) if section.done else section.title
        self.setAccessibleName(spoken)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(title, 1)
        row.addWidget(tick)
        for part in (title, tick):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class Outline(Side):
    """Refilled with every view; holds no state of the talk."""

    section = Signal(str)
    pause = Signal()
    stop = Signal()
    leave = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setProperty("sheet", "true")
        self.setFixedWidth(228)
        self._case = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = label("", "caption")
        self._sections = QVBoxLayout()
        self._sections.setContentsMargins(0, 8, 0, 8)
        self._sections.setSpacing(4)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 20, 12, 16)
        rows.setSpacing(6)
        for part in (self._case, self._bar, self._count):
            rows.addWidget(part)
        holder = QWidget()
        holder.setLayout(self._sections)
        rows.addWidget(scrolling(holder), 1)
        for button in self._buttons():
            rows.addWidget(button)

    def show_view(self, view: InterviewView, form_title: str) -> None:
        """Show where the talk stands."""
        words = self._words
        self._case.setText(f"{keep_together(view.case_ref)} · {form_title}")
        self._bar.setRange(0, max(view.total, 1))
        self._bar.setValue(view.position if view.question else view.total)
        # Translators: progress through a questionnaire whose length depends on the answers.
        self._count.setText(words.gettext("{position} of about {total}", position=view.position, total=view.total))
        self._bar.setAccessibleName(self._count.text())
        while (item := self._sections.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for section in view.sections:
            button = SectionButton(words, section)
            button.clicked.connect(lambda _=False, title=section.title: self.section.emit(title))
            self._sections.addWidget(button)
        self._sections.addStretch(1)

    def _buttons(self) -> list[Button]:
        leave = Button(self._words.gettext("Leave to the desk"), "quiet", wrap=True)
        leave.clicked.connect(self.leave)
        # Translators: a break in the talk; the screen shows nothing until one goes on.
        rest = Button(self._words.gettext("Pause"), shown_key="F8")
        rest.clicked.connect(self.pause)
        stop = Button(self._words.gettext("Stop interview"), "danger", wrap=True)
        stop.clicked.connect(self.stop)
        return [leave, rest, stop]
