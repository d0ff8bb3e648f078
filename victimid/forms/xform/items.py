"""Choices of selects: from instances, filtered by answers, or listed in the control."""

from collections.abc import Iterable, Mapping

from victimid.forms.definition import ITEMS, Definition, Itemset
from victimid.forms.nodes import Node
from victimid.forms.safexml import Element, child
from victimid.forms.wording import Wording, Words
from victimid.forms.xform.draft import Draft
from victimid.forms.xform.itext import Itext, translated, wording
from victimid.forms.xpath.code import Nodes, Scene, Text, as_nodes, as_text
from victimid.forms.xpath.compiler import Compiler
from victimid.forms.xpath.functions import FUNCTIONS
from victimid.forms.xpath.parser import parse
from victimid.forms.xpath.scope import OUTSIDE, Dependencies
from victimid.forms.xpath.syntax import Call, Expression, Literal, Path


def itemset(
    draft: Draft, itext: Itext, element: Element, definition: Definition, instances: Mapping[str, Node]
) -> Itemset | None:
    """Compile an itemset; its value and label are relative to each item."""
    source = element.get("nodeset", "")
    code = draft.compile(source, definition, ITEMS, "itemset")
    nodes = as_nodes(code) if code is not None else None
    if nodes is None:
        return None
    dependencies = draft.readings[-1].dependencies
    varies = bool(dependencies.values or dependencies.structures) or "random" in source
    value = child(element, "value")
    label = child(element, "label")
    text = _relative(draft, (value.get("ref", ".") if value is not None else "."), definition, dependencies)
    shown = label.get("ref", "") if label is not None else ""
    if not shown:
        return Itemset(nodes, text, None, varies)
    computed = _relative(draft, shown, definition, dependencies)
    if "itext(" in shown:
        _quoting_labels(draft, itext, _list_items(source, instances), definition)
        text_id = _relative(draft, shown.strip()[len("jr:itext(") : -1], definition, dependencies)
        computed = _looked_up(draft, text_id, definition)
    return Itemset(nodes, text, Wording(computed=computed), varies)


def _relative(draft: Draft, source: str, home: Definition, dependencies: Dependencies) -> Text:
    """Compile an expression about an item; items of primary repeats are read by name all the same."""
    compiler = Compiler(FUNCTIONS, draft.document, home, OUTSIDE, dependencies)
    return as_text(compiler.code(parse(source)))


def _looked_up(draft: Draft, text_id: Text, definition: Definition) -> Text:
    worded = draft.worded

    def label(item: Node, scene: Scene) -> str:
        found = text_id(item, scene)
        wording = worded.get((definition, found))
        return scene.world.itext(found) if wording is None else wording.read(scene.current, scene)

    return label


def _list_items(source: str, instances: Mapping[str, Node]) -> Iterable[Node]:
    """Return the items of the instance that a nodeset names first."""
    name = _instance_name(parse(source))
    instance = instances.get(name) if name is not None else None
    return () if instance is None else instance.descendants()


def _instance_name(tree: Expression) -> str | None:
    if isinstance(tree, Path) and not isinstance(tree.start, str):
        return _instance_name(tree.start)
    if isinstance(tree, Call) and tree.arguments:
        first = tree.arguments[0]
        if tree.name == "instance" and isinstance(first, Literal):
            return str(first.value)
        return _instance_name(first)
    return None


def _quoting_labels(draft: Draft, itext: Itext, items: Iterable[Node], definition: Definition) -> None:
    """Compile the labels of choices that quote answers, for the select that shows them."""
    quoting = itext.quoting()
    if not quoting:
        return
    for node in items:
        if node.name == "itextId" and node.text() in quoting:
            key = definition, node.text()
            draft.worded[key] = translated(draft, itext, node.text(), definition, "choice label")


def listed(draft: Draft, itext: Itext, items: list[Element], definition: Definition) -> Itemset:
    """Compile choices listed in the control as if they came from an instance of their own."""
    nodes: list[Node] = []
    labels: dict[int, Wording] = {}
    for element in items:
        value, label = child(element, "value"), child(element, "label")
        node = Node("item", None, (value.text or "") if value is not None else "")
        nodes.append(node)
        if label is not None:
            labels[id(node)] = wording(draft, itext, label, definition, "choice label")
        else:
            labels[id(node)] = Wording(plain=Words((node.text(),)))

    def all_items(_node: Node, _scene: Scene) -> list[Node]:
        return nodes

    def shown(item: Node, scene: Scene) -> str:
        return labels[id(item)].read(scene.current, scene)

    everything: Nodes = all_items
    return Itemset(everything, lambda item, _scene: item.text(), Wording(computed=shown), varies=False)
