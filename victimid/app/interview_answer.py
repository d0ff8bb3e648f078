"""An answer as it is recorded: what was given, with the words that stood on the screen in both languages."""

from dataclasses import dataclass
from datetime import datetime

from victimid.app.interview_text import answer_text
from victimid.forms.state import Question
from victimid.model.answer import Answer, Delivery, Kind, NonAnswer, Precision, Wording
from victimid.model.link import LinkKind


@dataclass(frozen=True, slots=True)
class Given:
    """What the person or the officer gave to one question, or why they gave nothing."""

    value: str = ""
    non_answer: NonAnswer | None = None
    own_words: str = ""
    delivery: Delivery = Delivery.READ
    precision: Precision = Precision.EXACT


def answer_of(
    questions: tuple[Question, Question], tags: tuple[str, str], given: Given, by: str, at: datetime
) -> Answer:
    """Make the record of an answer; questions and language tags are the officer's and the person's."""
    officer, person = questions
    return Answer(
        ref=officer.ref,
        value=given.value,
        non_answer=given.non_answer,
        kind=Kind(officer.vid.get("kind", Kind.STATEMENT)),
        own_words=given.own_words,
        officer_wording=_wording(tags[0], officer, given),
        person_wording=_wording(tags[1], person, given),
        delivery=given.delivery,
        by=by,
        at=at,
        precision=given.precision,
        link=_link(officer),
    )


def _link(question: Question) -> LinkKind | None:
    """Return the kind of thing a question asks for; what a form says that we do not know is left alone."""
    asked = question.vid.get("link", "")
    return LinkKind(asked) if asked in set(LinkKind) else None


def _wording(language: str, question: Question, given: Given) -> Wording:
    return Wording(language, question.label, answer_text(question, given.value, language, given.precision))
