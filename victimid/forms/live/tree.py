"""Growing and pruning the instance tree."""

from collections.abc import Iterator
from typing import cast

from victimid.forms import limits
from victimid.forms.datatypes import toil
from victimid.forms.definition import Definition, Seed
from victimid.forms.live.answers import Answer, answers
from victimid.forms.live.world import World
from victimid.forms.nodes import Node

_BLANK = Seed("", {})
_GROWING = 8  # nodes looked at are as much work as growing one


class Tree:
    """The nodes of an instance; new ones are handed to ``grown`` so that they get evaluated."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.spare: dict[tuple[Node, Definition], tuple[Seed, ...]] = {}
        self.phantoms: dict[tuple[Node, Definition], Answer] = {}
        self._count = 0

    def plant(self, seed: Seed) -> list[Answer]:
        """Grow the whole tree from its root."""
        world = self._world
        return self._grow(world.model.definitions[1], world.root, seed)

    def _grow(self, definition: Definition, parent: Node, seed: Seed) -> list[Answer]:
        """Grow a node and all below it; returns them in document order."""
        self._count += 1
        limits.require(limits.INSTANCE_NODES, self._count, "instance nodes")
        self._world.effort.visit(_GROWING + toil(definition.type, seed.value))
        raw = definition.normalise(seed.value) if definition.leaf else ""
        node = Answer(self._world, definition, parent, raw)
        parent.append(node)
        for name, value in definition.attributes.items():
            node.attributes[name] = Node(name, node, value)
        if definition.repeat() is None:
            self._world.single[definition.index] = node
        grown = [node]
        for child in definition.children:
            grown.extend(self._grow_child(child, node, seed.children.get(child.name, ())))
        return grown

    def _grow_child(self, child: Definition, node: Answer, seeds: tuple[Seed, ...]) -> list[Answer]:
        if not child.repeats:
            return self._grow(child, node, seeds[0] if seeds else _BLANK)
        node.by_name[child.name] = []
        self.phantoms[node, child] = Answer(self._world, child, node, "")
        if child.count is not None:
            self.spare[node, child] = seeds
            return []
        if child.fixed_count and not seeds:
            seeds = (child.template or _BLANK,)
        grown = []
        for seed in seeds:
            grown.extend(self._grow(child, node, seed))
        return grown

    def add(self, parent: Answer, repeat: Definition, count: int = 1) -> list[list[Answer]]:
        """Add repeat instances after the last one; returns the nodes of each."""
        instances = parent.by_name[repeat.name]
        limits.require(limits.REPEAT_INSTANCES, len(instances) + count, "repeat instances")
        spare = self.spare.get((parent, repeat), ())
        seeds = [*spare[len(instances) : len(instances) + count]]
        seeds += [repeat.template or _BLANK] * (count - len(seeds))
        grown = [self._grow(repeat, parent, seed) for seed in seeds]
        added, at = parent.children[-count:], _end(parent, repeat)
        del parent.children[-count:]
        parent.children[at - count : at - count] = added
        return grown

    def cut(self, parent: Answer, repeat: Definition, count: int) -> list[Answer]:
        """Take all repeat instances but the first ``count`` out of the tree; returns them."""
        extra = list(answers(parent.by_name[repeat.name][count:]))
        del parent.by_name[repeat.name][count:]
        at = _end(parent, repeat)
        del parent.children[at : at + len(extra)]
        for instance in extra:
            self._forget(instance)
        return extra

    def remove(self, instance: Answer) -> None:
        """Take a repeat instance out of the tree."""
        parent = cast("Answer", instance.parent)
        left = [each for each in parent.by_name[instance.name] if each is not instance]
        parent.by_name[instance.name] = left
        for place, each in enumerate(answers(left), 1):
            each.place = place
        parent.children = [each for each in parent.children if each is not instance]
        self._forget(instance)

    def _forget(self, instance: Answer) -> None:
        for each in below(instance):
            each.gone = True
            self._count -= 1
            for child in each.definition.children:
                if child.repeats:
                    self.phantoms[each, child].gone = True

    def after(self, instance: Answer) -> list[Answer]:
        """Return the instances that now stand where a removed one stood, and after."""
        parent = cast("Answer", instance.parent)
        return list(answers(parent.by_name[instance.name][instance.place - 1 :]))


def _end(parent: Answer, last: Definition) -> int:
    """Return how many children there are up to the last one of a definition."""
    order = parent.definition.children
    return sum(len(parent.by_name.get(each.name, ())) for each in order[: order.index(last) + 1])


def below(node: Node) -> Iterator[Answer]:
    """Yield a node and all below it in document order."""
    if isinstance(node, Answer):
        yield node
    for child in node.children:
        yield from below(child)
