"""What an interview shows at one moment, as plain data in the officer's and the person's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from victimid.forms.state import Question
from victimid.model.answer import Answer, Kind, NonAnswer


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One text in both languages."""

    officer: str
    person: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """A choice with its label in both languages."""

    value: str
    label: SideBySide


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The question on screen with what is already recorded for it.

    ``type`` is the form engine's data type (string, int, decimal, date, select1, select, note, …); ``value`` the
    XForms instance text; ``problem`` what the form says against the value, in the officer's language.
    """

    ref: str
    number: int
    type: str
    appearance: str
    label: SideBySide
    hint: SideBySide
    guidance: str
    options: tuple[OptionView, ...]
    kind: Kind
    audience: str
    sensitive: bool
    value: str
    non_answer: NonAnswer | None
    own_words: str
    draft: str
    problem: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A group of questions in the outline beside the question."""

    title: str
    current: bool
    done: bool


@dataclass(frozen=True, slots=True)
class InterviewView:
    """The whole interview screen; ``question`` is None after the last one."""

    interview_id: str
    case_ref: str
    form_id: str
    form_title: str
    officer_language: str
    person_language: str
    question: QuestionView | None
    position: int
    total: int
    sections: tuple[SectionView, ...]
    finished: bool


def question_view(officer: Question, person: Question, answer: Answer | None, draft: str) -> QuestionView:
    """Put the two languages of a question side by side with what is recorded for it."""
    return QuestionView(
        ref=officer.ref,
        number=officer.number,
        type=officer.type,
        appearance=officer.appearance,
        label=SideBySide(officer.label, person.label),
        hint=SideBySide(officer.hint, person.hint),
        guidance=officer.guidance,
        options=tuple(
            OptionView(o.value, SideBySide(o.label, p.label))
            for o, p in zip(officer.options, person.options, strict=True)
        ),
        kind=Kind(officer.vid.get("kind", Kind.STATEMENT)),
        audience=officer.vid.get("audience", "both"),
        sensitive=officer.vid.get("sensitive") == "yes",
        value=officer.value,
        non_answer=answer.non_answer if answer else None,
        own_words=answer.own_words if answer else "",
        draft=draft,
        problem="" if officer.valid or not officer.value else officer.message,
    )


def sections(questions: Sequence[Question], current_ref: str) -> tuple[SectionView, ...]:
    """Outline the form by its top-level groups; a section is done once the interview is past it."""
    titles = list(dict.fromkeys(q.groups[0] for q in questions if q.groups))
    here = next((q.groups[0] for q in questions if q.ref == current_ref and q.groups), None)
    past = len(titles) if current_ref not in {q.ref for q in questions} else 0
    position = titles.index(here) if here is not None else past
    return tuple(SectionView(t, t == here, i < position) for i, t in enumerate(titles))


def answer_text(question: Question, value: str) -> str:
    """Return an answer in words: the labels of the chosen options, or the value itself."""
    if not question.options or not value:
        return value
    labels = {option.value: option.label for option in question.options}
    chosen = value.split() if question.type in {"select", "rank"} else [value]
    return ", ".join(labels.get(item, item) for item in chosen)
