"""Repeats as whoever answers sees them: which there are, what comes before, whether they may grow or shrink."""

from dataclasses import dataclass

from victimid.forms import limits
from victimid.forms.definition import Definition
from victimid.forms.live.answers import Answer
from victimid.forms.live.tree import Tree
from victimid.forms.live.world import World
from victimid.forms.nodes import Node
from victimid.forms.state import RepeatState


def repeats(world: World, tree: Tree, asked: frozenset[str], language: str) -> tuple[RepeatState, ...]:
    """List the repeats that are relevant, each after those within it; ``asked`` are the kinds that ask."""
    walk = _Walk(world, tree, asked, language, [])
    for child in world.root.children:
        walk.below(child)
    return tuple(walk.found)


@dataclass(slots=True)
class _Walk:
    """Goes through the instance in document order and remembers the last question it passed."""

    world: World
    tree: Tree
    asked: frozenset[str]
    language: str
    found: list[RepeatState]
    last: str = ""

    def below(self, node: Node) -> None:
        """Pass a node and all within it."""
        if not isinstance(node, Answer) or not node.relevant:
            return
        if node.definition.leaf and node.definition.kind in self.asked:
            self.last = node.ref()
        for child in node.definition.children:
            instances = node.by_name.get(child.name, [])
            for instance in instances:
                self.below(instance)
            if child.repeats:
                self._note(node, child, instances)

    def _note(self, parent: Answer, repeat: Definition, instances: list[Node]) -> None:
        phantom = self.tree.phantoms[parent, repeat]
        open_ends = [each for each in instances if isinstance(each, Answer) and each.relevant]
        shown = bool(open_ends) or (
            not instances and (repeat.relevant is None or repeat.relevant(phantom, phantom.scene))
        )
        if not shown:
            return
        label, free = repeat.label, repeat.count is None and not repeat.fixed_count
        where = open_ends[-1] if open_ends else phantom
        self.found.append(
            RepeatState(
                ref=f"{parent.ref()}/{repeat.path.rpartition('/')[2]}",
                label=label.read(where, self.world.scene(where, self.language)).strip() if label is not None else "",
                instances=len(instances),
                can_add=free and len(instances) < limits.REPEAT_INSTANCES,
                can_remove=free and bool(instances),
                last_ref=self.last,
            )
        )
