"""Node-sets: where a node is, other instances, repeats by number."""

from collections.abc import Mapping
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Nodes, Number, Scene, as_nodes, as_number, as_text
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.syntax import Expression
from victimid.forms.xpath.values import NAN


def _current(_compiler: Compiler, _arguments: tuple[Expression, ...]) -> Code:
    return Code("nodes", lambda _node, scene: [scene.current], lambda _node, scene: scene.current, single=True)


def _instance(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    name = as_text(compiler.code(arguments[0]))

    def nodes(node: Node, scene: Scene) -> list[Node]:
        found = scene.world.instances.get(name(node, scene))
        return [] if found is None else [found]

    return Code("nodes", nodes)


def _position(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    if not arguments:
        return Code("number", lambda _node, scene: float(scene.position))
    code, reach = compiler.structural().nodes(arguments[0])
    nodes = as_nodes(code)
    assert nodes is not None  # noqa: S101 - Compiler.nodes has refused anything else
    for end in reach.ends:
        if end.repeats and end.parent is not None:
            compiler.dependencies.positions.add((end, end.parent))

    def position(node: Node, scene: Scene) -> float:
        found = nodes(node, scene)
        return float(found[0].position()) if found else NAN

    return Code("number", position)


def _last(_compiler: Compiler, _arguments: tuple[Expression, ...]) -> Code:
    return Code("number", lambda _node, scene: float(scene.size))


def _indexed_repeat(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``indexed-repeat(node, repeat, index, …)``: the nodes below the instances so numbered."""
    unsure = compiler.unsure()
    target = as_nodes(unsure.nodes(arguments[0])[0])
    assert target is not None  # noqa: S101 - Compiler.nodes has refused anything else
    pairs: list[tuple[Nodes, Number]] = []
    for repeat, index in zip(arguments[1::2], arguments[2::2], strict=False):
        nodes = as_nodes(unsure.structural().nodes(repeat)[0])
        assert nodes is not None  # noqa: S101 - see above
        pairs.append((nodes, as_number(compiler.code(index))))

    def evaluate(node: Node, scene: Scene) -> list[Node]:
        chosen: list[Node] = []
        for nodes, index in pairs:
            inside = nodes(node, scene)
            if chosen:
                scene.world.effort.visit(2 * len(inside))
                inside = [each for each in inside if _is_below(each, chosen[-1])]
            number = index(node, scene)
            if number != number or not 1 <= number <= len(inside):
                return []
            chosen.append(inside[int(number) - 1])
        targets = target(node, scene)
        scene.world.effort.visit(2 * len(targets))
        return [each for each in targets if _is_below(each, chosen[-1])]

    return Code("nodes", evaluate)


def _is_below(node: Node, ancestor: Node) -> bool:
    at: Node | None = node
    while at is not None:
        if at is ancestor:
            return True
        at = at.parent
    return False


def _pulldata(compiler: Compiler, arguments: tuple[Expression, ...]) -> Code:
    """Compile ``pulldata(instance, wanted, key, value)``: the first item whose key has the value."""
    name, wanted, key, value = (as_text(compiler.code(argument)) for argument in arguments)
    known: dict[tuple[str, str], tuple[list[Node], dict[str, Node]]] = {}

    def evaluate(node: Node, scene: Scene) -> str:
        instance, column = name(node, scene).removesuffix(".csv"), key(node, scene)
        items = _items(scene.world.instances.get(instance))
        entry = known.get((instance, column))
        if entry is None or entry[0] is not items:
            scene.world.effort.visit(2 * len(items))
            entry = known[instance, column] = (items, _first_by(column, items))
        item = entry[1].get(value(node, scene))
        found = item.by_name.get(wanted(node, scene)) if item is not None else None
        return found[0].text() if found else ""

    return Code("text", evaluate)


def _items(instance: Node | None) -> list[Node]:
    if instance is None or not instance.children:
        return []
    return instance.children[0].by_name.get("item", [])


def _first_by(column: str, items: list[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for item in items:
        for cell in item.by_name.get(column, ()):
            found.setdefault(cell.text(), item)
    return found


FUNCTIONS: Final[Mapping[str, Function]] = {
    "current": Function(_current, 0, 0),
    "instance": Function(_instance, 1, 1),
    "position": Function(_position, 0, 1),
    "last": Function(_last, 0, 0),
    "indexed-repeat": Function(_indexed_repeat, 3, None),
    "pulldata": Function(_pulldata, 4, 4),
}
