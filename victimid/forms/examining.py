"""One way from a file to a compiled form, noting every problem with its place on the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.problems import FormProblem, of_error
from victimid.forms.safexml import Element, child, parse, to_text
from victimid.forms.workbook import book as books
from victimid.forms.workbook.book import Workbook
from victimid.forms.workbook.converter import xform as converted
from victimid.forms.workbook.rules import row_problems
from victimid.forms.workbook.survey import Question, Survey, column_of, survey
from victimid.forms.workbook.translating import Translation, translated
from victimid.forms.xform.build import Built, assemble
from victimid.forms.xform.instances import embed


@dataclass(frozen=True, slots=True)
class Examined:
    """A file with all its problems, and the form where there is no error."""

    problems: tuple[FormProblem, ...]
    built: Built | None
    xform: str

    def first_error(self) -> FormProblem | None:
        """Return the first problem that keeps the form from being used."""
        return next((each for each in self.problems if each.severity == "error"), None)


def examine(path: Path, translations: Sequence[Translation] = ()) -> Examined:
    """Read, check, convert and compile a form."""
    try:
        if path.suffix.lower() == ".xml":
            return _xform(parse(_bytes(path)), path)
        return _workbook(books.read(path), path, translations)
    except VictimIDError as error:
        return Examined((of_error(error),), None, "")


def _bytes(path: Path) -> bytes:
    try:
        limits.require(limits.FILE_BYTES, path.stat().st_size, "bytes")
        return path.read_bytes()
    except OSError:
        raise VictimIDError("form.file_not_found") from None


def _workbook(book: Workbook, path: Path, translations: Sequence[Translation]) -> Examined:
    rows = survey(book)
    problems = row_problems(book, rows)
    if any(each.severity == "error" for each in problems):
        return Examined(tuple(problems), None, "")
    xform = converted(translated(book, translations))
    found = _xform(parse(xform.encode()), path)
    placed = [_placed(each, rows) for each in found.problems]
    return Examined((*problems, *placed), found.built, found.xform)


def _xform(root: Element, path: Path) -> Examined:
    missing = _embedded(root, path)
    built = assemble(root)
    problems = [
        *(of_error(error) for error in built.problems),
        *(FormProblem("warning", "form.missing_file", {"file": name[:200]}) for name in missing),
        *_dead_references(built),
    ]
    return Examined(tuple(problems), built, to_text(root))


def _embedded(root: Element, path: Path) -> list[str]:
    head = child(root, "head")
    model = child(head, "model") if head is not None else None
    return embed(model, _beside(path)) if model is not None else []


def _beside(path: Path) -> Callable[[str], bytes | None]:
    def read(name: str) -> bytes | None:
        if not name or name.startswith("."):
            return None
        found = path.parent / Path(name).name
        return _bytes(found) if found.is_file() else None

    return read


def _dead_references(built: Built) -> list[FormProblem]:
    found = dict.fromkeys(built.missing)
    return [
        FormProblem("warning", "form.dead_reference", {"node": node, "property": place, "reference": path[:200]})
        for node, place, path in found
    ]


def _placed(problem: FormProblem, rows: Survey) -> FormProblem:
    """Find the row and column that a problem of the converted form comes from."""
    node = str(problem.fields.get("node", ""))
    question = _question(node, rows)
    if question is None:
        return problem
    column = column_of(question.row, str(problem.fields.get("property", "")) or "calculate")
    return FormProblem(problem.severity, problem.code, problem.fields, "survey", question.number, column)


def _question(node: str, rows: Survey) -> Question | None:
    inner = node.removeprefix("/").partition("/")[2]
    return next((each for each in rows.questions if each.path == f"/data/{inner}"), None)
