"""Strongly connected components of the graph of definitions (Tarjan 1972, without recursion)."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from victimid.forms.definition import Definition

_index = attrgetter("index")
_Edges = Mapping[Definition, set[Definition]]


def components(nodes: Sequence[Definition], edges: _Edges) -> list[list[Definition]]:
    """Return groups of nodes that reach one another, every group after all that lead to it.

    Among groups that do not lead to one another, those of nodes that come first come first.
    """
    search = _Search(edges)
    for node in reversed(nodes):
        search.visit(node)
    return search.groups[::-1]


class _Search:
    """State of one depth-first search."""

    def __init__(self, edges: _Edges) -> None:
        self.groups: list[list[Definition]] = []
        self._edges = edges
        self._number: dict[Definition, int] = {}
        self._low: dict[Definition, int] = {}
        self._path: list[Definition] = []
        self._on_path: set[Definition] = set()

    def visit(self, root: Definition) -> None:
        """Search from a node, unless it has been reached already."""
        if root in self._number:
            return
        work: list[tuple[Definition, Iterator[Definition]]] = [self._open(root)]
        while work:
            node, following = work[-1]
            child = next(following, None)
            if child is None:
                work.pop()
                self._close(node)
                if work:
                    parent = work[-1][0]
                    self._low[parent] = min(self._low[parent], self._low[node])
            elif child not in self._number:
                work.append(self._open(child))
            elif child in self._on_path:
                self._low[node] = min(self._low[node], self._number[child])

    def _open(self, node: Definition) -> tuple[Definition, Iterator[Definition]]:
        self._number[node] = self._low[node] = len(self._number)
        self._path.append(node)
        self._on_path.add(node)
        children = sorted(self._edges.get(node, ()), key=_index, reverse=True)
        return node, iter(children)

    def _close(self, node: Definition) -> None:
        """Take a finished group off the path."""
        if self._low[node] != self._number[node]:
            return
        group = [self._path.pop()]
        while group[-1] is not node:
            group.append(self._path.pop())
        self._on_path.difference_update(group)
        self.groups.append(sorted(group, key=_index) if len(group) > 1 else group)
