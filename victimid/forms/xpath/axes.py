"""The axes of XPath, one step at a time, in document order and without duplicates."""

from collections.abc import Callable, Iterable

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Scene
from victimid.forms.xpath.predicates import Predicate
from victimid.forms.xpath.syntax import Axis, Step

Walk = Callable[[list[Node], Scene], list[Node]]
_ANY = frozenset({"*", "node()"})
_WEIGHTS = {"following": 8, "preceding": 8}
_BESIDE = frozenset({"following-sibling", "preceding-sibling"})


def walk(step: Step, predicates: list[Predicate]) -> Walk:
    """Compile one step into a function from nodes to nodes."""
    if step.axis == "child" and step.test not in _ANY:
        return _children(step.test, predicates)
    axis, test = step.axis, step.test
    weight = _WEIGHTS.get(axis, 3)

    def general(nodes: list[Node], scene: Scene) -> list[Node]:
        found: dict[int, Node] = {}
        effort = scene.world.effort
        for node in nodes:
            along = list(_along(axis, node))
            effort.visit(weight * len(along) + (len(node.parent.children) if axis in _BESIDE and node.parent else 0))
            reached = [each for each in along if _fits(each, test, axis)]
            for predicate in predicates:
                reached = predicate(reached, scene)
            found.update((id(each), each) for each in reached)
        return list(found.values())

    return general


def _children(name: str, predicates: list[Predicate]) -> Walk:
    def children(nodes: list[Node], scene: Scene) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            reached = node.by_name.get(name, [])
            for predicate in predicates:
                reached = predicate(reached, scene)
            found.extend(reached)
        scene.world.effort.visit(len(found))
        return found

    return children


def _fits(node: Node, test: str, axis: Axis) -> bool:
    if test == "node()" or (test == "*" and node.name):
        return True
    return node.name == test or (axis == "attribute" and test == "*")


def _along(axis: Axis, node: Node) -> Iterable[Node]:
    """Return the nodes on an axis, nearest first as position() counts them."""
    if axis == "child":
        return node.children
    if axis == "self":
        return (node,)
    if axis == "parent":
        return () if node.parent is None else (node.parent,)
    if axis == "attribute":
        return node.attributes.values()
    if axis in {"descendant", "descendant-or-self"}:
        below = node.descendants()
        return below if axis == "descendant" else (node, *below)
    if axis in {"ancestor", "ancestor-or-self"}:
        above = _above(node)
        return above if axis == "ancestor" else [node, *above]
    return _sideways(axis, node)


def _above(node: Node) -> list[Node]:
    found = []
    at = node.parent
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def _sideways(axis: Axis, node: Node) -> list[Node]:
    if node.parent is None or axis == "namespace":
        return []
    siblings = node.parent.children
    at = next(index for index, sibling in enumerate(siblings) if sibling is node)
    if axis == "following-sibling":
        return siblings[at + 1 :]
    if axis == "preceding-sibling":
        return siblings[:at][::-1]
    found: list[Node] = []
    for each in [node, *_above(node)]:
        beside: Axis = "following-sibling" if axis == "following" else "preceding-sibling"
        for sibling in _sideways(beside, each):
            below = [sibling, *sibling.descendants()]
            found.extend(below if axis == "following" else below[::-1])
    return found
