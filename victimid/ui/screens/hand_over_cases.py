"""Which cases change hands: all of a list, or some."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from victimid.i18n import Words
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.flow import FlowLayout
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import keep_together, label

_MOST_OFFERED = 100
_ALL, _SOME = "all", "some"


class CasesCard(Card):
    """``listed`` are all there are; beyond a hundred, single ones are handed over from their summary."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        self.listed: tuple[str, ...] = ()
        self.title = label("", "section")
        self.way = ChoiceList([])
        self.some = QWidget()
        self._lists: list[ChoiceList] = []
        self.empty = label(words.gettext("There is no open case to hand over."), "muted")
        for part in (self.title, self.way, self.some, self.empty):
            self.body.addWidget(part)

    def values(self) -> tuple[str, ...]:
        """Return the cases chosen."""
        if self.way.value() == _ALL:
            return self.listed
        return tuple(value for each in self._lists for value in each.values())

    def choose(self, refs: tuple[str, ...]) -> None:
        """Choose some cases of the list."""
        self.way.set_values([_SOME])
        for each in self._lists:
            each.set_values(refs)
        self._picked()

    def show_cases(self, refs: tuple[str, ...], *, chosen: bool) -> None:
        """Offer cases; ``chosen`` ones came from elsewhere and are no longer a choice."""
        self.listed = refs
        words = self._words
        self.title.setText(words.ngettext("{count} open case", "{count} open cases", len(refs)))
        if chosen:
            self.title.setText(keep_together(", ".join(refs)))
        options = [Choice(_ALL, words.gettext("All of them")), Choice(_SOME, words.gettext("Only some"))]
        fresh = ChoiceList(options if len(refs) <= _MOST_OFFERED else options[:1], keys=False, role="body")
        fresh.picked.connect(lambda _: self._picked())
        replace(self.body, self.way, fresh)
        self.way = fresh
        self.way.set_values([_ALL] if chosen else [])
        self.way.setVisible(bool(refs) and not chosen)
        self.empty.setVisible(not refs)
        self._offer(refs if len(refs) <= _MOST_OFFERED else ())
        self._picked()

    def _offer(self, refs: tuple[str, ...]) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=8)
        self._lists = [ChoiceList([Choice(ref, keep_together(ref))], multiple=True, keys=False) for ref in refs]
        for each in self._lists:
            each.picked.connect(lambda _: self.changed.emit())
            flow.addWidget(each)
        replace(self.body, self.some, holder)
        self.some = holder

    def _picked(self) -> None:
        self.some.setVisible(self.way.value() == _SOME)
        self.changed.emit()
