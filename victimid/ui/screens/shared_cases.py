"""What a case has in common with others, for the officer alone: how many, and buttons to those they may open."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from victimid.i18n import Words
from victimid.model.link import LinkKind, Shared
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.flow import FlowLayout
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import keep_together, label

_NAMED = 3


class SharedCases(Card):
    """A quiet card; hidden while nothing is shared. ``chosen`` carries the reference of a case to open."""

    chosen = Signal(str)

    def __init__(self, words: Words, margin: int = 14) -> None:
        super().__init__(margin=margin)
        self._words = words
        self._parts: list[QWidget] = []
        self.buttons: list[Button] = []
        self.hide()

    def show_shared(self, shared: Sequence[Shared]) -> None:
        """Say what is shared, one thing after the other."""
        for part in self._parts:
            self.body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self.buttons = [], []
        for each in shared:
            self._add(label(sentence(self._words, each), "body"))
            if each.cases:
                self._add(self._ways(each.cases[:_NAMED]))
        if shared:
            note = self._words.gettext("This may be chance. Do not speak of other cases.")
            self._add(label(note, "caption"))
        self.setVisible(bool(shared))

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self.body.addWidget(part)

    def _ways(self, refs: Sequence[str]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=6)
        for ref in refs:
            button = Button(keep_together(ref), "plain", compact=True)
            button.setAccessibleName(self._words.gettext("Open case {reference}", reference=ref))
            button.clicked.connect(lambda _=False, ref=ref: self.chosen.emit(ref))
            flow.addWidget(button)
            self.buttons.append(button)
        return holder


def sentence(words: Words, shared: Shared) -> str:
    """Say in how many other cases the same thing is, and of how many of them another officer takes care."""
    said = _same(words, shared.identifier.kind, shared.count)
    if not shared.others:
        return said
    closed = words.ngettext(
        "{count} of them is with another officer.", "{count} of them are with other officers.", shared.others
    )
    return f"{said} {closed}"


def _same(words: Words, kind: LinkKind, count: int) -> str:
    match kind:
        case LinkKind.PHONE:
            return words.ngettext(
                "The same phone is in {count} other case.", "The same phone is in {count} other cases.", count
            )
        case LinkKind.PLATE:
            return words.ngettext(
                "The same number plate is in {count} other case.",
                "The same number plate is in {count} other cases.",
                count,
            )
        case LinkKind.HANDLE:
            return words.ngettext(
                "The same user name is in {count} other case.", "The same user name is in {count} other cases.", count
            )
        case LinkKind.MAIL:
            return words.ngettext(
                "The same e-mail address is in {count} other case.",
                "The same e-mail address is in {count} other cases.",
                count,
            )
        case LinkKind.ADDRESS:
            return words.ngettext(
                "The same address is in {count} other case.", "The same address is in {count} other cases.", count
            )
        case LinkKind.PLACE:
            return words.ngettext(
                "The same place is in {count} other case.", "The same place is in {count} other cases.", count
            )
        case LinkKind.NAME:
            return words.ngettext(
                "The same name is in {count} other case.", "The same name is in {count} other cases.", count
            )
