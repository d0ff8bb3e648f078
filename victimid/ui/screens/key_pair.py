"""Two public keys of headquarters whose owners recover a vault only together."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.ui.widgets.field import TextArea
from victimid.ui.widgets.text import label


class KeyPairFields(QWidget):
    """One field for each person; ``changed`` when either is edited."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        begins = words.gettext("It begins with {start}. Type or paste it.", start="age1")
        self.first = TextArea(words.gettext("Public key of the first person"), lines=2, help_text=begins)
        self.second = TextArea(words.gettext("Public key of the second person"), lines=2, help_text=begins)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(
            label(
                words.gettext(
                    "With two keys for recovery it takes both persons at headquarters to open this vault when a "
                    "passphrase is forgotten. Exports still go to the key of headquarters."
                ),
                "muted",
            )
        )
        for field in (self.first, self.second):
            field.changed.connect(self.changed)
            rows.addWidget(field)

    def keys(self) -> tuple[str, str]:
        """Return what is typed, in the order in which the persons open."""
        return self.first.text().strip(), self.second.text().strip()

    def clear(self) -> None:
        """Empty both fields."""
        self.first.set_text("")
        self.second.set_text("")
