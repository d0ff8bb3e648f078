"""A picture over the whole screen it belongs to: no second window, and gone with the screen when the program locks."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.app.interview_media import MediaFile
from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.picture import Picture

_MARGIN, _FOOTER = 24, 80


class LargePicture(QWidget):
    """Covers its parent while shown; closed by its button, by Esc, or by touching it anywhere."""

    closed = Signal()

    def __init__(self, parent: QWidget, words: Words, jobs: Jobs, otherwise: str) -> None:
        super().__init__(parent)
        self._covered, self._jobs, self._otherwise = parent, jobs, otherwise
        self.setProperty("sheet", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._file: MediaFile | None = None
        self.picture: Picture | None = None
        # Translators: closes a picture that is shown over the whole window.
        self.close_button = Button(words.gettext("Close the picture"), "primary", shown_key="Esc")
        self.close_button.clicked.connect(self.put_away)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._rows.addStretch(1)
        self._rows.addStretch(1)
        self._rows.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignHCenter)
        parent.installEventFilter(self)
        self.hide()

    def show_file(self, file: MediaFile) -> None:
        """Show a picture as large as there is room."""
        self._file = file
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.close_button.setFocus()
        self._fit()

    def _fit(self) -> None:
        """Decode the picture for the room there is now."""
        self._forget()
        if self._file is None:
            return
        room = self._covered.size() - QSize(2 * _MARGIN, 2 * _MARGIN + _FOOTER)
        self.picture = Picture(self._jobs, room.expandedTo(QSize(1, 1)), self._otherwise)
        self._rows.insertWidget(1, self.picture, 0, Qt.AlignmentFlag.AlignCenter)
        self.picture.show_bytes(self._file.content, self._file.media_type)

    def put_away(self) -> None:
        """Uncover the screen."""
        if self.isHidden():
            return
        self._file = None
        self._forget()
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """Stay over everything."""
        if watched is self._covered and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - overrides Qt
        """Close on Esc; every other key stops here."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - overrides Qt
        """Close on touch."""
        event.accept()
        self.put_away()

    def _forget(self) -> None:
        if self.picture is not None:
            self._rows.removeWidget(self.picture)
            self.picture.hide()
            self.picture.deleteLater()
            self.picture = None
