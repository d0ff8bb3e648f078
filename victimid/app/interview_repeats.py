"""Repeats in a talk: after the last question of one comes a page that asks whether there is another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from victimid import formats
from victimid.app.interview_text import answer_text
from victimid.forms.session import Session as FormSession
from victimid.forms.state import Question, RepeatState

_PAGE = "[+]"
_TOLD = 2


@dataclass(frozen=True, slots=True)
class InstanceView:
    """One instance of a repeat: its numbered title, and its first answers to tell it by."""

    ref: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RepeatView:
    """The page after a repeat, in the officer's language; ``person`` is its name in the person's."""

    ref: str
    label: str
    person: str
    instances: tuple[InstanceView, ...]
    can_add: bool
    can_remove: bool


def page(repeat_ref: str) -> str:
    """Name the page after a repeat, as a place to stand at in a talk."""
    return repeat_ref + _PAGE


def stops(state: FormSession, language: str) -> tuple[str, ...]:
    """List where a talk can stand, in order: questions, and pages after repeats that the officer may change."""
    pages: dict[str, list[str]] = {}
    for repeat in state.repeats(language):
        if repeat.can_add or repeat.can_remove:
            pages.setdefault(repeat.last_ref, []).append(page(repeat.ref))
    found = list(pages.get("", ()))
    for ref in state.questions():
        found += [ref, *pages.get(ref, ())]
    return tuple(found)


def is_page(stop: str) -> bool:
    """Tell a page after a repeat from a question."""
    return stop.endswith(_PAGE)


def within(ref: str, instance_ref: str) -> bool:
    """Tell whether a question, or a page, belongs to a repeat instance."""
    return ref.startswith(f"{instance_ref}/")


def after_removal(instance_ref: str) -> Callable[[str], str | None]:
    """Return where each reference leads once an instance is removed: those after it move up, its own lead nowhere."""
    repeat, _, position = instance_ref.rpartition("[")
    removed = int(position.rstrip("]"))

    def where(ref: str) -> str | None:
        if not ref.startswith(f"{repeat}["):
            return ref
        own, _, rest = ref.removeprefix(f"{repeat}[").partition("]")
        if not own.isdecimal() or int(own) < removed:
            return ref
        return None if int(own) == removed else f"{repeat}[{int(own) - 1}]{rest}"

    return where


def titles(question: Question, language: str) -> tuple[str, ...]:
    """Name the groups around a question, with the number of the instance where they repeat."""
    named = zip(question.groups, question.places, strict=True)
    return tuple(numbered(label, place, language) if place else label for label, place in named)


def numbered(label: str, place: int, language: str) -> str:
    """Add its number to the name of an instance, unless the form itself says it."""
    number = formats.number(place, language)
    return label if number in label else f"{label} {number}".strip()


def repeat_view(state: FormSession, stop: str, languages: tuple[str, str], tag: str) -> RepeatView:
    """Describe the page after a repeat; ``languages`` are the officer's and the person's as the form names them."""
    ref = stop.removesuffix(_PAGE)
    officer, person = (_found(state.repeats(language), ref) for language in languages)
    refs = [f"{ref}[{place}]" for place in range(1, officer.instances + 1)]
    asked = [state.question(each, languages[0]) for each in state.questions() if each.startswith(f"{ref}[")]
    return RepeatView(
        ref=ref,
        label=officer.label,
        person=person.label,
        instances=tuple(
            _instance(numbered(officer.label, place, tag), each, [q for q in asked if within(q.ref, each)], tag)
            for place, each in enumerate(refs, 1)
        ),
        can_add=officer.can_add,
        can_remove=officer.can_remove,
    )


def _instance(title: str, ref: str, questions: Sequence[Question], tag: str) -> InstanceView:
    told = [text for question in questions if (text := answer_text(question, question.value, tag))]
    return InstanceView(ref, title, " · ".join(told[:_TOLD]))


def _found(repeats: Sequence[RepeatState], ref: str) -> RepeatState:
    return next(repeat for repeat in repeats if repeat.ref == ref)
