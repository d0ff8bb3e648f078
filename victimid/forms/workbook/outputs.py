"""Spares the converter the references in texts: for each text that has one, in every language, it parses XML anew.

A reference to a question outside all repeats always becomes the same path. The converter is given marks in place of
such references; where it left them, just the outputs are put that it would have written.
"""

import re
from dataclasses import replace
from typing import Final

from lxml import etree

from victimid.forms.safexml import XFORMS, Element, local
from victimid.forms.workbook.book import Row, Workbook
from victimid.forms.workbook.survey import survey

_MARK: Final = "\ue000"
_MARKED: Final = re.compile(f"{_MARK}([^{_MARK}]+){_MARK}")
_REFERENCE: Final = re.compile(r"\$\{([A-Za-z_][\w.\-]*)\}", re.ASCII)
_TEXTS: Final = frozenset({"label", "hint", "guidance_hint"})
_ELEMENTS: Final = tuple(f"{{{XFORMS}}}{name}" for name in ("label", "hint", "value"))
_SEVERAL: Final = re.compile("repeat|loop|lgroup", re.IGNORECASE)


def marked(book: Workbook) -> Workbook:
    """Return the workbook with marks for the references that are spared; the same one if it has such marks already."""
    if any(_MARK in text for each in book.sheets.values() for row in each.rows for text in row.values()):
        return book
    names = _outside_repeats(book)
    sheet = book.sheet("survey")
    return book.with_sheet(replace(sheet, rows=tuple(_row(row, names) for row in sheet.rows)))


def _outside_repeats(book: Workbook) -> set[str]:
    repeated: set[str] = set()
    names: set[str] = set()
    for question in survey(book).questions:
        if question.begins and (question.group in repeated or _SEVERAL.search(question.type)):
            repeated.add(question.path)
        elif not question.begins and question.group not in repeated:
            names.add(question.name)
    return names


def _row(row: Row, names: set[str]) -> Row:
    def mark(reference: re.Match[str]) -> str:
        return f"{_MARK}{reference[1]}{_MARK}" if reference[1] in names else reference[0]

    texts = {
        heading: _REFERENCE.sub(mark, text)
        for heading, text in row.items()
        if "${" in text and heading.partition(":")[0] in _TEXTS and "instance" not in text
    }
    return {**row, **{heading: text for heading, text in texts.items() if "${" not in text}}


def fill(root: Element) -> None:
    """Put outputs in place of the marks; raises ``KeyError`` for what the form does not have."""
    paths = _paths(root)
    for element in root.iter(*_ELEMENTS):
        if element.text and _MARK in element.text:
            _fill(element, _MARKED.split(element.text), paths)


def _paths(root: Element) -> dict[str, str]:
    """Return the path of every node of the instance by its name."""
    paths: dict[str, str] = {}
    waiting = [("", element) for instance in root.iter(f"{{{XFORMS}}}instance") for element in instance][:1]
    while waiting:
        above, element = waiting.pop()
        path = f"{above}/{local(element)}"
        paths[local(element)] = path
        waiting.extend((path, each) for each in element)
    return paths


def _fill(element: Element, parts: list[str], paths: dict[str, str]) -> None:
    """Write texts and outputs in turn, as the converter does: a space before text that begins, one after the end."""
    element.text = f" {parts[0]}" if parts[0] else None
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        output = etree.SubElement(element, f"{{{XFORMS}}}output", value=f" {paths[name]} ")
        output.tail = text
    if any(parts[::2]):
        element[-1].tail = f"{parts[-1]} "
