"""What a path can reach, worked out on the definitions before there is any answer.

Each reach remembers how much of it surely lies in the same repeat instances as the context node: the
deepest definition (``within``) that was not left on the way. That is what keeps a change in one
repeat instance from re-evaluating all others.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from victimid.forms import limits
from victimid.forms.definition import Definition
from victimid.forms.xpath.syntax import Axis, Step


class Reach(NamedTuple):
    """Definitions a path may end at; none of them where it leads outside the primary instance."""

    ends: tuple[Definition, ...]
    within: Definition | None

    @property
    def outside(self) -> bool:
        """Tell whether the nodes belong to no definition of the form."""
        return self.within is None


OUTSIDE = Reach((), None)
_INTO: Final = frozenset({"self", "parent", "child", "attribute", "descendant", "descendant-or-self"})


@dataclass(eq=False, slots=True)
class Dependencies:
    """What an expression reads: values, repeat structures and positions with their scopes, and the language.

    Positions change only when an instance is removed, as new ones come last.
    ``references`` counts what the expressions of the whole form reach.
    ``certain`` are values that are read in any case, not only where a predicate lets them through.
    ``everywhere`` are absolute paths through the repeat they stand in, which mean all its instances.
    ``at_home`` says that what is read depends on where in the form the expression stands.
    """

    references: limits.Budget
    values: set[tuple[Definition, Definition]] = field(default_factory=set)
    structures: set[tuple[Definition, Definition]] = field(default_factory=set)
    positions: set[tuple[Definition, Definition]] = field(default_factory=set)
    selects: set[tuple[Definition, Definition]] = field(default_factory=set)
    certain: set[Definition] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    everywhere: set[str] = field(default_factory=set)
    language: bool = False
    at_home: bool = False

    def pairs(self) -> int:
        """Return how many edges all that is read makes in the order of evaluation."""
        return len(self.values) + len(self.structures) + len(self.positions) + len(self.selects)

    def answers(self) -> bool:
        """Tell whether anything people answer or add is read."""
        return bool(self.values or self.structures or self.positions or self.selects)

    def read(self, reach: "Reach", *, certain: bool) -> None:
        """Note that the values at the ends of a path are read."""
        if reach.within is not None:
            for end in reach.ends:
                self.values.add((end, reach.within))
            if certain:
                self.certain.update(reach.ends)


def common(one: Definition, other: Definition) -> Definition:
    """Return the deepest definition that both are in or are."""
    while one is not other:
        if one.depth >= other.depth:
            one = one.parent or one
        else:
            other = other.parent or other
    return one


def take(reach: Reach, step: Step, dependencies: Dependencies) -> Reach:
    """Follow one step; repeats entered from above are noted as structures read."""
    within = reach.within
    if within is None:
        return OUTSIDE
    axis = step.axis
    starts = _starts(reach.ends, axis)
    ends = tuple(dict.fromkeys([end for start in starts for end in _ends(start, step, dependencies)]))
    if not ends and axis == "child" and reach.ends:
        dependencies.missing.add(f"{reach.ends[0].path}/{step.test}")
    for end in ends:
        within = common(within, end)
        if end.repeats and axis not in _INTO and end.parent is not None:
            within = common(within, end.parent)
    for end in ends:
        note_structure(end, within, dependencies)
    return Reach(ends, within)


def note_structure(end: Definition, within: Definition, dependencies: Dependencies) -> None:
    """Note the repeats between the scope and the end: which instances there are matters."""
    at: Definition | None = end
    while at is not None and at is not within:
        if at.repeats:
            dependencies.structures.add((at, within))
        at = at.parent


def _starts(ends: tuple[Definition, ...], axis: Axis) -> Iterable[Definition]:
    """Leave out starts from which an axis may lead nowhere else than from another."""
    if axis in {"following", "preceding"}:
        return ends[:1]
    if axis in {"following-sibling", "preceding-sibling"}:
        return {end.parent: end for end in ends}.values()
    return ends


def _ends(start: Definition, step: Step, dependencies: Dependencies) -> Iterable[Definition]:
    """Return the definitions one step leads to."""
    if step.axis == "child" and step.test not in {"*", "node()"}:
        child = start.by_name.get(step.test)
        return () if child is None else (child,)
    along = _along(start, step.axis)
    dependencies.references.take(2 * len(along))
    return [end for end in along if step.test in {"*", "node()", end.name}]


def _along(start: Definition, axis: Axis) -> Sequence[Definition]:
    """Return the definitions on an axis; for sideways axes all that could lie on it."""
    along = _ALONG.get(axis)
    return () if along is None else along(start)


def _siblings(start: Definition) -> Sequence[Definition]:
    return () if start.parent is None else start.parent.children


def _below(start: Definition) -> list[Definition]:
    found = []
    for child in start.children:
        found.append(child)
        found.extend(_below(child))
    return found


_ALONG: Final[Mapping[Axis, Callable[[Definition], Sequence[Definition]]]] = MappingProxyType(
    {
        "child": lambda start: start.children,
        "self": lambda start: (start,),
        "parent": lambda start: start.chain[-2:-1],
        "ancestor": lambda start: start.chain[:-1],
        "ancestor-or-self": lambda start: start.chain,
        "descendant": _below,
        "descendant-or-self": lambda start: (start, *_below(start)),
        "following-sibling": _siblings,
        "preceding-sibling": _siblings,
        "following": lambda start: _below(start.chain[0]),
        "preceding": lambda start: _below(start.chain[0]),
    }
)
