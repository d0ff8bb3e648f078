"""The syntax tree of an XPath expression."""

from typing import Literal as Choice
from typing import NamedTuple

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


class Literal(NamedTuple):
    """A string or a number written in the expression."""

    value: str | float


class Call(NamedTuple):
    """A function call; ``at`` is the character position for messages."""

    name: str
    arguments: tuple["Expression", ...]
    at: int


class Chain(NamedTuple):
    """Operators of one precedence level, from left to right, so that long sums stay shallow."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


class Negation(NamedTuple):
    """Unary minus."""

    operand: "Expression"


class Step(NamedTuple):
    """One step of a path; ``test`` is a name, ``*`` or a node type such as ``node()``."""

    axis: Axis
    test: str
    predicates: tuple["Expression", ...] = ()


class Path(NamedTuple):
    """A location path: from the root, from the context node, or from another expression."""

    start: "Choice['root', 'context'] | Expression"
    steps: tuple[Step, ...]
    predicates: tuple["Expression", ...] = ()


Expression = Literal | Call | Chain | Negation | Path
