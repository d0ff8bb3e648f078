"""The table of signs: each group with the answers that raised them and what the published rule says."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.document_words import dimension_title
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.answer import Kind
from victimid.model.finding import DimensionFinding, Findings, RaisedSign
from victimid.ui.screens import interview_words, summary_words
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.frames import Card, Tag, line
from victimid.ui.widgets.text import label


class SignsTable(Card):
    """Groups in the order of the rule; a group without signs says so and no more."""

    def __init__(self, words: Words, sign_words: Words, findings: Findings) -> None:
        super().__init__(margin=20)
        self._words, self._sign_words = words, sign_words
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for column, stretch in ((0, 3), (1, 6), (2, 2)):
            grid.setColumnStretch(column, stretch)
        heads = (
            words.gettext("Group of signs"),
            words.gettext("Signs, and where they come from"),
            words.gettext("Published rule"),
        )
        for column, head in enumerate(heads):
            grid.addWidget(label(head, "caption"), 0, column)
        for number, found in enumerate(findings.dimensions):
            self._add(grid, 2 * number + 1, found)
        self.body.addLayout(grid)

    def _add(self, grid: QGridLayout, row: int, found: DimensionFinding) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(line(), row, 0, 1, 3)
        grid.addWidget(label(dimension_title(self._words, found.dimension), "strong"), row + 1, 0, top)
        grid.addWidget(self._signs(found), row + 1, 1, top)
        grid.addWidget(self._rule(found), row + 1, 2, top)

    def _signs(self, found: DimensionFinding) -> QWidget:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for raised in found.signs:
            rows.addWidget(self._sign(raised, weighed=found.met is not None))
        if not found.signs:
            rows.addWidget(label(self._words.gettext("none recorded"), "muted"))
        return holder

    def _sign(self, raised: RaisedSign, *, weighed: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(self._sign_words.gettext(raised.sign.text)), 1, Qt.AlignmentFlag.AlignTop)
        tags = QVBoxLayout()
        tags.setSpacing(4)
        for item in raised.evidence:
            tone: Tone = "primary" if item.kind is Kind.STATEMENT else "neutral"
            tags.addWidget(Tag(interview_words.source_tag(self._words, item.kind, item.number), tone))
        tags.addStretch(1)
        row.addLayout(tags)
        if weighed:
            weight = label(summary_words.strength(self._words, raised.strength), "caption", wrap=False)
            row.addWidget(weight, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _rule(self, found: DimensionFinding) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        tone: Tone = "attention" if found.met and not found.context_only else "neutral"
        row.addWidget(Tag(summary_words.rule_state(self._words, found), tone))
        row.addStretch(1)
        return holder


def unknown_signs(words: Words, findings: Findings) -> str:
    """Name signs that the catalogue does not know; they count for nothing."""
    if not findings.unknown_signs:
        return ""
    names = ", ".join(isolated(name) for name in findings.unknown_signs)
    return words.gettext(
        "The form raises signs this program does not know; they count for nothing: {names}", names=names
    )
