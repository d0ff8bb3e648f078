"""Laws that hold for any form and any answers, on random forms."""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.form_files import clock
from tests.support.mutated_forms import mutated
from tests.support.random_forms import RandomForm
from victimid.errors import VictimIDError
from victimid.forms.form import Form
from victimid.forms.loading import from_xform, load
from victimid.forms.session import Session

SEEDS = st.integers(0, 60)
CHANCE = st.integers(0, 2**32)
TEXTS = ("", "a", "5", "12", "red", "x y", "2024-02-29", "-3.5", "<b>&", "10 20 0 0", "08:15:00.000Z")
LAWS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Step = tuple[str, str, str]
REFUSALS = (
    "form.bad_value",
    "form.readonly",
    "form.fixed_repeat",
    "form.unknown_question",
    "form.not_a_repeat",
)
ENDLESS = ("form.endless", "form.too_large", "form.too_slow")


@cache
def form(seed: int, *, pure: bool = False) -> Form:
    with tempfile.TemporaryDirectory() as folder:
        return load(RandomForm(seed, pure=pure).write(Path(folder)))


def rolled(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - reproducible on purpose


def steps(session: Session, chance: random.Random, count: int) -> list[Step]:
    """Take random steps; returns those that were accepted."""
    taken = []
    for _ in range(count):
        step = random_step(session, chance)
        if take(session, step):
            taken.append(step)
    return taken


def random_step(session: Session, chance: random.Random) -> Step:
    dice = chance.random()
    repeats = session.repeats(session.language)
    if repeats and dice < 0.15:
        return "add", chance.choice(repeats).ref, ""
    if repeats and dice < 0.2:
        repeat = chance.choice(repeats)
        return "remove", f"{repeat.ref}[{max(1, repeat.instances)}]", ""
    asked = session.questions()
    if not asked:
        return "set", "/nowhere", ""
    ref = chance.choice(asked)
    options = [option.value for option in session.node(ref).options]
    return "set", ref, chance.choice(["", *options] if options else TEXTS)


def take(session: Session, step: Step) -> bool:
    """Take a step; tells whether it was accepted."""
    kind, ref, value = step
    actions = {
        "add": lambda: session.add(ref),
        "remove": lambda: session.remove(ref),
        "set": lambda: session.set(ref, value),
    }
    code = code_of(actions[kind])
    assert code in {"", *REFUSALS}
    return not code


def code_of(action: Callable[[], object]) -> str:
    """Return the code of the refusal, blank where there was none; what never ends is raised."""
    try:
        action()
    except VictimIDError as refused:
        if refused.code in ENDLESS:
            raise
        return refused.code
    return ""


@LAWS
@given(SEEDS, CHANCE)
def test_any_steps_can_be_saved_and_read_back(seed: int, chance: int) -> None:
    session = Session(form(seed), clock=clock)
    steps(session, rolled(chance), 8)
    again = Session(form(seed), instance=session.instance_xml(), clock=clock)
    assert again.state() == session.state()
    assert again.instance_xml() == session.instance_xml()


@LAWS
@given(SEEDS, CHANCE)
def test_what_changed_alone_is_worked_out_but_all_of_it(seed: int, chance: int) -> None:
    session = Session(form(seed, pure=True), clock=clock)
    for _ in range(4):
        steps(session, rolled(chance), 2)
        assert Session(form(seed, pure=True), instance=session.instance_xml(), clock=clock).state() == session.state()


@LAWS
@given(SEEDS, CHANCE)
def test_undoing_a_step_restores_the_state(seed: int, chance: int) -> None:
    session = Session(form(seed, pure=True), clock=clock)
    dice = rolled(chance)
    steps(session, dice, 5)
    before, step = session.state(), random_step(session, dice)
    back = undone(session, step)
    # Instances that the form itself takes away lose their answers, here as in ODK.
    if "jr:count" not in session.form.xform and take(session, step) and take(session, back):
        assert session.state() == before


def undone(session: Session, step: Step) -> Step:
    """Return the step that takes a step back; removing has none."""
    kind, ref, _ = step
    if kind == "add":
        repeat = next(each for each in session.repeats(session.language) if each.ref == ref)
        return "remove", f"{ref}[{repeat.instances + 1}]", ""
    if kind == "set" and ref in session.questions():
        return "set", ref, session.node(ref).value
    return "set", "/nowhere", ""


@LAWS
@given(SEEDS, CHANCE)
def test_order_of_answers_does_not_matter(seed: int, chance: int) -> None:
    """Where each can be given first, nothing depends on which was."""
    dice = rolled(chance)
    session = Session(form(seed, pure=True), clock=clock)
    steps(session, dice, 4)
    saved = session.instance_xml()
    one, other = random_step(session, dice), random_step(session, dice)
    if one[0] != "set" or other[0] != "set" or one[1] == other[1]:
        return
    states = []
    for order in ((one, other), (other, one)):
        session = Session(form(seed, pure=True), instance=saved, clock=clock)
        accepted = [take(session, step) for step in order]
        states.append(session.state() if all(accepted) else None)
    if None not in states:
        assert states[0] == states[1]


@LAWS
@given(SEEDS, CHANCE)
def test_forms_of_other_tools_load_or_are_refused(seed: int, chance: int) -> None:
    def walk() -> None:
        session = Session(from_xform(mutated(form(seed).xform, chance)), clock=clock)
        steps(session, rolled(chance), 4)
        assert session.instance_xml(submission=True)

    with suppress_endless():
        assert code_of(walk) in {"", "form.cycle", "form.unknown_path"}


@contextmanager
def suppress_endless() -> Iterator[None]:
    """Let forms that set themselves off without end be refused while they run."""
    try:
        yield
    except VictimIDError as refused:
        if refused.code not in ENDLESS:
            raise
