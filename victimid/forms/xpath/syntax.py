"""The syntax tree of an XPath expression."""

from dataclasses import dataclass
from typing import Literal as Choice

Axis = Choice[
    "child",
    "parent",
    "self",
    "descendant",
    "descendant-or-self",
    "ancestor",
    "ancestor-or-self",
    "following",
    "following-sibling",
    "preceding",
    "preceding-sibling",
    "attribute",
    "namespace",
]


@dataclass(frozen=True, slots=True)
class Literal:
    """A string or a number written in the expression."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; ``at`` is the character position for messages."""

    name: str
    arguments: tuple["Expression", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one precedence level, from left to right, so that long sums stay shallow."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; ``test`` is a name, ``*`` or a node type such as ``node()``."""

    axis: Axis
    test: str
    predicates: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A location path: from the root, from the context node, or from another expression."""

    start: "Choice['root', 'context'] | Expression"
    steps: tuple[Step, ...]
    predicates: tuple["Expression", ...] = ()


Expression = Literal | Call | Chain | Negation | Path
