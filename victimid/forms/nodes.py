"""The light tree that expressions run over: the answers, and the secondary instances beside them."""

from collections.abc import Iterator

from victimid.forms.effort import Effort, require_short


class Node:
    """An element or attribute; ``value`` is its text, or None where it has child elements."""

    __slots__ = ("attributes", "by_name", "children", "name", "number", "parent", "place", "value")

    def __init__(self, name: str, parent: "Node | None", value: str | None = None) -> None:
        self.name = name
        self.parent = parent
        self.value = value
        self.number: float | None = None
        self.place = 1
        self.children: list[Node] = []
        self.by_name: dict[str, list[Node]] = {}
        self.attributes: dict[str, Node] = {}

    def append(self, child: "Node") -> None:
        """Add a child at the end."""
        self.children.append(child)
        same = self.by_name.setdefault(child.name, [])
        same.append(child)
        child.place = len(same)

    def text(self, effort: Effort | None = None) -> str:
        """Return the string value: own text, or that of all descendants in document order, which is counted."""
        if self.value is not None:
            return self.value
        if effort is not None:
            effort.visit(len(self.children))
        texts = [child.text(effort) for child in self.children]
        require_short(texts)
        return "".join(texts)

    def latest(self, effort: Effort) -> str:
        """Return the string value, with what was filled in and is not taken over yet."""
        return self.text(effort)

    def position(self) -> int:
        """Return the 1-based position among siblings of the same name."""
        return self.place

    def descendants(self) -> Iterator["Node"]:
        """Yield all descendants in document order."""
        for child in self.children:
            yield child
            yield from child.descendants()
