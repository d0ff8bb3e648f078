"""The body: which control asks for which node, with its label, hint and choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms.definition import COUNT, Definition, Itemset, Kind
from victimid.forms.safexml import JAVAROSA, Element, attributes, by_name, local
from victimid.forms.xform.draft import Draft, joined, plain
from victimid.forms.xform.items import itemset, listed
from victimid.forms.xform.itext import Itext, wording
from victimid.forms.xpath.code import as_number
from victimid.forms.xpath.values import number_of_text

_KINDS: Final[Mapping[str, Kind]] = {
    "input": "input",
    "secret": "input",
    "select": "select",
    "select1": "select",
    "rank": "rank",
    "range": "range",
    "trigger": "trigger",
    "upload": "upload",
}
_AROUND: Final = frozenset({"group", "repeat"})


@dataclass(slots=True)
class Control:
    """An element of the body with the path it is about; groups without one have an empty path.

    ``parts`` are the elements in it by their local names.
    """

    element: Element
    name: str
    path: str
    parts: Mapping[str, list[Element]]

    def part(self, name: str) -> Element | None:
        """Return the first element in it of this name."""
        found = self.parts.get(name)
        return found[0] if found else None


def controls(body: Element, parent: str = "") -> Iterator[Control]:
    """Yield all controls, groups and repeats in order."""
    for element in body:
        name = local(element)
        if name not in _KINDS and name not in _AROUND:
            continue
        reference = element.get("nodeset") if name == "repeat" else element.get("ref")
        path = plain(joined(parent, reference)) if reference else ""
        yield Control(element, name, path, by_name(element))
        if name in _AROUND:
            yield from controls(element, path or parent)


def attach(draft: Draft, found: list[Control]) -> None:
    """Tell each definition its control, before binds are compiled."""
    for control in found:
        if not control.path:
            continue
        definition = draft.find(control.path, control.name)
        if definition is None or control.name in _AROUND:
            continue
        definition.control = control.name
        definition.kind = _KINDS[control.name]
        definition.appearance = control.element.get("appearance", "")
        definition.parameters = {
            key.rpartition("}")[2]: value
            for key, value in attributes(control.element).items()
            if key not in {"ref", "appearance"}
        }


def compile_control(draft: Draft, itext: Itext, control: Control) -> None:
    """Compile what a control shows."""
    definition = draft.by_path.get(control.path)
    if definition is None:
        return
    label = control.part("label")
    if label is not None and (control.name != "repeat" or definition.label is None):
        definition.label = wording(draft, itext, label, definition, "label")
    if control.name == "repeat":
        _count(draft, control.element, definition)
    if control.name in _AROUND:
        return
    hint = control.part("hint")
    if hint is not None:
        definition.hint = wording(draft, itext, hint, definition, "hint")
    if control.name in {"select", "select1", "rank"}:
        definition.itemset = _choices(draft, itext, control, definition)
    if control.name == "range":
        _bound(draft, control.element, definition)
    if definition.kind == "input" and definition.readonly_always and (definition.label or definition.hint):
        definition.kind = "note"


def _choices(draft: Draft, itext: Itext, control: Control, definition: Definition) -> Itemset | None:
    found = control.part("itemset")
    if found is None:
        return listed(draft, itext, control.parts.get("item", []), definition)
    return itemset(draft, itext, found, definition)


def _count(draft: Draft, element: Element, definition: Definition) -> None:
    """Compile who decides how many instances there are: the form (jr:count, jr:noAddRemove) or the user."""
    definition.appearance = element.get("appearance", "")
    count = element.get(f"{{{JAVAROSA}}}count")
    compiled = draft.compile(count, definition, COUNT, "repeat_count") if count else None
    definition.count = as_number(compiled.code) if compiled is not None else None
    fixed = element.get(f"{{{JAVAROSA}}}noAddRemove") or ""
    definition.fixed_count = fixed.replace(" ", "") == "true()"


def _bound(draft: Draft, element: Element, definition: Definition) -> None:
    """Keep a range within its bounds, whoever sets it."""
    try:
        ends = float(element.get("start", "1")), float(element.get("end", "10"))
    except ValueError:
        draft.problem(VictimIDError("form.bad_range"), definition.path, "range")
        return
    low, high = sorted(ends)
    normalise = definition.normalise

    def bounded(text: str) -> str:
        kept = normalise(text)
        return kept if kept and low <= number_of_text(kept) <= high else ""

    definition.normalise = bounded
    definition.bounds = low, high
