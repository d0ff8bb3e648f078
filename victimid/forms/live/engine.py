"""How a change spreads: each node that reads it is worked out again, once, after all that it reads."""

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count
from typing import Any, cast

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.definition import (
    ABOVE,
    CALCULATE,
    COUNT,
    ITEMS,
    RELEVANT,
    VIEW,
    Action,
    Definition,
    Itemset,
    Reader,
)
from victimid.forms.effort import SHORT
from victimid.forms.live.answers import Answer, answers
from victimid.forms.live.tree import Tree, below
from victimid.forms.live.world import World
from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Number

_OTHER = RELEVANT | ABOVE | ITEMS | COUNT
_EVERYTHING = RELEVANT | ABOVE | CALCULATE | ITEMS


class Engine:
    """Keeps the instance in step with the answers, along the order worked out when the form was loaded."""

    def __init__(self, world: World, tree: Tree) -> None:
        self._world = world
        self._tree = tree
        self._single = cast("list[Answer]", world.single)
        self._turns: list[tuple[int, int, Answer]] = []
        self._arrivals = count()
        self._events: list[tuple[Action, Answer]] = []
        self._resuming = False
        self.structure_changed = True
        self.grown: list[Answer] = []

    def begin(self, nodes: list[Answer], *, resuming: bool) -> None:
        """Evaluate everything for the first time; what was saved stands as answered when ``resuming``."""
        self._resuming = resuming
        self._first_time(nodes)
        self.settle()
        self._resuming = False

    def _first_time(self, nodes: list[Answer]) -> None:
        for node in nodes:
            self._schedule(node, _EVERYTHING)
            for child in node.definition.children:
                if child.count is not None:
                    self._schedule(self._tree.phantoms[node, child], COUNT)

    def adopt(self, instances: list[list[Answer]], repeat: Definition) -> None:
        """Evaluate instances that were added to a repeat, and whatever reads how many there are."""
        self.structure_changed = True
        for nodes in instances:
            self.grown.append(nodes[0])
            self._first_time(nodes)
        self._structure(repeat, instances[0][0])

    def drop(self, instance: Answer) -> None:
        """Remove a repeat instance; those after it change their references."""
        self._tree.remove(instance)
        self.structure_changed = True
        for sibling in self._tree.after(instance):
            for node in below(sibling):
                node.view = None
                node.reference = ""
        self._notify(instance.definition.position_readers, instance)
        self._structure(instance.definition, instance)

    def _structure(self, repeat: Definition, instance: Answer) -> None:
        self._notify(repeat.structure_readers, instance)
        for definition in repeat.children:
            self._gone_or_new(definition, instance)

    def _gone_or_new(self, definition: Definition, instance: Answer) -> None:
        """Values below an added or removed instance count for readers outside it."""
        outside = [reader for reader in definition.readers if reader.scope is not instance.definition]
        self._notify(outside, instance)
        for child in definition.children:
            self._gone_or_new(child, instance)

    def update(self, node: Answer, what: int = 0) -> None:
        """Work out again ``what`` of a node may have changed, take over its value and tell whatever reads it."""
        definition = node.definition
        if what & _OTHER and self._other(node, what):
            what = CALCULATE
        if what & CALCULATE and definition.calculate is not None and node.relevant:
            if definition.looped:
                self.update(node)
            text = definition.calculate(node, node.scene)
            if text != node.computed:
                node.computed = text
                if not (self._resuming and definition.control):
                    node.raw = definition.normalise(text)
        value = node.raw if node.relevant and node.choices is None else node.effective()
        if value == node.value or not definition.leaf:
            return
        if len(value) >= SHORT:
            self._world.effort.write(len(value))
        node.value = value
        node.number = node.view = None
        self._notify(definition.readers, node)
        if definition.actions and not node.fresh:
            self._events.extend((action, node) for action in definition.actions)

    def retranslate(self) -> None:
        """Work out again what reads texts of the form."""
        readers = frozenset(self._world.model.language_readers)
        for node in below(self._world.root):
            if node.definition in readers:
                self._schedule(node, CALCULATE | RELEVANT | ITEMS)
        self.settle()

    def settle(self) -> None:
        """Work everything out that waits, then run the actions the changes call for, until all is quiet."""
        acted = 0
        for _ in range(limits.EVENT_ROUNDS):
            self._spread()
            if not self._events:
                return
            events, self._events = self._events, []
            acted += len(events)
            if acted > limits.EVENT_ACTIONS:
                break
            for action, source in events:
                self.act(action, source, hidden=True)
        raise VictimIDError("form.endless")

    def act(self, action: Action, source: Node, *, hidden: bool = False) -> None:
        """Run a setvalue action for its targets in the repeat instance of its source, ``hidden`` ones too or not."""
        targets = self._targets(action.target, source)
        self._world.effort.visit(len(targets))
        for node in targets:
            if (node.relevant or hidden) and not node.gone:
                node.raw = action.target.normalise(action.value(node, node.scene))
                self.update(node)

    def _targets(self, target: Definition, source: Node) -> list[Answer]:
        at: Node = source
        while at.parent is not None and not _leads(at, target):
            at = at.parent
        found: list[Node] = [at]
        chain = target.chain
        start = chain.index(at.definition) + 1 if isinstance(at, Answer) else 1
        for step in chain[start:]:
            found = [child for node in found for child in node.by_name.get(step.name, ())]
        return [node for node in found if isinstance(node, Answer)]

    def _notify(self, readers: list[Reader], source: Answer) -> None:
        """Let the readers of a node that changed wait for their turns, in the instances that share their scope."""
        for reader in readers:
            if reader.index is not None:
                self._schedule(self._single[reader.index], reader.what)
            else:
                for node in self._reached(reader, source):
                    self._schedule(node, reader.what)

    def _schedule(self, node: Answer, what: int) -> None:
        """Let a node wait for its turn, once for all that is to be worked out of it."""
        if what == VIEW:
            node.view = None
        else:
            if not node.due:
                heappush(self._turns, (node.definition.rank, next(self._arrivals), node))
            node.due |= what

    def _spread(self) -> None:
        """Work through what waits in order of rank; running totals over repeats may come back to a rank."""
        turns, steps, worked = self._turns, 0, 0
        while turns:
            node = heappop(turns)[2]
            what, node.due = node.due, 0
            worked += 1
            if not node.gone:
                self.update(node, what)
            if node.definition.looped:
                steps += 1
                if steps > limits.EVALUATION_STEPS:
                    raise VictimIDError("form.endless")
        self._world.effort.visit(3 * worked)

    def _other(self, node: Answer, what: int) -> bool:
        """Work out again all but what is calculated; tells whether that follows, as the node is relevant now or not."""
        definition = node.definition
        if what & ITEMS and definition.itemset is not None:
            self._rechoose(node, definition.itemset)
        if what == COUNT and definition.count is not None:
            self._recount(node, definition.count)
        if what & RELEVANT and definition.relevant is not None:
            node.own = definition.relevant(node, node.scene)
        parent = node.parent
        relevant = node.own and (not isinstance(parent, Answer) or parent.relevant)
        if relevant is node.relevant:
            return False
        node.relevant = relevant
        node.computed = None
        node.view = None
        for child in answers(node.children):
            self._schedule(child, ABOVE)
        return True

    def _rechoose(self, node: Answer, itemset: Itemset) -> None:
        before = node.choices
        node.choices = self._world.choices(node, itemset)
        node.view = None
        if before is not None and (itemset.quotes or before.values != node.choices.values):
            self._notify(node.definition.readers, node)

    def _recount(self, phantom: Answer, count_of: Number) -> None:
        """Bring a repeat to the number of instances its form wants."""
        parent, repeat = cast("Answer", phantom.parent), phantom.definition
        wanted = count_of(phantom, phantom.scene)
        if wanted != wanted:
            return
        size = int(max(0, min(wanted, limits.REPEAT_INSTANCES + 1)))
        limits.require(limits.REPEAT_INSTANCES, size, "repeat instances")
        there = len(parent.by_name[repeat.name])
        if there < size:
            self.adopt(self._tree.add(parent, repeat, size - there), repeat)
        elif there > size:
            self.structure_changed = True
            self._structure(repeat, self._tree.cut(parent, repeat, size)[0])

    def _reached(self, reader: Reader, source: Answer) -> Iterable[Answer]:
        """Follow the way from the repeat instance that a reader shares with what it reads, or from the document."""
        at: Any = source
        if reader.scope is None:
            at = self._world.root
        else:
            for _ in range(source.definition.depth - reader.scope.depth):
                at = at.parent
            if at.definition is not reader.scope:
                return ()
        nodes: list[Any] = [at]
        for name in reader.down:
            above, nodes = nodes, []
            for at in above:
                nodes += at.by_name.get(name, ())
        self._world.effort.visit(len(nodes))
        if reader.what == COUNT:
            return [self._tree.phantoms[node, reader.definition] for node in nodes]
        return nodes


def _leads(node: Node, target: Definition) -> bool:
    return isinstance(node, Answer) and node.definition in target.chain
