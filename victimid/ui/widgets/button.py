"""Buttons with generous targets, wrapping words and an optional key hint."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from victimid.ui.widgets.text import label, restyle

ButtonKind = Literal["primary", "plain", "danger", "quiet"]
MINIMUM_TARGET = 44


class ContentButton(QPushButton):
    """A push button that holds a layout of labels and takes its size from it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(MINIMUM_TARGET)
        self.toggled.connect(self._mark_labels)

    def sizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Fit the content, and never below the minimum target."""
        return self._content_size()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - overrides Qt
        """Fit the content, and never below the minimum target."""
        inside = self.layout()
        wanted = inside.minimumSize() if inside else QSize()
        return wanted.expandedTo(QSize(MINIMUM_TARGET, MINIMUM_TARGET))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - overrides Qt
        """Tell whether the words wrap."""
        inside = self.layout()
        return inside is not None and inside.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - overrides Qt
        """Return the height the wrapped words need."""
        inside = self.layout()
        return max(MINIMUM_TARGET, inside.heightForWidth(width) if inside else 0)

    def let_words_wrap(self) -> None:
        """Accept any width, and take the height the words then need."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _mark_labels(self, checked: bool) -> None:
        for part in self.findChildren(QLabel):  # a style sheet cannot ask for the state of a label's parent
            restyle(part, "chosen", "yes" if checked else "no")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - overrides Qt
        """Ask for another height when another width makes the words wrap elsewhere."""
        super().resizeEvent(event)
        if self.hasHeightForWidth() and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _content_size(self) -> QSize:
        inside = self.layout()
        wanted = inside.sizeHint() if inside else QSize()
        if self.hasHeightForWidth():  # the size hint bounds the height, so it has to follow the width
            wanted.setHeight(self.heightForWidth(self.width()))
        return wanted.expandedTo(QSize(MINIMUM_TARGET, MINIMUM_TARGET))


class Button(ContentButton):
    """A button with one label; ``key`` (such as ``Ctrl+N``) is shown beside it and works window-wide.

    In a narrow column ``wrap`` lets long words take a second line; ``compact`` is for several in a row.
    """

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "plain",
        key: str = "",
        *,
        shown_key: str = "",
        wrap: bool = False,
        compact: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self._label = label(text, "body" if compact else "strong", wrap=wrap)
        self._hint = key_hint(shown_key or key.replace("+", " "))
        self._lay_out(padding=8 if compact else 18)
        self.set_text(text)
        for sequence in _sequences(key):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(self.click)

    def set_text(self, text: str) -> None:
        """Change the words, for the eye and for the screen reader."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def words(self) -> str:
        """Return the words on the button."""
        return self._label.text()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - overrides Qt
        """Size follows a change of style or font."""
        super().changeEvent(event)
        self.updateGeometry()

    def _lay_out(self, padding: int) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(padding, 8, padding, 8)
        row.setSpacing(6 if padding < 18 else 8)
        if self._label.wordWrap():
            self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(self._label, 1)
            row.addWidget(self._hint)
        else:
            row.addStretch(1)
            row.addWidget(self._label)
            row.addWidget(self._hint)
            row.addStretch(1)
        for part in (self._label, self._hint):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if self._label.wordWrap():
            self.let_words_wrap()
        else:
            self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


def key_hint(key: str) -> QLabel:
    """Make the small key cap shown beside a label; hidden where there is no key."""
    made = label(key, "key", wrap=False)
    if not key:
        made.hide()
    return made


def _sequences(key: str) -> list[str]:
    if key == "Enter":
        return ["Return", "Enter"]
    return [key] if key else []
