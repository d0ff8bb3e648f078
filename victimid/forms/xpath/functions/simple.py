"""Ways to make a function of the language out of a plain Python function."""

from collections.abc import Callable

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Scene, as_nodes, as_number, as_text
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.syntax import Expression, Path, Step
from victimid.forms.xpath.values import Value, number_of_node, to_text

SELF = Path("context", (Step("self", "node()"),))


def of_texts(
    kind: type[str] | type[bool] | type[float], function: Callable[..., str | bool | float], least: int, most: int
) -> Function:
    """Make a function of texts; without an argument, where allowed, it is about the context node."""

    def build(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
        parts = [as_text(compiler.code(argument)) for argument in arguments or (SELF,)]
        if len(parts) == 1:
            only = parts[0]
            return _typed(kind, lambda node, scene: function(only(node, scene)))
        if len(parts) == 2:
            one, two = parts
            return _typed(kind, lambda node, scene: function(one(node, scene), two(node, scene)))
        return _typed(kind, lambda node, scene: function(*[part(node, scene) for part in parts]))

    return Function(build, least, most)


def of_numbers(function: Callable[..., float], least: int, most: int) -> Function:
    """Make a function of numbers that gives a number."""

    def build(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
        parts = [as_number(compiler.code(argument)) for argument in arguments]
        if len(parts) == 1:
            only = parts[0]
            return Code("number", lambda node, scene: function(only(node, scene)))
        return Code("number", lambda node, scene: function(*[part(node, scene) for part in parts]))

    return Function(build, least, most)


def _typed(kind: type[str] | type[bool] | type[float], run: Callable[[Node, Scene], str | bool | float]) -> Code:
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
        return [each.text() for each in value] if isinstance(value, list) else [to_text(value)]

    return texts
