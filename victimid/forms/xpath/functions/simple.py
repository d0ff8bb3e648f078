"""Ways to make a function of the language out of a plain Python function."""

from collections.abc import Callable

from victimid.forms.effort import SHORT
from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Scene, Text, as_nodes, as_number, as_text
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.syntax import Expression, Path, Step
from victimid.forms.xpath.values import Value, number_of_node, to_text

_Scalar = Callable[[Node, Scene], str | bool | float]
SELF = Path("context", (Step("self", "node()"),))


def of_texts(
    kind: type[str] | type[bool] | type[float],
    function: Callable[..., str | bool | float],
    least: int,
    most: int,
    characters: int = SHORT,
) -> Function:
    """Make a function of texts; without an argument, where allowed, it is about the context node.

    ``characters`` are how many of them are as much work as looking at a node.
    """

    def build(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
        codes = [compiler.code(argument) for argument in arguments or (SELF,)]
        if len(codes) == 2:
            return _typed(kind, _of_two(function, as_text(codes[0]), as_text(codes[1]), characters))
        parts = [gone_through(as_text(code), characters) for code in codes]
        return _typed(kind, lambda node, scene: function(*[part(node, scene) for part in parts]))

    return Function(build, least, most)


def _of_two(function: Callable[..., str | bool | float], one: Text, two: Text, characters: int) -> _Scalar:
    """Call a function of two texts, as the conditions of long lists do for each choice, and count long ones."""

    def call(node: Node, scene: Scene) -> str | bool | float:
        text, other = one(node, scene), two(node, scene)
        if len(text) >= SHORT or len(other) >= SHORT:
            scene.world.effort.visit((len(text) + len(other)) // characters)
        return function(text, other)

    return call


def gone_through(text: Text, characters: int = SHORT) -> Text:
    """Count a text that is gone through from end to end, so many characters as one node; a short one is free."""

    def counted(node: Node, scene: Scene) -> str:
        found = text(node, scene)
        if len(found) >= SHORT:
            scene.world.effort.visit(len(found) // characters)
        return found

    return counted


def of_numbers(function: Callable[..., float], least: int, most: int) -> Function:
    """Make a function of numbers that gives a number."""

    def build(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
        parts = [as_number(compiler.code(argument)) for argument in arguments]
        if len(parts) == 1:
            only = parts[0]
            return Code("number", lambda node, scene: function(only(node, scene)))
        return Code("number", lambda node, scene: function(*[part(node, scene) for part in parts]))

    return Function(build, least, most)


def _typed(kind: type[str] | type[bool] | type[float], run: _Scalar) -> Code:
    if kind is str:
        return Code("text", run)
    return Code("boolean" if kind is bool else "number", run)


def numbers_of(code: Code) -> Callable[[Node, Scene], list[float]]:
    """Compile an argument that stands for one number or, as a node-set, for one per node."""
    nodes = as_nodes(code) if code.type == "nodes" else None
    if nodes is not None:
        return lambda node, scene: [number_of_node(each) for each in nodes(node, scene)]
    number = as_number(code)
    return lambda node, scene: [number(node, scene)]


def texts_of(code: Code) -> Callable[[Node, Scene], list[str]]:
    """Compile an argument that stands for one text or, as a node-set, for one per node."""
    if code.alone is not None or code.type not in {"nodes", "any"}:
        only = as_text(code)
        return lambda node, scene: [only(node, scene)]
    run = code.run

    def texts(node: Node, scene: Scene) -> list[str]:
        value: Value = run(node, scene)
        return [each.text(scene.world.effort) for each in value] if isinstance(value, list) else [to_text(value)]

    return texts
