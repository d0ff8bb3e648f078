"""The order of evaluation: who reads whom, each after all it reads, cycles named."""

from collections.abc import Collection
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms.definition import CALCULATE, COUNT, LABELS, RELEVANT, VIEW, Definition, Reader
from victimid.forms.xform.components import components
from victimid.forms.xform.draft import Draft, Reading
from victimid.forms.xpath.scope import Dependencies, common

_Pair = tuple[Definition, Definition]
_OF_ITSELF: Final = frozenset({RELEVANT, CALCULATE})
_Edges = dict[Definition, set[Definition]]


def arrange(draft: Draft) -> tuple[Definition, ...]:
    """Give every definition its rank and its readers; returns those that read the language.

    A cycle that is certain can never settle and is a problem, ``form.cycle``. One that predicates or
    repeat instances may break, as in a running total, can: those definitions are marked ``looped``. So can
    a node that reads itself or its own inside, as in ODK's engine, which is worth a warning.
    """
    _name_choices(draft)
    every, certain = _edges(draft)
    _warn_of_inward(draft)
    rank = 0
    for group in components(draft.definitions, every):
        looped = _is_cycle(group, every)
        for definition in group:
            definition.rank, definition.looped = rank, looped
            rank += 1
    for group in components([each for each in draft.definitions if each.looped], certain):
        if _is_cycle(group, certain):
            path = " ".join(each.path for each in group[:10])
            draft.problems.append(VictimIDError("form.cycle", fields=path[:500], node=group[0].path))
    _readers(draft)
    readers = (reading.definition for reading in draft.readings if reading.dependencies.language)
    return tuple(dict.fromkeys(readers))


def _is_cycle(group: list[Definition], edges: _Edges) -> bool:
    return len(group) > 1 or group[0] in edges.get(group[0], ())


def _name_choices(draft: Draft) -> None:
    """Let what reads the wording of a choice read the answers that the wording quotes."""
    labels: dict[Definition, list[Dependencies]] = {}
    for reading in draft.readings:
        if reading.what == LABELS:
            labels.setdefault(reading.definition, []).append(reading.dependencies)
    for reading in draft.readings:
        for select, within in reading.dependencies.selects:
            for quoted in labels.get(select, ()):
                reading.dependencies.values.update((end, common(within, inner)) for end, inner in quoted.values)


def _edges(draft: Draft) -> tuple[_Edges, _Edges]:
    """Return edges from each definition to what is worked out after it: all, and those that are certain."""
    every: _Edges = {}
    certain: _Edges = {}
    for definition in draft.definitions:
        if definition.children:
            every[definition] = set(definition.children)
            certain[definition] = set(definition.children)
    for reading in draft.readings:
        if reading.what not in {VIEW, LABELS}:
            _add_edges(reading, every, certain)
    return every, certain


def _add_edges(reading: Reading, every: _Edges, certain: _Edges) -> None:
    reader, dependencies = reading.definition, reading.dependencies
    for source, _ in dependencies.values | dependencies.selects:
        if source.leaf or source is not reader:
            every.setdefault(source, set()).add(reader)
        if source in dependencies.certain and source.leaf and not _inward(reading, source):
            certain.setdefault(source, set()).add(reader)
    for source, _ in dependencies.structures | dependencies.positions:
        if source is not reader:
            every.setdefault(source, set()).add(reader)


def _inward(reading: Reading, source: Definition) -> bool:
    """Tell whether a node works out itself, or whether it is relevant, from itself or from what is in it."""
    return reading.what in _OF_ITSELF and reading.definition in source.chain


def _warn_of_inward(draft: Draft) -> None:
    for reading in draft.readings:
        reader = reading.definition
        if reading.what not in _OF_ITSELF:
            continue
        inside = [each for each in reading.dependencies.certain if each.leaf and _inward(reading, each)]
        if inside:
            path = " ".join(dict.fromkeys([reader.path, *sorted(each.path for each in inside)]))
            draft.warnings.append(VictimIDError("form.cycle", fields=path[:500], node=reader.path))


def _readers(draft: Draft) -> None:
    for reading in dict.fromkeys(draft.readings):
        dependencies = reading.dependencies
        known: dict[Definition, Reader] = {}
        own = reading.definition if reading.what == CALCULATE else None
        for source, within in _in_order(dependencies.values | dependencies.selects):
            if source.leaf and not (source is own and source in dependencies.certain):
                source.readers.append(_known(known, reading, within))
        for source, within in _in_order(dependencies.structures):
            source.structure_readers.append(_known(known, reading, within))
        for source, within in _in_order(dependencies.positions):
            source.position_readers.append(_known(known, reading, within))
    for definition in draft.definitions:
        for readers in (definition.readers, definition.structure_readers, definition.position_readers):
            if len(readers) > 1:
                readers[:] = dict.fromkeys(readers)


def _known(known: dict[Definition, Reader], reading: Reading, within: Definition) -> Reader:
    """Describe a reader once for all it reads within the same."""
    if within not in known:
        known[within] = reader(reading.definition, reading.what, within)
    return known[within]


def _in_order(pairs: set[_Pair]) -> Collection[_Pair]:
    """Sort pairs of source and scope, where there is anything to sort."""
    return sorted(pairs, key=lambda pair: (pair[0].index, pair[1].index)) if len(pairs) > 1 else pairs


def reader(definition: Definition, what: int, within: Definition) -> Reader:
    """Describe a reader by the way to it from the deepest repeat it shares with what it reads."""
    scope = within.repeat()
    if what == COUNT and scope is definition:
        scope = within.parent.repeat() if within.parent is not None else None
    chain = definition.chain
    way = chain[chain.index(scope) + 1 if scope is not None else 1 : -1 if what == COUNT else None]
    index = definition.index if what != COUNT and definition.repeat() is None else None
    shown = VIEW if what == LABELS else what
    return Reader(definition, shown, scope, tuple([each.name for each in way]), index)
