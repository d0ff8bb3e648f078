"""Summary of a case: what was recorded, what a published rule says about it, and the officer's decision."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from victimid import i18n
from victimid.app import case_draft, handing_over
from victimid.app import summary as use_cases
from victimid.app.handing_over import HandoverView
from victimid.app.session import Session
from victimid.app.summary import Summary
from victimid.i18n import Words
from victimid.model.finding import Decision, Outcome
from victimid.ui.context import Context
from victimid.ui.destinations import ToDesk, ToHandOver, ToInterview, ToReferral, ToSummary
from victimid.ui.screen import SessionScreen
from victimid.ui.screens.answers import AnswersView
from victimid.ui.screens.shared_cases import SharedCases
from victimid.ui.screens.summary_cards import cards, heading
from victimid.ui.screens.summary_decision import DecisionPanel
from victimid.ui.screens.summary_handovers import HandoversCard
from victimid.ui.screens.summary_review import ReviewCard
from victimid.ui.screens.summary_signs import SignsTable
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import scrolling

_DRAFT = "decision"


@dataclass(frozen=True, slots=True)
class _Loaded:
    summary: Summary
    sign_words: Words
    verification: str
    draft: str
    handed: HandoverView


class SummaryScreen(SessionScreen):
    """Never a score, a percentage or a verdict: signs with their sources, and what the named officer decides."""

    def __init__(self, context: Context, case_ref: str) -> None:
        super().__init__(context)
        self._case_ref = case_ref
        self._loaded: _Loaded | None = None
        self._kept = ""
        self.decision: DecisionPanel | None = None
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages)
        session, language = context.session, self.words.language
        self.jobs.run(lambda: _load(session, case_ref, language), self._show, self)

    def unsaved(self) -> Callable[[], None] | None:
        """Return the work that keeps the reason and the note typed so far."""
        if self.decision is None:
            return None
        session, ref, text = self.context.session, self._case_ref, self.decision.reason.text()
        note = self.review.unsaved()
        if text == self._kept:
            return note

        def keep() -> None:
            case_draft.keep(session, ref, _DRAFT, text)
            if note is not None:
                note()

        return keep

    def _show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self._kept = loaded.draft
        self.decision = DecisionPanel(self.words, loaded.draft)
        self.decision.decided.connect(self._decide)
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scrolling(self._left(loaded)), 1)
        row.addWidget(self.decision)
        self._pages.addWidget(columns)
        self.answers = AnswersView(self.words, loaded.summary)
        self.answers.back.connect(lambda: self._pages.setCurrentIndex(0))
        self._pages.addWidget(self.answers)

    def _left(self, loaded: _Loaded) -> QWidget:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(12)
        rows.addLayout(heading(self.words, loaded.summary))
        above, below = cards(self.words, loaded.summary, loaded.verification)
        for card in (*above, HandoversCard(self.words, loaded.handed)):
            rows.addWidget(card)
        self.shared = SharedCases(self.words, margin=18)
        rows.addWidget(self.shared)
        self.shared.show_shared(loaded.summary.shared)
        self.shared.chosen.connect(lambda ref: self.go.emit(ToSummary(ref)))
        self.review = ReviewCard(self.context, self._case_ref)
        self.review.failed.connect(self.explain)
        rows.addWidget(self.review)
        self.review.refresh()
        if loaded.summary.scored:
            rows.addWidget(SignsTable(self.words, loaded.sign_words, loaded.summary.findings))
        for card in below:
            rows.addWidget(card)
        rows.addLayout(self._ways())
        rows.addStretch(1)
        return inside

    def _ways(self) -> QHBoxLayout:
        words = self.words
        row = QHBoxLayout()
        row.setSpacing(12)
        desk = Button(words.gettext("Back to the desk"))
        desk.clicked.connect(lambda: self.go.emit(ToDesk()))
        self.all_answers = Button(words.gettext("All answers"))
        self.all_answers.clicked.connect(lambda: self._pages.setCurrentIndex(1))
        self.hand_over = Button(words.gettext("Hand over"))
        self.hand_over.clicked.connect(lambda: self.go.emit(ToHandOver((self._case_ref,))))
        for button in (desk, self.all_answers, self.hand_over):
            row.addWidget(button)
        self._add_open_interview(row)
        self._add_referral(row)
        row.addStretch(1)
        return row

    def _add_open_interview(self, row: QHBoxLayout) -> None:
        summary = self._loaded.summary if self._loaded else None
        unfinished = [each.id for each in summary.interviews if each.finished_at is None] if summary else []
        if unfinished:
            go_on = Button(self.words.gettext("Go on with the interview"))
            go_on.clicked.connect(lambda: self.go.emit(ToInterview(unfinished[-1])))
            row.addWidget(go_on)

    def _add_referral(self, row: QHBoxLayout) -> None:
        decided = self._loaded.summary.decision if self._loaded else None
        if decided is not None and decided.outcome is Outcome.REFER:
            refer = Button(self.words.gettext("To the referral"))
            refer.clicked.connect(lambda: self.go.emit(ToReferral(self._case_ref)))
            row.addWidget(refer)

    def _decide(self, outcome: Outcome, reason: str) -> None:
        loaded, session = self._loaded, self.context.session
        if loaded is not None:
            self.jobs.run(lambda: _decide(session, loaded.summary, outcome, reason), self._decided, self)

    def _decided(self, decision: Decision) -> None:
        self._kept = self.decision.reason.text() if self.decision else ""
        refer = decision.outcome is Outcome.REFER
        self.go.emit(ToReferral(self._case_ref) if refer else ToDesk())


def _load(session: Session, case_ref: str, language: str) -> _Loaded:
    summary = use_cases.summarise(session, case_ref, language)
    rule_set = session.content.rule_set(child=summary.child)
    sign_words = i18n.load("forms", language)
    return _Loaded(
        summary,
        sign_words,
        sign_words.gettext(rule_set.verification),
        case_draft.read(session, case_ref, _DRAFT),
        handing_over.of_case(session, case_ref),
    )


def _decide(session: Session, summary: Summary, outcome: Outcome, reason: str) -> Decision:
    decision = use_cases.decide(session, summary, outcome, reason)
    case_draft.keep(session, summary.case.ref, _DRAFT, "")
    return decision
