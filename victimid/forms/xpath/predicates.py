"""Predicates: filters over the nodes of a step, with short cuts where the wanted node is known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Nodes, Number, Scene, Text, as_boolean, as_number, as_text
from victimid.forms.xpath.syntax import Call, Chain, Expression, Literal, Negation, Path
from victimid.forms.xpath.values import to_boolean

if TYPE_CHECKING:
    from victimid.forms.xpath.compiler import Compiler

_INDEX_FROM = 16
_WEIGHT = 4  # of one evaluation, in nodes looked at
_CONTEXT_FREE = frozenset({"current", "true", "false", "today", "now", "pi"})
_VARYING = frozenset({"once", "uuid", "randomize"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A compiled predicate: a function from the nodes of a step to those that fit."""

    filter: Callable[[list[Node], Scene], list[Node]]

    def __call__(self, nodes: list[Node], scene: Scene) -> list[Node]:
        """Filter nodes."""
        return self.filter(nodes, scene)

    def over(self, nodes: Nodes) -> Nodes:
        """Filter what another closure gives."""
        return lambda node, scene: self.filter(nodes(node, scene), scene)


def predicate(compiler: "Compiler", expression: Expression) -> Predicate:
    """Compile a predicate."""
    wanted = _wanted_position(expression)
    if wanted is not None:
        return Predicate(_at_position(as_number(compiler.code(wanted))))
    if compiler.reach.outside:
        keyed = _keyed(compiler, expression)
        if keyed is not None:
            return keyed
    return Predicate(_each(compiler.code(expression)))


def _each(code: Code) -> Callable[[list[Node], Scene], list[Node]]:
    """Evaluate the predicate for every node with its position and the size."""
    test = as_boolean(code)
    run = code.run
    by_position = code.type in {"number", "any"}

    def keep(nodes: list[Node], scene: Scene) -> list[Node]:
        found = []
        scene.world.effort.visit(_WEIGHT * len(nodes))
        inner = Scene(scene.world, scene.current, 0, len(nodes))
        for node in nodes:
            inner.position += 1
            if by_position:
                value = run(node, inner)
                fits = value == inner.position if isinstance(value, float) else to_boolean(value)
            else:
                fits = test(node, inner)
            if fits:
                found.append(node)
        return found

    return keep


def _at_position(number: Number) -> Callable[[list[Node], Scene], list[Node]]:
    def pick(nodes: list[Node], scene: Scene) -> list[Node]:
        if not nodes:
            return []
        wanted = number(nodes[0], scene)
        if wanted != wanted or wanted != int(wanted) or not 1 <= wanted <= len(nodes):
            return []
        return [nodes[int(wanted) - 1]]

    return pick


def _wanted_position(expression: Expression) -> Expression | None:
    """Recognise ``[3]`` and ``[position() = E]`` where E does not depend on the node."""
    if isinstance(expression, Literal) and isinstance(expression.value, float):
        return expression
    for left, right in _equality(expression):
        if isinstance(left, Call) and left.name == "position" and not left.arguments and independent(right):
            return right
    return None


def _equality(expression: Expression) -> list[tuple[Expression, Expression]]:
    if isinstance(expression, Chain) and len(expression.rest) == 1 and expression.rest[0][0] == "=":
        return [(expression.first, expression.rest[0][1]), (expression.rest[0][1], expression.first)]
    return []


def independent(expression: Expression) -> bool:
    """Tell whether a value is the same for every node of a step."""
    if isinstance(expression, Literal):
        return True
    if isinstance(expression, Negation):
        return independent(expression.operand)
    if isinstance(expression, Chain):
        return independent(expression.first) and all(independent(right) for _, right in expression.rest)
    if isinstance(expression, Call):
        if not expression.arguments:
            return expression.name in _CONTEXT_FREE
        return expression.name not in _VARYING and all(independent(each) for each in expression.arguments)
    return _path_independent(expression)


def _path_independent(path: Path) -> bool:
    if path.start == "context":
        return False
    return path.start == "root" or independent(path.start)


def _keyed(compiler: "Compiler", expression: Expression) -> Predicate | None:
    """Recognise ``[name = E]`` over a secondary instance: look the nodes up instead of comparing each."""
    for left, right in _equality(expression):
        name = _child_name(left)
        if name is not None and independent(right):
            code = compiler.code(right)
            if code.type == "text" or (code.type == "nodes" and code.single):
                return Predicate(_lookup(name, as_text(code), _each(compiler.code(expression))))
    return None


def _child_name(expression: Expression) -> str | None:
    if not isinstance(expression, Path) or expression.start != "context" or len(expression.steps) != 1:
        return None
    step = expression.steps[0]
    plain = step.axis == "child" and not step.predicates and not step.test.endswith(")") and step.test != "*"
    return step.test if plain else None


def _lookup(
    name: str, wanted: Text, each: Callable[[list[Node], Scene], list[Node]]
) -> Callable[[list[Node], Scene], list[Node]]:
    """Look up by an index that is built once for a long list; the list itself is the key's owner."""
    known: dict[int, tuple[list[Node], dict[str, list[Node]]]] = {}

    def find(nodes: list[Node], scene: Scene) -> list[Node]:
        if len(nodes) < _INDEX_FROM:
            return each(nodes, scene)
        entry = known.get(id(nodes))
        if entry is None or entry[0] is not nodes:
            scene.world.effort.visit(_WEIGHT * len(nodes))
            entry = (nodes, _index(name, nodes))
            known.clear()
            known[id(nodes)] = entry
        return entry[1].get(wanted(nodes[0], scene), [])

    return find


def _index(name: str, nodes: list[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in nodes:
        for text in dict.fromkeys(child.text() for child in node.by_name.get(name, ())):
            found.setdefault(text, []).append(node)
    return found
