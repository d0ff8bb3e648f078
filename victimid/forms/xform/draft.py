"""A form while it is compiled: definitions found so far, what reads what, and every problem met."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.definition import ITEMS, Action, Definition, Itemset
from victimid.forms.safexml import Element
from victimid.forms.wording import Wording
from victimid.forms.xpath.compiler import Compiled, compile_expression, compile_reference
from victimid.forms.xpath.functions import FUNCTIONS
from victimid.forms.xpath.scope import Dependencies

_QUALIFIED: Final = re.compile(r"[\s:]")
_EXPRESSION: Final = 10  # characters are as much work as one more expression
_READING: Final = 8  # references are as much work as one more reader


class Reading(NamedTuple):
    """A definition whose relevance, value, choices, count or view reads others."""

    definition: Definition
    what: int
    dependencies: Dependencies


@dataclass(slots=True)
class Draft:
    """Everything known about a form before its order of evaluation is worked out.

    ``elements`` are those at the path of a definition. ``shared`` are choices that read no answers, by what they are
    read from, and ``compiled`` expressions by their text and, unless they mean the same everywhere, their home: many
    questions and translations have the same. ``quoting`` are the texts of choices that quote answers, by instance.
    ``references`` and ``written`` bound the form as a whole. A ``legacy`` form names no version of the ODK
    specification: in a repeat its author may have meant by an absolute path the instance it is asked in, as tools
    did before version 1.0.0.
    """

    document: Definition
    definitions: list[Definition] = field(default_factory=list)
    by_path: dict[str, Definition] = field(default_factory=dict)
    elements: dict[Definition, list[Element]] = field(default_factory=dict)
    readings: dict[Reading, None] = field(default_factory=dict)
    problems: list[VictimIDError] = field(default_factory=list)
    warnings: list[VictimIDError] = field(default_factory=list)
    missing: list[tuple[str, str, str]] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    worded: dict[tuple[Definition, str], Wording] = field(default_factory=dict)
    shared: dict[tuple[str, ...], Itemset] = field(default_factory=dict)
    legacy: bool = False
    quoting: Mapping[str, Sequence[str]] = field(default_factory=dict)
    compiled: dict[tuple[str, Definition | None], Compiled] = field(default_factory=dict)
    references: limits.Budget = field(default_factory=lambda: limits.Budget(limits.REFERENCES, "references"))
    written: limits.Budget = field(
        default_factory=lambda: limits.Budget(limits.EXPRESSIONS_CHARACTERS, "characters of expressions")
    )

    def compile(self, source: str, home: Definition, what: int, place: str) -> Compiled | None:
        """Compile an expression and note what it reads, unless ``what`` is 0; a problem gives None."""
        try:
            compiled = self._compiled(source, home, shares=what != ITEMS)
        except VictimIDError as error:
            self.references.take(0)  # what is too large as a whole ends here
            self.written.take(0)
            self.problem(error, home.path, place)
            return None
        dependencies = compiled.dependencies
        if what:
            self.references.take(_READING + 2 * dependencies.pairs())
            self.readings[Reading(home, what, dependencies)] = None
        if dependencies.missing or dependencies.everywhere:
            self._note_doubts(dependencies, home.path, place)
        return compiled

    def _compiled(self, source: str, home: Definition, *, shares: bool) -> Compiled:
        """Compile an expression once; only choices do not share, as they add what their labels read."""
        known = self.compiled.get((source, None)) or self.compiled.get((source, home))
        if known is not None and shares:
            return known
        self.written.take(_EXPRESSION + len(source))
        compiled = self._reference(source) or compile_expression(
            source, FUNCTIONS, self.document, home, self.references
        )
        if shares:
            self.compiled[source, home if compiled.dependencies.at_home else None] = compiled
        return compiled

    def _reference(self, source: str) -> Compiled | None:
        """Compile what most texts quote, without parsing: a path to a node outside all repeats."""
        named = self.by_path.get(source.strip(" "))
        if named is None or named.repeat() is not None:
            return None
        return compile_reference(named, self.document, self.references)

    def _note_doubts(self, dependencies: Dependencies, node: str, place: str) -> None:
        """Note references to nothing, and those that older tools read in another way."""
        if dependencies.missing:
            self.missing.extend((node, place, path) for path in sorted(dependencies.missing))
        if dependencies.everywhere and self.legacy:
            for path in sorted(dependencies.everywhere):
                fields = {"reference": path[:200], "node": node, "property": place}
                self.warnings.append(VictimIDError("form.first_instance", **fields))

    def problem(self, error: VictimIDError, node: str, place: str) -> None:
        """Note a problem with the node and the property it is in."""
        self.problems.append(VictimIDError(error.code, **{**error.fields, "node": node, "property": place}))

    def find(self, path: str, place: str) -> Definition | None:
        """Find a definition by its plain path; what is about nothing, or about an attribute, is left out."""
        found = self.by_path.get(path) or self.by_path.get(plain(path))
        if found is None:
            code = "form.ignored_attribute" if "@" in path else "form.unknown_path"
            self.warnings.append(VictimIDError(code, path=path[:200], property=place))
        return found


def plain(path: str) -> str:
    """Strip white space and namespace prefixes from a path."""
    if _QUALIFIED.search(path) is None:
        return path.rstrip("/")
    return "/".join(step.strip().rpartition(":")[2] for step in path.strip().rstrip("/").split("/"))


def joined(parent: str, path: str) -> str:
    """Resolve a reference of the form's body against that of the element around it."""
    path = path.strip()
    if path.startswith("/") or not parent:
        return path
    steps = parent.split("/")
    for step in path.removeprefix("current()/").split("/"):
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
