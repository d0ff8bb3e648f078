"""Choices that lie outside a form, as ``select_one_external`` asks from them: brought in as instances."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from victimid.forms.safexml import XFORMS, Element, child, legal, local
from victimid.forms.xform.instances import element_name

ITEMSETS_FILE: Final = "itemsets.csv"
_NAMED: Final = re.compile(r"instance\(\s*['\"]([^'\"]*)")
Lists = Mapping[str, Iterable[Mapping[str, str]]]


def queries(root: Element) -> list[Element]:
    """Return the questions that ask from choices outside the form."""
    return [each for each in root.iter(f"{{{XFORMS}}}input") if each.get("query")]


def bring_in(model: Element, asked: list[Element], lists: Lists) -> None:
    """Turn such questions into selects, and add the lists they ask from as instances of the form.

    Where a list is neither among ``lists`` nor in the form its questions stay plain inputs, so that they can be
    answered at all.
    """
    known = {*lists, *(each.get("id") for each in model if local(each) == "instance")}
    for control in asked:
        query = str(control.attrib.pop("query"))
        if known.isdisjoint(_NAMED.findall(query)):
            continue
        control.tag = f"{{{XFORMS}}}select1"
        itemset = etree.SubElement(control, f"{{{XFORMS}}}itemset", nodeset=query)
        etree.SubElement(itemset, f"{{{XFORMS}}}value", ref="name")
        etree.SubElement(itemset, f"{{{XFORMS}}}label", ref="label")
    for name, rows in lists.items():
        instance = etree.Element(f"{{{XFORMS}}}instance", id=name)
        root = etree.SubElement(instance, f"{{{XFORMS}}}root")
        for row in rows:
            item = etree.SubElement(root, f"{{{XFORMS}}}item")
            for heading, text in row.items():
                etree.SubElement(item, f"{{{XFORMS}}}{_column(heading)}").text = legal(text)
        _after_instances(model, instance)


def _column(heading: str) -> str:
    """Name a column; a label in several languages is read in the first of them."""
    name = heading.partition("::")[0].strip()
    return element_name("label" if name.startswith("label") else name)


def _after_instances(model: Element, instance: Element) -> None:
    primary = child(model, "instance")
    at = model.index(primary) + 1 if primary is not None else 0
    model.insert(at, instance)
