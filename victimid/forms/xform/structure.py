"""The primary instance: definitions of its nodes, and the values it starts with."""

from collections.abc import Mapping

from lxml import etree

from victimid.forms import limits
from victimid.forms.definition import Definition, Seed
from victimid.forms.safexml import JAVAROSA, OPENROSA, Element, attributes, child, local
from victimid.forms.xform.draft import Draft

VERSION = f"{{{OPENROSA}}}version"
_TEMPLATE = f"{{{JAVAROSA}}}template"
_EMPTY = Seed("", {})


def require_identity(root: Element) -> None:
    """Give an instance without an identifier the place for one, as the OpenRosa metadata schema names it."""
    meta = child(root, "meta")
    if meta is None:
        own: dict[str | None, str] = {} if OPENROSA in root.nsmap.values() else {None: OPENROSA}
        meta = etree.SubElement(root, f"{{{OPENROSA}}}meta", nsmap=own)  # type: ignore[arg-type] # None is the default
    if child(meta, "instanceID") is None:
        etree.SubElement(meta, f"{str(meta.tag).removesuffix('meta')}instanceID")


def start(root: Element) -> Draft:
    """Begin a form with the document above its root element."""
    document = Definition("", None, 0, "", 0)
    draft = Draft(document, [document])
    _add(draft, [root], document, "")
    return draft


def _add(draft: Draft, same: list[Element], parent: Definition, around: str) -> None:
    """Define a node by all elements at its path: template and instances of a repeat may differ.

    ``around`` is the plain path of its parent.
    """
    element = same[0]
    name = local(element)
    prefix = f"{element.prefix}:" if element.prefix else ""
    definition = Definition(
        name, parent, len(draft.definitions), f"{parent.path}/{prefix}{name}", parent.depth + 1, str(element.tag)
    )
    limits.require(limits.DEFINITIONS, len(draft.definitions), "questions")
    definition.attributes = {
        key: value for key, value in attributes(element).items() if not key.startswith("{") or key == VERSION
    }
    draft.definitions.append(definition)
    draft.elements[definition] = same
    path = f"{around}/{name}"
    draft.by_path.setdefault(path, definition)
    parent.children.append(definition)
    parent.by_name[name] = definition
    below: dict[str, list[Element]] = {}
    for each in same:
        for inner in each:
            below.setdefault(local(inner), []).append(inner)
    for inners in below.values():
        _add(draft, inners, definition, path)
    definition.leaf = not definition.children


def mark_repeats(draft: Draft, paths: list[str]) -> None:
    """Mark definitions that repeat, with the template new instances start from."""
    for path in paths:
        definition = draft.by_path.get(path)
        if definition is not None:
            definition.repeats = True
            definition.leaf = False
    for definition in draft.definitions:
        if definition.repeats:
            definition.template = _template(definition, draft.elements[definition])


def _template(definition: Definition, found: list[Element]) -> Seed:
    """Return the declared template with its values, else the shape of the first instance without any."""
    declared = next((element for element in found if _TEMPLATE in element.attrib), None)
    if declared is not None:
        return seed(declared, definition)
    return _blank(seed(found[0], definition))


def seed(element: Element, definition: Definition) -> Seed:
    """Read values from an element; repeat templates are no instances."""
    if definition.leaf:
        return _leaf(element.text or "")
    children: dict[str, list[Seed]] = {}
    for inner in element:
        known = definition.by_name.get(local(inner))
        if known is None or _TEMPLATE in inner.attrib:
            continue
        found = children.setdefault(known.name, [])
        found.append(seed(inner, known))
        limits.require(limits.REPEAT_INSTANCES, len(found), "repeat instances")
    return Seed("", {name: tuple(seeds) for name, seeds in children.items()})


def _leaf(text: str) -> Seed:
    limits.require(limits.VALUE_CHARACTERS, len(text), "value")
    return Seed(text, {}) if text else _EMPTY


def _blank(filled: Seed) -> Seed:
    children: Mapping[str, tuple[Seed, ...]] = {
        name: tuple(_blank(each) for each in seeds) for name, seeds in filled.children.items()
    }
    return Seed("", children)
