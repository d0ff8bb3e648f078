"""One way from a file to a compiled form, noting every problem with its place on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from victimid.clock import now
from victimid.errors import VictimIDError
from victimid.forms import limits, media
from victimid.forms.beside import Beside
from victimid.forms.files import content_of
from victimid.forms.live.world import World
from victimid.forms.nodes import Node
from victimid.forms.problems import FormProblem, of_error
from victimid.forms.safexml import Element, child, parse, to_text
from victimid.forms.workbook import book as books
from victimid.forms.workbook.book import Row, Workbook
from victimid.forms.workbook.comparisons import unknown_choices
from victimid.forms.workbook.converter import xform as converted
from victimid.forms.workbook.mending import mended
from victimid.forms.workbook.rules import list_name, row_problems
from victimid.forms.workbook.survey import Question, Survey, column_of, survey
from victimid.forms.workbook.translating import Translation, translated
from victimid.forms.xform import external
from victimid.forms.xform.build import Built, assemble
from victimid.forms.xform.instances import csv_lists, embed
from victimid.forms.xpath.code import Boolean, Scene


@dataclass(frozen=True, slots=True)
class Examined:
    """A file with all its problems, and the form where there is no error; ``media`` is by SHA-256."""

    problems: tuple[FormProblem, ...]
    built: Built | None
    xform: str
    media: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def first_error(self) -> FormProblem | None:
        """Return the first problem that keeps the form from being used."""
        return next((each for each in self.problems if each.severity == "error"), None)


def examine(path: Path, translations: Sequence[Translation] = ()) -> Examined:
    """Read, check, convert and compile a form."""
    try:
        if path.suffix.lower() == ".xml":
            return _xform(parse(content_of(path)), path)
        return _workbook(books.read(path), path, translations)
    except VictimIDError as error:
        return Examined((of_error(error),), None, "")


def _workbook(book: Workbook, path: Path, translations: Sequence[Translation]) -> Examined:
    """Examine rows first, errors before warnings; a last line says where more was left out than can be gone through."""
    rows = survey(book)
    found = chain(row_problems(book, rows), unknown_choices(book, rows))
    problems = list(islice(found, limits.PROBLEMS))
    more = [FormProblem("warning", "form.more_problems", {"limit": limits.PROBLEMS}) for _ in islice(found, 1)]
    if any(each.severity == "error" for each in problems):
        hidden = [] if more else _hidden(book, problems, path)
        return Examined((*problems, *hidden, *more), None, "")
    book = translated(book, translations)
    form = _xform(converted(book), path, book)
    return Examined((*problems, *_placed(form.problems, rows), *more), form.built, form.xform, form.media)


def _hidden(book: Workbook, problems: Sequence[FormProblem], path: Path) -> list[FormProblem]:
    """Find what only shows after conversion, as far as the errors of the rows let one see it."""
    book = mended(book, problems)
    rows = survey(book)
    try:
        found = _xform(converted(book), path, book)
    except VictimIDError:
        return []
    known = {(each.sheet, each.row, each.column) for each in problems}
    return [each for each in _placed(found.problems, rows) if (each.sheet, each.row, each.column) not in known]


def _external(book: Workbook) -> external.Lists:
    lists: dict[str, list[Row]] = {}
    for _, row in book.sheet("external_choices").numbered():
        lists.setdefault(list_name(row), []).append(row)
    return lists


def _xform(root: Element, path: Path, book: Workbook | None = None) -> Examined:
    beside = Beside(path)
    missing = _embedded(root, beside, _external(book) if book is not None else None)
    model = _model(root)
    collected = media.bring_in(model, beside) if model is not None else media.Collected()
    built = assemble(root)
    problems = [
        *(of_error(error) for error in built.problems),
        *(FormProblem("warning", error.code, dict(error.fields)) for error in built.warnings),
        *(FormProblem("warning", "form.missing_file", {"file": name[:200]}) for name in missing),
        *media.problems(collected.wrong, book),
        *_dead_references(built),
        *_unreachable(built),
    ]
    return Examined(tuple(problems), built, to_text(root), collected.contents)


def _model(root: Element) -> Element | None:
    head = child(root, "head")
    return child(head, "model") if head is not None else None


def _embedded(root: Element, beside: Beside, outside: external.Lists | None) -> list[str]:
    model = _model(root)
    if model is None:
        return []
    missing = embed(model, beside.read)
    asked = external.queries(root)
    if asked and outside is None:
        content = beside.read(external.ITEMSETS_FILE)
        missing += [] if content is not None else [external.ITEMSETS_FILE]
        outside = csv_lists(content, external.ITEMSETS_FILE) if content is not None else {}
    external.bring_in(model, asked, outside if asked and outside is not None else {})
    return missing


def _dead_references(built: Built) -> list[FormProblem]:
    found = dict.fromkeys(built.missing)
    return [
        FormProblem("warning", "form.dead_reference", {"node": node, "property": place, "reference": path[:200]})
        for node, place, path in found
    ]


def _unreachable(built: Built) -> list[FormProblem]:
    """Warn of questions whose relevance reads no answer and is false."""
    model = built.model
    nowhere = Node("", None, "")
    scene = Scene(World(model, now, model.default_language), nowhere)
    return [
        FormProblem("warning", "form.unreachable", {"name": each.name, "node": each.path, "property": "relevant"})
        for each in model.definitions
        if each.relevance_fixed and each.relevant is not None and not _holds(each.relevant, nowhere, scene)
    ]


def _graver(problem: FormProblem) -> FormProblem:
    """Make an error of a question that needs itself, while its author is at work; finished XForms only warn."""
    itself = problem.code == "form.cycle" and problem.fields["fields"] == problem.fields["node"]
    return replace(problem, severity="error") if itself else problem


def _holds(condition: Boolean, node: Node, scene: Scene) -> bool:
    try:
        return condition(node, scene)
    except VictimIDError:  # what is too slow or too large is refused when the form runs
        return True


def _placed(problems: Sequence[FormProblem], rows: Survey) -> list[FormProblem]:
    """Find the rows and columns that problems of the converted form come from."""
    questions = {each.path: each for each in reversed(rows.questions)}
    return [_at_row(_graver(each), questions) for each in problems]


def _at_row(problem: FormProblem, questions: Mapping[str, Question]) -> FormProblem:
    inner = str(problem.fields.get("node", "")).removeprefix("/").partition("/")[2]
    question = questions.get(f"/data/{inner}")
    if question is None:
        return problem
    column = column_of(question.row, str(problem.fields.get("property", "")) or "calculate")
    return FormProblem(problem.severity, problem.code, problem.fields, "survey", question.number, column)
