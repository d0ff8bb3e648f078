"""Running a form by steps, as ``victimid form run`` does: the JSON contract of the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from victimid.clock import Clock, now
from victimid.errors import VictimIDError
from victimid.forms.form import Form
from victimid.forms.session import Session

_NON_ANSWERS: Final = frozenset({"decline", "unknown", "not_understood", "not_asked", "defer"})


def run(
    form: Form,
    steps: Sequence[Mapping[str, Any]],
    *,
    language: str | None = None,
    trace: bool = False,
    clock: Clock = now,
) -> dict[str, Any]:
    """Take the steps and return the states: after loading and after each with ``trace``, else the last.

    A non-answer leaves its question blank. Raises the error of a bad step with its ``step`` index,
    counted from 0; ``form.bad_step`` where it is none at all.
    """
    session = Session(form, clock=clock, language=language)
    states = [_state(session)] if trace else []
    for index, step in enumerate(steps):
        try:
            take(session, step)
        except VictimIDError as error:
            raise VictimIDError(error.code, **{**error.fields, "step": index}) from None
        if trace:
            states.append(_state(session))
    return {
        "form": form.id,
        "version": form.version,
        "languages": list(form.languages),
        "states": states if trace else [_state(session)],
    }


def take(session: Session, step: object) -> None:
    """Take one step."""
    if not isinstance(step, Mapping) or not all(isinstance(value, str) for value in step.values()):
        raise VictimIDError("form.bad_step")
    keys = set(step)
    if keys == {"set", "value"}:
        session.set(step["set"], step["value"])
    elif keys == {"add"}:
        session.add(step["add"])
    elif keys == {"remove"}:
        session.remove(step["remove"])
    elif keys == {"language"}:
        session.set_language(step["language"])
    elif len(keys) == 1 and keys <= _NON_ANSWERS:
        session.set(next(iter(step.values())), "")
    else:
        raise VictimIDError("form.bad_step")


def _state(session: Session) -> list[dict[str, Any]]:
    return [{**node._asdict(), "options": [asdict(each) for each in node.options]} for node in session.state()]
