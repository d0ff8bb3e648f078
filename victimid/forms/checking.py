"""Checking forms: every problem in one go, each with its place."""

from pathlib import Path

from victimid.forms.examining import examine
from victimid.forms.problems import FormProblem

__all__ = ["FormProblem", "check"]


def check(path: Path) -> tuple[FormProblem, ...]:
    """Return all errors and warnings of a form; none for a form without fault."""
    return examine(path).problems
