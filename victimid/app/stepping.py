"""Drives an interview by the steps of the command-line contract."""

from collections.abc import Mapping, Sequence

from victimid.app.interviewing import Interviewing
from victimid.errors import VictimIDError
from victimid.model.answer import NonAnswer

NON_ANSWER_STEPS = {
    "decline": NonAnswer.DECLINED,
    "unknown": NonAnswer.UNKNOWN,
    "not_understood": NonAnswer.NOT_UNDERSTOOD,
    "not_asked": NonAnswer.NOT_ASKED,
    "defer": NonAnswer.DEFERRED,
}


def take_steps(interview: Interviewing, steps: Sequence[Mapping[str, str]]) -> None:
    """Take every step in order; raises ``interview.bad_step`` with its number (from 1)."""
    for number, step in enumerate(steps, start=1):
        problem = _take(interview, step)
        if problem:
            raise VictimIDError("interview.bad_step", step=number)


def _take(interview: Interviewing, step: Mapping[str, str]) -> bool:
    """Take one step; returns True where it cannot be taken."""
    if "set" in step:
        view = interview.answer(step["set"], step.get("value", ""), own_words=step.get("own_words", ""))
        return view.question is not None and view.question.refused
    if "add" in step:
        interview.add_instance(step["add"])
        return False
    if "remove" in step:
        interview.remove_instance(step["remove"])
        return False
    for name, reason in NON_ANSWER_STEPS.items():
        if name in step:
            interview.skip(step[name], reason)
            return False
    return True
