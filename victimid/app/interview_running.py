"""What is held of an interview while it runs: its form as answered so far, its languages, where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager

from victimid.app import interview_repeats
from victimid.app.form_languages import matching
from victimid.app.session import Session
from victimid.errors import VictimIDError
from victimid.forms.form import Form
from victimid.forms.session import Session as FormSession
from victimid.forms.state import Question
from victimid.model.interview import Interview

END = "end"


class Running:
    """State of the interview at hand; ``position`` is a stop, empty at the start or ``END``.

    ``answered`` is the question last answered since the interview went on.
    """

    def __init__(self, session: Session, interview: Interview, form: Form) -> None:
        self.session = session
        self.interview = interview
        self.form = form
        self.state = self._restored(interview.instance)
        self.position = interview.position
        self.answered = ""
        self.officer_tag = interview.officer_language
        # Before a person's language is known, as in the first line, both sides read the officer's.
        self.person_tag = interview.person_language or interview.officer_language
        self.officer = matching(form.languages, form.default_language, self.officer_tag)
        self.person = matching(form.languages, form.default_language, self.person_tag)

    def stops(self) -> tuple[str, ...]:
        """List where the interview can stand now, in order."""
        return interview_repeats.stops(self.state, self.officer)

    def stop(self, stops: tuple[str, ...]) -> str:
        """Return where it stands among the stops there are."""
        if self.position == END or not stops:
            return END
        return self.position if self.position in stops else stops[0]

    def ask(self, ref: str) -> Question:
        """Return a question in the officer's language."""
        return self.state.question(ref, self.officer)

    def ask_both(self, ref: str) -> tuple[Question, Question]:
        """Return a question in the officer's and in the person's language."""
        return self.ask(ref), self.state.question(ref, self.person)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Let the form go back to what it was where a change cannot be kept."""
        before, position = self.state.instance_xml(), self.position
        try:
            yield
        except VictimIDError:
            self.state, self.position = self._restored(before), position
            raise

    def _restored(self, instance: str) -> FormSession:
        return FormSession(self.form, instance=instance or None, clock=self.session.clock)


def after(stops: tuple[str, ...], stop: str) -> str:
    """Return the stop that follows another, the first where that one is no more."""
    if stop == END:
        return END
    index = stops.index(stop) + 1 if stop in stops else 0
    return stops[index] if index < len(stops) else END


def before(stops: tuple[str, ...], stop: str) -> str:
    """Return the stop before another, the first where there is none before."""
    index = len(stops) if stop == END else stops.index(stop)
    return stops[max(index - 1, 0)]
