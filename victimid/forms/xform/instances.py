"""Secondary instances: inside the form, or files beside it, brought into the form when it is loaded."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import cast

from lxml import etree

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.nodes import Node
from victimid.forms.safexml import XFORMS, Element, attributes, legal, local, parse

Read = Callable[[str], bytes | None]
_NAME_START = "_"
_ROOT = f"{{{XFORMS}}}root"
_ITEM = f"{{{XFORMS}}}item"


def secondary(model: Element) -> list[Element]:
    """Return the instance elements after the primary one."""
    return [each for each in model if local(each) == "instance"][1:]


def embed(model: Element, read: Read) -> list[str]:
    """Replace references to files by their contents; returns the names of files that are missing.

    ``read`` gives the bytes of a file beside the form, or None. A missing file and the last saved
    instance become blank.
    """
    missing = []
    total = elements = 0
    for instance in secondary(model):
        source = instance.get("src")
        if source is None or len(instance):
            continue
        del instance.attrib["src"]
        name = source.rpartition("/")[2]
        content = None if source.startswith("jr://instance/last-saved") else read(name)
        if content is None:
            if not source.startswith("jr://instance/last-saved"):
                missing.append(name)
            continue
        total += len(content)
        limits.require(limits.FILE_BYTES, total, "bytes")
        instance.append(_contents(name, content))
        elements += int(cast("float", instance.xpath("count(descendant::*)")))
        limits.require(limits.XML_NODES, elements, "xml nodes")
    return missing


def _contents(name: str, content: bytes) -> Element:
    suffix = name.rpartition(".")[2].lower()
    if suffix == "csv":
        return _csv(_decoded(content, name), name)
    if suffix in {"geojson", "json"}:
        return _geojson(_decoded(content, name), name)
    return parse(content)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise VictimIDError("form.bad_attachment", file=name) from None


def _add(parent: Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{XFORMS}}}{name}").text = legal(text)


def _csv(text: str, name: str) -> Element:
    """Turn rows into items: one child per column, headed by the column's name."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    root = etree.Element(_ROOT)
    rows = _rows(legal(text), separator, name)
    header = next(rows, [])
    limits.require(limits.SHEET_COLUMNS, len(header), "columns")
    tags = [f"{{{XFORMS}}}{element_name(cell)}" for cell in header]
    for count, row in enumerate(rows):
        limits.require(limits.SHEET_ROWS, count, "rows")
        limits.require(limits.SHEET_CELLS, count * len(header), "cells")
        if any(row):
            item = etree.SubElement(root, _ITEM)
            for tag, cell in zip(tags, chain(row, repeat("")), strict=False):
                etree.SubElement(item, tag).text = cell
    return root


def _rows(text: str, separator: str, name: str) -> Iterator[list[str]]:
    """Yield rows; a cell without end is refused by the reader itself."""
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise VictimIDError("form.bad_attachment", file=name) from None


def csv_lists(content: bytes, name: str) -> dict[str, list[dict[str, str]]]:
    """Read lists of choices from a file with a column ``list_name``."""
    lists: dict[str, list[dict[str, str]]] = {}
    rows = _rows(_decoded(content, name), ",", name)
    header = next(rows, [])
    limits.require(limits.SHEET_COLUMNS, len(header), "columns")
    for count, row in enumerate(rows):
        limits.require(limits.SHEET_ROWS, count, "rows")
        cells = {heading: text for heading, text in zip(header, row, strict=False) if heading}
        if cells:
            lists.setdefault(cells.get("list_name", ""), []).append(cells)
    return lists


def element_name(text: str) -> str:
    """Make an XML name of a column heading."""
    kept = "".join(c if c.isalnum() or c in "_-." else _NAME_START for c in text.strip())
    return kept if kept and (kept[0].isalpha() or kept[0] == _NAME_START) else f"{_NAME_START}{kept}"


def _geojson(text: str, name: str) -> Element:
    """Turn features into items: properties, id, and the geometry as ODK writes points."""
    try:
        features = json.loads(text)["features"]
        root = etree.Element(_ROOT)
        cells = 0
        for count, feature in enumerate(features):
            limits.require(limits.SHEET_ROWS, count, "features")
            cells += _feature(feature, root)
            limits.require(limits.SHEET_CELLS, cells, "cells")
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise VictimIDError("form.bad_attachment", file=name) from None
    return root


def _feature(feature: dict[str, object], root: Element) -> int:
    """Add the item of a feature; returns how many children it has."""
    item = etree.SubElement(root, _ITEM)
    geometry, properties = feature["geometry"], feature.get("properties") or {}
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        raise TypeError
    _add(item, "geometry", _points(geometry["type"], geometry["coordinates"]))
    if "id" in feature and "id" not in properties:
        _add(item, "id", str(feature["id"]))
    limits.require(limits.SHEET_COLUMNS, len(properties), "columns")
    for key, value in properties.items():
        _add(item, element_name(str(key)), value if isinstance(value, str) else json.dumps(value))
    return len(item)


def _points(kind: object, coordinates: list[object]) -> str:
    if kind == "Point":
        return _point(coordinates)
    line = coordinates[0] if kind == "Polygon" else coordinates
    if not isinstance(line, list):
        raise TypeError
    limits.require(limits.SHEET_CELLS, len(line), "points")
    return "; ".join(_point(each) for each in line)


def _point(pair: object) -> str:
    if not isinstance(pair, list):
        raise TypeError
    return f"{pair[1]} {pair[0]} 0 0"


def nodes(instance: Element) -> Node:
    """Turn an instance element into the tree expressions run over."""
    return _node(instance, None, {})


def _node(element: Element, parent: Node | None, names: dict[str, str]) -> Node:
    """Turn an element into a node; ``names`` are those of tags met so far."""
    tag = element.tag
    name = names.get(tag) or names.setdefault(tag, local(element))
    node = Node(name, parent, None if len(element) else element.text or "")
    if element.keys():
        for key, value in attributes(element).items():
            attribute = key.rpartition("}")[2]
            node.attributes[attribute] = Node(attribute, node, value)
    if node.value is None:
        for each in element:
            node.append(_node(each, node, names))
    return node
