"""What a screen or a script sees of a form: nodes with their state, questions, options, marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from victimid.forms.markup import Run


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with its label in the language asked for, as it stands in the form."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice as a screen shows it; label, runs and media are as in `Question`."""

    value: str
    label: str
    label_runs: tuple[Run, ...] = ()
    media: Mapping[str, str] = field(default_factory=dict)


class NodeState(NamedTuple):
    """State of one node, a tuple because many are made after every answer.

    Labels are plain text, None where the form has none; groups have no value. ``hint`` is all the hint
    says, guidance included, as in ODK's engine; ``Question`` keeps them apart.
    """

    ref: str
    kind: str
    relevant: bool
    readonly: bool
    required: bool
    value: str
    valid: bool
    label: str | None
    hint: str | None
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one language.

    ``number`` is its 1-based place among all questions of the form, the same in every run;
    ``groups`` are the labels of the groups around it, ``places`` beside them the 1-based place in a
    repeat or 0; ``vid`` the attributes of our namespace; ``parameters`` those of the control, such as the ends
    of a range; ``message`` says what is wrong while ``valid`` is False. Texts are plain: ``label_runs`` is the
    label with its styles, ``media`` the names of the files shown with it, by ``image``, ``big-image``, ``audio``
    or ``video``; the same of the hint.
    """

    ref: str
    name: str
    kind: str
    type: str
    appearance: str
    label: str
    hint: str
    guidance: str
    options: tuple[Offer, ...]
    value: str
    required: bool
    readonly: bool
    valid: bool
    message: str
    number: int
    groups: tuple[str, ...]
    vid: Mapping[str, str]
    places: tuple[int, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    label_runs: tuple[Run, ...] = ()
    media: Mapping[str, str] = field(default_factory=dict)
    hint_runs: tuple[Run, ...] = ()
    hint_media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RepeatState:
    """A group that repeats, in one place of the instance; ``ref`` is what ``Session.add`` takes.

    ``last_ref`` is the question after which it ends, blank where there is none before its end.
    """

    ref: str
    label: str
    instances: int
    can_add: bool
    can_remove: bool
    last_ref: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that an answer raises."""

    sign: str
    ref: str
