"""The survey sheet as a tree of names: which row asks which question, in which group."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from victimid.forms.workbook.book import Row, Workbook

REFERENCE: Final = re.compile(r"\$\{(last-saved#)?([^}]*)\}")
_PLAIN: Final = re.compile(r"[\w.\-]+")
_BEGIN: Final = re.compile(r"begin[ _](group|repeat|loop|lgroup|looped group)\b(.*)", re.IGNORECASE)
_END: Final = re.compile(r"end[ _](group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
_SELECT: Final = re.compile(
    r"(select[ _]one|select[ _]multiple|select1|select all that apply|select one|rank)"
    r"([ _]from[ _]file)?(?: from)?\s+(\S+)(\s+or[ _]other|\s+or specify other)?\s*",
    re.IGNORECASE,
)
COLUMNS: Final = {
    "relevant": "relevant",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "constraint": "constraint",
    "bind::constraint": "constraint",
    "calculation": "calculate",
    "calculate": "calculate",
    "bind::calculate": "calculate",
    "required": "required",
    "bind::required": "required",
    "readonly": "readonly",
    "read_only": "readonly",
    "bind::readonly": "readonly",
    "choice_filter": "itemset",
    "repeat_count": "repeat_count",
    "jr:count": "repeat_count",
    "bind::vid:when": "vid:when",
}
TRUTHS: Final = frozenset({"yes", "no", "true", "false", "true()", "false()", "y", "n", "t", "f"})
TEXTS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the survey sheet with the path of its node."""

    number: int
    row: Row
    type: str
    name: str
    path: str
    group: str
    begins: bool

    @property
    def list_name(self) -> str:
        """The choice list or file that a select asks from, blank for other types."""
        match = _SELECT.fullmatch(self.type)
        return match.group(3) if match else ""

    @property
    def or_other(self) -> bool:
        """Tell whether another answer than the choices can be written in."""
        match = _SELECT.fullmatch(self.type)
        return bool(match and match.group(4))

    @property
    def from_file(self) -> bool:
        """Tell whether the choices are in a file beside the form."""
        match = _SELECT.fullmatch(self.type)
        return bool(match and match.group(2))


@dataclass(frozen=True, slots=True)
class Survey:
    """All questions, and the rows where groups end or do not."""

    questions: tuple[Question, ...]
    unopened: tuple[int, ...]
    unclosed: tuple[Question, ...]


def survey(book: Workbook) -> Survey:
    """Read the survey sheet."""
    questions: list[Question] = []
    open_groups: list[Question] = []
    unopened: list[int] = []
    for number, row in book.sheet("survey").numbered():
        kind = cell(row, "type").strip()
        if _END.match(kind):
            if open_groups:
                open_groups.pop()
            else:
                unopened.append(number)
            continue
        if kind.startswith("#") or (not kind and not cell(row, "name")):
            continue
        group = open_groups[-1].path if open_groups else "/data"
        name = cell(row, "name").strip()
        begins = _BEGIN.match(kind) is not None
        found = Question(number, row, kind, name, f"{group}/{name}", group, begins)
        questions.append(found)
        if begins:
            open_groups.append(found)
    return Survey(tuple(questions), tuple(unopened), tuple(open_groups))


def cell(row: Row, column: str) -> str:
    """Return a cell by its heading, whatever its case."""
    if column in row:
        return row[column]
    return next((text for heading, text in row.items() if heading.lower() == column), "")


def expressions(question: Question) -> Iterator[tuple[str, str, str]]:
    """Yield heading, property and text of every cell that holds an expression."""
    for heading, text in question.row.items():
        known = COLUMNS.get(heading.lower())
        if known is not None and text.strip().lower() not in TRUTHS:
            yield heading, known, text


def named(source: str) -> str:
    """Put names of the same length in place of references, so that an expression parses and its places stay."""
    return REFERENCE.sub(_name, source)


def _name(reference: re.Match[str]) -> str:
    name, length = reference[2].strip(), len(reference[0])
    return f"_{name}__".ljust(length) if _PLAIN.fullmatch(name) else "_" * length


def reference_of(name: str) -> str:
    """Return what the name that ``named`` put in place of a reference refers to; blank for any other name."""
    return name[1:-2] if name.startswith("_") and name.endswith("__") else ""


def column_of(row: Row, known: str) -> str:
    """Return the heading under which a property stands in a row."""
    return next((heading for heading in row if COLUMNS.get(heading.lower()) == known), known)
