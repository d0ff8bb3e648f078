"""The instance as ODK submission XML, and back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from victimid.errors import VictimIDError
from victimid.forms.definition import Model, Seed
from victimid.forms.live.answers import Answer
from victimid.forms.nodes import Node
from victimid.forms.safexml import Element, legal, local, parse_text, to_text
from victimid.forms.xform.structure import seed
from victimid.forms.xpath import moments


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is left out and filled in; ``ended`` is the moment a submission is made, blank for a draft."""

    namespaces: Any
    ended: str

    def element(self, node: Answer, parent: Element | None) -> Element:
        """Write a node and all below it."""
        tag, attributes = node.definition.tag, dict(node.definition.attributes)
        if parent is None:
            element = etree.Element(tag, attributes, nsmap=self.namespaces)
        else:
            element = etree.SubElement(parent, tag, attributes)
        if node.definition.leaf:
            element.text = legal(self._text(node) or "") or None
        for child in node.children:
            if isinstance(child, Answer) and (child.relevant or not self.ended):
                self.element(child, element)
        return element

    def _text(self, node: Answer) -> str | None:
        if not self.ended:
            return node.raw
        return self.ended if node.definition.preload == ("timestamp", "end") else node.value


def draft(model: Model, root: Node) -> str:
    """Write the instance with every answer, relevant or not, so that an interview can go on."""
    return _write(_Writing(dict(model.namespaces), ""), root)


def submission(model: Model, root: Node, moment: datetime) -> str:
    """Write the instance as ODK submits it: without what is not relevant, with the end of the interview."""
    return _write(_Writing(dict(model.namespaces), moments.now(moment).text), root)


def _write(writing: _Writing, root: Node) -> str:
    (top,) = root.children
    assert isinstance(top, Answer)  # noqa: S101 - the tree is made of answers
    return to_text(writing.element(top, None))


def read(model: Model, instance: str) -> Seed:
    """Read an instance of this form; raises ``form.other_instance`` where it is of another."""
    element = parse_text(instance)
    top = model.definitions[1]
    if local(element) != top.name:
        raise VictimIDError("form.other_instance")
    return seed(element, top)
