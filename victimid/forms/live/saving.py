"""The instance as ODK submission XML, and back."""

from typing import Any

from lxml import etree

from victimid.errors import VictimIDError
from victimid.forms.definition import Model, Seed
from victimid.forms.live.answers import Answer
from victimid.forms.nodes import Node
from victimid.forms.safexml import Element, local, parse, to_text
from victimid.forms.xform.structure import seed


def write(model: Model, root: Node, *, submission: bool) -> str:
    """Write the instance; a submission leaves out what is not relevant, a draft keeps every answer."""
    (top,) = root.children
    assert isinstance(top, Answer)  # noqa: S101 - the tree is made of answers
    return to_text(_element(top, None, dict(model.namespaces), submission=submission))


def _element(node: Answer, parent: Element | None, namespaces: Any, *, submission: bool) -> Element:
    tag, attributes = node.definition.tag, dict(node.definition.attributes)
    if parent is None:
        element = etree.Element(tag, attributes, nsmap=namespaces)
    else:
        element = etree.SubElement(parent, tag, attributes)
    if node.definition.leaf:
        element.text = (node.value if submission else node.raw) or None
    for child in node.children:
        if isinstance(child, Answer) and (child.relevant or not submission):
            _element(child, element, namespaces, submission=submission)
    return element


def read(model: Model, instance: str) -> Seed:
    """Read an instance of this form; raises ``form.other_instance`` where it is of another."""
    element = parse(instance.encode())
    top = model.definitions[1]
    if local(element) != top.name:
        raise VictimIDError("form.other_instance")
    return seed(element, top)
