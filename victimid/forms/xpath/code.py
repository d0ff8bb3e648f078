"""Compiled expressions: closures over the light tree, each with the type its value surely has."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from victimid.forms.effort import Effort
from victimid.forms.nodes import Node
from victimid.forms.xpath.values import NAN, Value, number_of_node, number_of_text, text_of_number
from victimid.forms.xpath.values import to_boolean as boolean_of
from victimid.forms.xpath.values import to_number as number_of
from victimid.forms.xpath.values import to_text as text_of

Type = Literal["text", "number", "boolean", "nodes", "any"]


class World(Protocol):
    """What expressions may see beyond their context node."""

    root: Node
    single: list[Node]
    instances: Mapping[str, Node]
    language: str
    effort: Effort

    def moment(self) -> datetime:
        """Return the current moment."""
        ...

    def itext(self, text_id: str) -> str:
        """Return a translated text in the current language."""
        ...

    def media(self, text_id: str) -> Mapping[str, str]:
        """Return the names of the files that go with a translated text, by their form."""
        ...

    def choice_label(self, node: Node, value: str) -> str:
        """Return the label a choice of this select has in the current language."""
        ...


class Scene:
    """Where an expression is evaluated: the world, the node it belongs to, position and size."""

    __slots__ = ("current", "position", "size", "world")

    def __init__(self, world: World, current: Node, position: int = 1, size: int = 1) -> None:
        self.world = world
        self.current = current
        self.position = position
        self.size = size


Run = Callable[[Node, Scene], Value]
Text = Callable[[Node, Scene], str]
Number = Callable[[Node, Scene], float]
Boolean = Callable[[Node, Scene], bool]
Nodes = Callable[[Node, Scene], list[Node]]
First = Callable[[Node, Scene], Node | None]


class Code(NamedTuple):
    """A compiled expression.

    ``first`` finds the first node directly, ``single`` says there is no other; ``alone`` is the index of a node that
    always exists, once; ``constant`` the value of a literal.
    """

    type: Type
    run: Callable[[Node, Scene], "str | float | bool | list[Node]"]
    first: First | None = None
    single: bool = False
    alone: int | None = None
    constant: str | float | bool | None = None


def constant(value: str | float | bool) -> Code:
    """Compile a literal."""
    kind: Type = "text" if isinstance(value, str) else "boolean" if isinstance(value, bool) else "number"
    return Code(kind, lambda _node, _scene: value, constant=value)


def as_text(code: Code) -> Text:
    """Return a closure that gives text."""
    run = code.run
    if code.type == "text":
        return run  # type: ignore[return-value]  # the type says so
    first, alone = code.first, code.alone
    if alone is not None:

        def text_alone(_node: Node, scene: Scene) -> str:
            found = scene.world.single[alone]
            return found.value or found.text(scene.world.effort)

        return text_alone
    if first is not None:

        def first_text(node: Node, scene: Scene) -> str:
            found = first(node, scene)
            return "" if found is None else found.value or found.text(scene.world.effort)

        return first_text
    if code.type == "number":
        return lambda node, scene: text_of_number(run(node, scene))  # type: ignore[arg-type]  # see above
    return lambda node, scene: text_of(run(node, scene), scene.world.effort)


def as_number(code: Code) -> Number:
    """Return a closure that gives a number."""
    run = code.run
    if code.type == "number":
        return run  # type: ignore[return-value]  # the type says so
    first, alone = code.first, code.alone
    if alone is not None:

        def number_alone(_node: Node, scene: Scene) -> float:
            found = scene.world.single[alone]
            if found.number is None:
                found.number = number_of_text(found.value or found.text())
            return found.number

        return number_alone
    if first is not None:

        def first_number(node: Node, scene: Scene) -> float:
            found = first(node, scene)
            if found is None:
                return NAN
            number = found.number
            return number_of_node(found) if number is None else number

        return first_number
    if code.type == "text":
        return lambda node, scene: number_of_text(run(node, scene))  # type: ignore[arg-type]  # see above
    return lambda node, scene: number_of(run(node, scene))


def as_boolean(code: Code) -> Boolean:
    """Return a closure that gives a boolean."""
    run = code.run
    if code.type == "boolean":
        return run  # type: ignore[return-value]  # the type says so
    first = code.first
    if first is not None:
        return lambda node, scene: first(node, scene) is not None
    return lambda node, scene: boolean_of(run(node, scene))


def as_nodes(code: Code) -> Nodes | None:
    """Return a closure that gives nodes, or None where the expression cannot give any."""
    if code.type == "nodes":
        return code.run  # type: ignore[return-value]  # the type says so
    if code.type == "any":
        run = code.run

        def nodes_or_none(node: Node, scene: Scene) -> list[Node]:
            value = run(node, scene)
            return value if isinstance(value, list) else []

        return nodes_or_none
    return None
