"""What an interview shows at one moment, as plain data in the officer's and the person's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from victimid.app.attaching import AttachmentView
from victimid.app.interview_media import Said, Shelf
from victimid.app.interview_repeats import RepeatView, titles
from victimid.forms.state import Question
from victimid.model.answer import Answer, Kind, NonAnswer, Precision
from victimid.model.link import LinkKind, Shared


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One text in both languages."""

    officer: Said
    person: Said

    def unseen_by_officer(self) -> Said:
        """Return the person's side as it stands beside the officer's, where the same picture is not shown again."""
        if self.person.picture != self.officer.picture:
            return self.person
        large = self.person.large if self.person.large != self.officer.large else None
        return replace(self.person, picture=None, large=large)


@dataclass(frozen=True, slots=True)
class OptionView:
    """A choice with its label in both languages."""

    value: str
    label: SideBySide


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The question on screen with what is already recorded for it.

    ``type`` is the form engine's data type (string, int, decimal, date, select1, select, note, …), ``control`` the
    kind of control it is asked with, ``parameters`` those of the control; ``value`` the XForms instance text;
    ``refused`` tells that the form does not take the value, ``problem`` what it says against it in the officer's
    language, if anything; ``instance`` names the repeat instance the question is in, such as Child 2.
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
    refused: bool
    problem: str
    control: str = "input"
    parameters: Mapping[str, str] = field(default_factory=dict)
    precision: Precision = Precision.EXACT
    instance: str = ""
    attachment: AttachmentView | None = None
    marks: tuple[tuple[LinkKind, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """A group of questions in the outline beside the question."""

    title: str
    current: bool
    done: bool


@dataclass(frozen=True, slots=True)
class InterviewView:
    """The whole interview screen; ``question`` is None after the last one, and on the page after a ``repeat``.

    ``shared`` is what other cases have in common with the answer just given and with the one on screen.
    """

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
    repeat: RepeatView | None = None
    shared: tuple[Shared, ...] = ()


def question_view(
    questions: tuple[Question, Question], shelf: Shelf, answer: Answer | None, draft: str, tag: str = ""
) -> QuestionView:
    """Put the two languages of a question side by side with what is recorded for it; ``tag`` is the officer's."""
    officer, person = questions
    said = shelf.said
    instances = [title for title, place in zip(titles(officer, tag), officer.places, strict=True) if place]
    refused = bool(officer.value) and not officer.valid
    return QuestionView(
        ref=officer.ref,
        number=officer.number,
        type=officer.type,
        appearance=officer.appearance,
        label=SideBySide(said(officer.label_runs, officer.media), said(person.label_runs, person.media)),
        hint=SideBySide(said(officer.hint_runs, officer.hint_media), said(person.hint_runs, person.hint_media)),
        guidance=officer.guidance,
        options=tuple(
            OptionView(o.value, SideBySide(said(o.label_runs, o.media), said(p.label_runs, p.media)))
            for o, p in zip(officer.options, person.options, strict=True)
        ),
        kind=Kind(officer.vid.get("kind", Kind.STATEMENT)),
        audience=officer.vid.get("audience", "both"),
        sensitive=officer.vid.get("sensitive") == "yes",
        value=officer.value,
        non_answer=answer.non_answer if answer else None,
        own_words=answer.own_words if answer else "",
        draft=draft,
        refused=refused,
        problem=officer.message if refused else "",
        control=officer.kind,
        parameters=officer.parameters,
        precision=answer.precision if answer else Precision.EXACT,
        instance=instances[-1] if instances else "",
    )


def sections(questions: Sequence[Question], current_ref: str, tag: str) -> tuple[SectionView, ...]:
    """Outline the form by its top-level groups, each instance of a repeat for itself.

    A section is done once the interview is past it; ``tag`` is the officer's language.
    """
    groups = [(q.ref, titles(q, tag)[0]) for q in questions if q.groups]
    names = list(dict.fromkeys(name for _, name in groups))
    here = next((name for ref, name in groups if ref == current_ref), None)
    past = len(names) if current_ref not in {q.ref for q in questions} else 0
    position = names.index(here) if here is not None else past
    return tuple(SectionView(name, name == here, i < position) for i, name in enumerate(names))
