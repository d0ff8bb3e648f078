"""Before the talk: which form, which languages, in which case."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from victimid.app import form_choice
from victimid.app.form_choice import ChosenForm, FormOffer, FormProblem, LanguageOffer
from victimid.app.messages import sentence
from victimid.errors import VictimIDError
from victimid.ui.context import Context
from victimid.ui.destinations import ToDesk, ToInterview
from victimid.ui.screen import SessionScreen
from victimid.ui.screens.centred import centred
from victimid.ui.screens.language_picker import LanguagePicker
from victimid.ui.screens.new_interview_form import FormPicker
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.frames import Card, scrolling
from victimid.ui.widgets.text import keep_together, label


class NewInterviewScreen(SessionScreen):
    """Form and languages are chosen with the person; nothing is recorded before the interview begins."""

    def __init__(self, context: Context, case_ref: str = "") -> None:
        super().__init__(context)
        self._case_ref = case_ref
        self._wanted: FormOffer | None = None
        self._chosen: ChosenForm | None = None
        words = self.words
        self.forms = FormPicker(words)
        self.officer = LanguagePicker(words, words.gettext("Your language"), words.language)
        self.person = LanguagePicker(words, words.gettext("Language of the person"))
        self.begin = Button(words.gettext("Begin the interview"), "primary", "Ctrl+Return", shown_key="Ctrl Enter")
        self._note = label("", "muted")
        self._build()
        self.forms.chosen.connect(self._load)
        self.forms.file_chosen.connect(self._open_file)
        for picker in (self.officer, self.person):
            picker.picked.connect(lambda _: self._refresh())
        self.begin.clicked.connect(self._begin)
        session, language = context.session, words.language
        self.jobs.run(
            lambda: (form_choice.offers(session, language), form_choice.case_language(session, case_ref)),
            self._show_forms,
            self,
        )

    def _build(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(28, 24, 28, 24)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(16)
        grid.addLayout(self._heading(), 0, 0, 1, 3)
        for column, part in enumerate((self.forms, self.person, self.officer)):
            grid.addWidget(part, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(2, 1)
        self.body.addWidget(scrolling(inside), 1)
        self.body.addWidget(self._footer())

    def _heading(self) -> QVBoxLayout:
        words = self.words
        rows = QVBoxLayout()
        rows.setSpacing(8)
        if self._case_ref:
            title = words.gettext("New interview in case {reference}", reference=keep_together(self._case_ref))
        else:
            title = words.gettext("New interview in a new case")
        rows.addWidget(label(title, "title"))
        advice = words.gettext(
            "Find a quiet place where the person is alone with you. Let the person point to their language. Nobody who "
            "came with them interprets."
        )
        rows.addWidget(label(advice, "muted"))
        return rows

    def _footer(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(28, 12, 28, 12)
        row.setSpacing(16)
        back = Button(self.words.gettext("Back to the desk"))
        back.clicked.connect(lambda: self.go.emit(ToDesk()))
        row.addWidget(back)
        row.addWidget(self._note, 1)
        row.addWidget(self.begin)
        return bar

    def _show_forms(self, found: tuple[tuple[FormOffer, ...], str]) -> None:
        offers, person = found
        self.person.choose(person)
        self.forms.show_offers(offers)
        self.forms.choose_first()

    def _load(self, offer: FormOffer | None) -> None:
        """Load a form that was picked; the officer may pick another meanwhile."""
        self._wanted = offer
        self._take(None)
        session = self.context.session
        if offer is not None:
            self.jobs.run(lambda: form_choice.load(session, offer), partial(self._loaded, offer), self)

    def _loaded(self, offer: FormOffer, chosen: ChosenForm) -> None:
        if self._wanted is offer:
            self._take(chosen)

    def _take(self, chosen: ChosenForm | None) -> None:
        self._chosen = chosen
        if chosen is not None:
            offered = form_choice.languages_for(chosen)
            self.officer.show_offers(offered)
            self.person.show_offers(offered)
        self._refresh()

    def _open_file(self, path: Path) -> None:
        self._take(None)
        self.jobs.run(lambda: form_choice.from_file(path), self._opened, self, lambda error: self._examine(path, error))

    def _opened(self, chosen: ChosenForm) -> None:
        self.forms.show_file(chosen)
        self._take(chosen)

    def _examine(self, path: Path, error: VictimIDError) -> None:
        """Tell every fault of the file in one go; a file that cannot be examined at all has but one."""

        def show(found: tuple[FormProblem, ...]) -> None:
            errors = [problem.error() for problem in found] or [error]
            self.forms.show_problems([sentence(self.words, each) for each in errors])

        only_one = partial(show, ())
        self.jobs.run(lambda: form_choice.problems(path), show, self, lambda _: only_one())

    def _refresh(self) -> None:
        ready = self._chosen is not None and bool(self.person.value()) and bool(self.officer.value())
        self.begin.setEnabled(ready)
        self._note.setText(self._advice())

    def _advice(self) -> str:
        words = self.words
        if self._chosen is None:
            return "" if self._wanted else words.gettext("Choose a form first.")
        if not self.person.value():
            return words.gettext("Choose the language of the person.")
        language = self._chosen_language(self._chosen)
        if language is not None and not language.in_form:
            return words.gettext(
                "This form is not in that language: its questions will show in the form's own language."
            )
        if language is not None and language.draft:
            return words.gettext("The questions in that language are a draft: check that the person understands.")
        return ""

    def _chosen_language(self, chosen: ChosenForm) -> LanguageOffer | None:
        tag = self.person.value()
        return next((found for found in form_choice.languages_for(chosen) if found.tag == tag), None)

    def _begin(self) -> None:
        chosen, session, ref = self._chosen, self.context.session, self._case_ref
        if chosen is None:
            return
        self.begin.setEnabled(False)
        officer, person = self.officer.value(), self.person.value()
        self.jobs.run(
            lambda: form_choice.begin_interview(session, chosen.form, officer, person, ref),
            lambda interview_id: self.go.emit(ToInterview(interview_id)),
            self,
            self._not_begun,
        )

    def _not_begun(self, error: VictimIDError) -> None:
        self.explain(error)
        self._refresh()


class FirstLineScreen(SessionScreen):
    """A word before the minute of looking; the case is opened only when the officer begins."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = self.words
        self.begin = Button(words.gettext("Begin"), "primary", "Enter")
        self.begin.clicked.connect(self._begin)
        back = Button(words.gettext("Back to the desk"))
        back.clicked.connect(lambda: self.go.emit(ToDesk()))
        card = Card(margin=28, spacing=16)
        card.body.addWidget(label(words.gettext("First line: about a minute"), "title"))
        card.body.addWidget(label(self._advice()))
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self.begin)
        card.body.addLayout(row)
        self.body.addWidget(centred(card), 1)

    def _advice(self) -> str:
        return self.words.gettext(
            "Note only what you see. Ask nothing about what may have happened, and let nobody notice. At the end you "
            "decide whether to hand over to the second line."
        )

    def _begin(self) -> None:
        session, language = self.context.session, self.words.language
        self.begin.setEnabled(False)
        self.jobs.run(lambda: form_choice.begin_first_line(session, language), self._begun, self, self._not_begun)

    def _begun(self, interview_id: str) -> None:
        self.go.emit(ToInterview(interview_id))

    def _not_begun(self, error: VictimIDError) -> None:
        self.begin.setEnabled(True)
        self.explain(error)
