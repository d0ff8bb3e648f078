"""Choices of selects: from instances, filtered by answers, or listed in the control."""

from victimid.forms import limits
from victimid.forms.definition import ITEMS, LABELS, Definition, ItemLabel, Itemset
from victimid.forms.nodes import Node
from victimid.forms.safexml import Element, child
from victimid.forms.wording import Wording, Words, fixed
from victimid.forms.xform.draft import Draft
from victimid.forms.xform.itext import Itext, translated, wording
from victimid.forms.xpath.code import Nodes, Scene, Text, as_nodes, as_text
from victimid.forms.xpath.compiler import Compiler
from victimid.forms.xpath.functions import FUNCTIONS
from victimid.forms.xpath.parser import parse
from victimid.forms.xpath.scope import Dependencies, Reach
from victimid.forms.xpath.syntax import Call, Expression, Literal, Path


def itemset(draft: Draft, itext: Itext, element: Element, definition: Definition) -> Itemset | None:
    """Compile an itemset; its value and label are relative to each item."""
    source = element.get("nodeset", "")
    refs = source, *(each.get("ref", ".") for each in element)
    if refs in draft.shared:
        return draft.shared[refs]
    compiled = draft.compile(source, definition, ITEMS, "itemset")
    nodes = as_nodes(compiled.code) if compiled is not None else None
    if compiled is None or nodes is None:
        return None
    dependencies = compiled.dependencies
    reach = compiled.reach or _reach(draft, source, definition)
    value, labelled = child(element, "value"), child(element, "label")
    relative = Compiler(FUNCTIONS, draft.document, definition, reach, dependencies, certainly=False)
    text = _text(relative, value.get("ref", ".") if value is not None else ".")
    shown = labelled.get("ref", "").strip() if labelled is not None else ""
    label, quotes = None, not reach.outside
    if shown.startswith("jr:itext("):
        quotes |= _quoting_labels(draft, itext, source, definition)
        text_id = _text(relative, shown[len("jr:itext(") : -1])
        label = _looked_up(draft, text_id, definition)
    elif shown:
        label = _of_item(_text(relative, shown), own=reach.outside)
    varies = dependencies.answers() or "random" in source
    found = Itemset(nodes, text, label, varies, quotes)
    if not varies and not quotes and not dependencies.missing and not dependencies.language:
        draft.shared[refs] = found
    return found


def _reach(draft: Draft, source: str, definition: Definition) -> Reach:
    """Say which definitions the items are of that a function gives."""
    home = Reach((definition,), definition)
    dependencies = Dependencies(draft.references)
    return Compiler(FUNCTIONS, draft.document, definition, home, dependencies).nodes(parse(source))[1]


def _text(relative: Compiler, source: str) -> Text:
    """Compile an expression about the items that gives text."""
    return as_text(relative.code(parse(source)))


def _looked_up(draft: Draft, text_id: Text, definition: Definition) -> ItemLabel:
    """Find the label of an item among the translated texts."""
    worded = draft.worded

    def text(item: Node, scene: Scene) -> str:
        found = text_id(item, scene)
        wording = worded.get((definition, found))
        return scene.world.itext(found) if wording is None else wording.read(scene.current, scene)

    def wording(item: Node, scene: Scene) -> Wording:
        found = text_id(item, scene)
        known = worded.get((definition, found))
        return known if known is not None else fixed(scene.world, found)

    return ItemLabel(text, wording)


def _of_item(text: Text, *, own: bool) -> ItemLabel:
    """Read the label of an item in the item; only what is the form's ``own`` may hold markup, no answer."""

    def wording(item: Node, scene: Scene) -> Wording:
        return Wording(plain=Words((text(item, scene) if own else lambda _node, scene: text(item, scene),)))

    return ItemLabel(text, wording)


def quoting(instance: Node, itext: Itext) -> list[str]:
    """Return the texts of choices in an instance that quote answers."""
    if not itext.quoting:
        return []
    return sorted({each.text() for each in instance.descendants() if each.name == "itextId"} & itext.quoting)


def _instance_name(tree: Expression) -> str | None:
    """Return the instance that a nodeset names first."""
    if isinstance(tree, Path) and not isinstance(tree.start, str):
        return _instance_name(tree.start)
    if isinstance(tree, Call) and tree.arguments:
        first = tree.arguments[0]
        if tree.name == "instance" and isinstance(first, Literal):
            return str(first.value)
        return _instance_name(first)
    return None


def _quoting_labels(draft: Draft, itext: Itext, source: str, definition: Definition) -> bool:
    """Compile the labels that quote answers, for the select that shows them; tell if any do.

    They are those of the instance that the nodeset names first.
    """
    found = draft.quoting.get(_instance_name(parse(source)) or "", ())
    for text_id in found:
        draft.worded[definition, text_id] = translated(draft, itext, text_id, definition, "choice label", LABELS)
    return bool(found)


def listed(draft: Draft, itext: Itext, items: list[Element], definition: Definition) -> Itemset:
    """Compile choices listed in the control as if they came from an instance of their own."""
    limits.require(limits.SHEET_ROWS, len(items), "choices")
    nodes: list[Node] = []
    labels: dict[Node, Wording] = {}
    for element in items:
        value, label = child(element, "value"), child(element, "label")
        node = Node("item", None, (value.text or "") if value is not None else "")
        nodes.append(node)
        labels[node] = Wording(plain=Words((node.text(),)))
        if label is not None:
            labels[node] = wording(draft, itext, label, definition, "choice label", LABELS)

    def all_items(_node: Node, _scene: Scene) -> list[Node]:
        return nodes

    def shown(item: Node, scene: Scene) -> str:
        return labels[item].read(scene.current, scene)

    everything: Nodes = all_items
    quotes = any(each.quotes() for each in labels.values())
    every_label = ItemLabel(shown, lambda item, _scene: labels[item])
    return Itemset(everything, lambda item, _scene: item.text(), every_label, varies=False, quotes=quotes)
