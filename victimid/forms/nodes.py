"""The light tree that expressions run over: the answers, and the secondary instances beside them."""

from collections.abc import Iterator


class Node:
    """An element or attribute; ``value`` is its text, or None where it has child elements."""

    __slots__ = ("attributes", "by_name", "children", "name", "number", "parent", "value")

    def __init__(self, name: str, parent: "Node | None", value: str | None = None) -> None:
        self.name = name
        self.parent = parent
        self.value = value
        self.number: float | None = None
        self.children: list[Node] = []
        self.by_name: dict[str, list[Node]] = {}
        self.attributes: dict[str, Node] = {}

    def append(self, child: "Node") -> None:
        """Add a child at the end."""
        self.children.append(child)
        self.by_name.setdefault(child.name, []).append(child)

    def text(self) -> str:
        """Return the string value: own text, or that of all descendants in document order."""
        if self.value is not None:
            return self.value
        return "".join(child.text() for child in self.children)

    def position(self) -> int:
        """Return the 1-based position among siblings of the same name."""
        if self.parent is None:
            return 1
        return _index(self.parent.by_name[self.name], self) + 1

    def descendants(self) -> Iterator["Node"]:
        """Yield all descendants in document order."""
        for child in self.children:
            yield child
            yield from child.descendants()


def _index(nodes: list[Node], node: Node) -> int:
    """Find a node by identity."""
    return next(index for index, candidate in enumerate(nodes) if candidate is node)
