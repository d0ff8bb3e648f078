"""Forms as their authors handle them: list, check, convert, run step by step."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from victimid.app.content import OWN_FORMS, Content, form_translations
from victimid.app.json_files import read_json
from victimid.errors import VictimIDError
from victimid.forms import checking, converting, loading, steps
from victimid.forms.checking import FormProblem
from victimid.forms.form import Form


def find(content: Content, name: str) -> Form:
    """Load one of our own forms by its id, or a form file by its path; raises ``form.*``."""
    return content.own_form(name) if name in OWN_FORMS else load_file(Path(name))


def load_file(path: Path) -> Form:
    """Load an agency's own questionnaire; raises ``form.*`` with sheet, row and column where known."""
    return loading.load(path)


def check(content: Content, name: str) -> tuple[FormProblem, ...]:
    """Report every problem of a form in one go."""
    return checking.check(content.own_form_path(name) if name in OWN_FORMS else Path(name))


def convert(content: Content, name: str, target: Path) -> None:
    """Write a form as a multi-language .xlsx for other tools; raises ``file.exists``."""
    if target.exists():
        raise VictimIDError("file.exists", name=target.name)
    if name in OWN_FORMS:
        converting.write_xlsx(content.own_form_path(name), form_translations(), target)
    else:
        converting.write_xlsx(Path(name), (), target)


def run(form: Form, given: Sequence[Mapping[str, str]], *, language: str | None, trace: bool) -> Mapping[str, object]:
    """Run a form through steps and return its states (see the command-line contract)."""
    return steps.run(form, [dict(step) for step in given], language=language, trace=trace)


def read_steps(path: Path) -> tuple[Mapping[str, str], ...]:
    """Read a steps file; raises ``program.file_missing``, ``program.bad_json``, ``program.bad_file``."""
    read = read_json(path)
    if not isinstance(read, list) or not all(_is_step(step) for step in read):
        raise VictimIDError("program.bad_file", name=path.name, field="step")
    return tuple(read)


def _is_step(step: object) -> bool:
    return isinstance(step, dict) and all(isinstance(k, str) and isinstance(v, str) for k, v in step.items())
