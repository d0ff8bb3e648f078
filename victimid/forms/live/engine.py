"""How a change spreads: each node that reads it is worked out again, once, after all that it reads."""

from collections.abc import Iterable
from heapq import heappop, heappush
from typing import cast

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

_EVERYTHING = RELEVANT | ABOVE | CALCULATE | ITEMS


class Engine:
    """Keeps the instance in step with the answers, along the order worked out when the form was loaded."""

    def __init__(self, world: World, tree: Tree) -> None:
        self._world = world
        self._tree = tree
        self._single = cast("list[Answer]", world.single)
        self._by_rank = {each.rank: each for each in world.model.definitions}
        self._ranks: list[int] = []
        self._waiting: dict[int, dict[Answer, int]] = {}
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
            self._schedule_counts(node)

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
        for reader in instance.definition.position_readers:
            self._notify(reader, instance)
        self._structure(instance.definition, instance)

    def _structure(self, repeat: Definition, instance: Answer) -> None:
        for reader in repeat.structure_readers:
            self._notify(reader, instance)
        for definition in repeat.children:
            self._gone_or_new(definition, instance)

    def _gone_or_new(self, definition: Definition, instance: Answer) -> None:
        """Values below an added or removed instance count for readers outside it."""
        for reader in definition.readers:
            if reader.scope is not instance.definition:
                self._notify(reader, instance)
        for child in definition.children:
            self._gone_or_new(child, instance)

    def changed(self, node: Answer) -> None:
        """Bring a node's value up to date with what was entered, and schedule what reads it."""
        value = node.effective()
        if value == node.value:
            node.view = None
            return
        if len(value) >= SHORT:
            self._world.effort.write(len(value))
        node.value = value
        node.number = None
        node.view = None
        for reader in node.definition.readers:
            self._notify(reader, node)
        if node.definition.actions and not node.fresh:
            self._events.extend((action, node) for action in node.definition.actions)

    def retranslate(self) -> None:
        """Work out again what reads texts of the form."""
        for definition in self._world.model.language_readers:
            for node in list(below(self._world.root)):
                if node.definition is definition:
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
                self.changed(node)

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

    def _schedule(self, node: Answer, what: int) -> None:
        self._wait(node.definition.rank, node, what)

    def _schedule_counts(self, node: Answer) -> None:
        for child in node.definition.children:
            if child.count is not None:
                self._wait(child.rank, node, COUNT)

    def _wait(self, rank: int, node: Answer, what: int) -> None:
        waiting = self._waiting.get(rank)
        if waiting is None:
            self._waiting[rank] = {node: what}
            heappush(self._ranks, rank)
        else:
            waiting[node] = waiting.get(node, 0) | what

    def _spread(self) -> None:
        """Work through what waits in order of rank; running totals over repeats may come back to a rank."""
        steps = worked = 0
        while self._ranks:
            rank = heappop(self._ranks)
            waiting = self._waiting.pop(rank)
            definition = self._by_rank[rank]
            worked += len(waiting)
            for node, what in waiting.items():
                if node.gone:
                    continue
                if what & COUNT and definition.count is not None:
                    self._recount(node, definition, definition.count)
                if what & ~COUNT:
                    self._work(node, what)
            if definition.looped:
                steps += 1
                self._world.effort.visit(len(waiting))
                if steps > limits.EVALUATION_STEPS:
                    raise VictimIDError("form.endless")
        self._world.effort.visit(3 * worked)

    def _work(self, node: Answer, what: int) -> None:
        definition = node.definition
        if what & (RELEVANT | ABOVE):
            if definition.relevant is not None and what & RELEVANT:
                node.own = definition.relevant(node, node.scene)
            parent = node.parent
            relevant = node.own and (parent.relevant if isinstance(parent, Answer) else True)
            if relevant is not node.relevant:
                node.relevant = relevant
                node.computed = None
                node.view = None
                what |= CALCULATE
                for child in answers(node.children):
                    self._schedule(child, ABOVE)
        if not definition.leaf:
            return
        if what & CALCULATE and node.relevant and definition.calculate is not None:
            if definition.looped:
                self.changed(node)
            self._calculate(node, definition.calculate(node, node.scene))
        if what & ITEMS and definition.itemset is not None:
            self._rechoose(node, definition.itemset)
        self.changed(node)

    def _calculate(self, node: Answer, text: str) -> None:
        """Take over a result, unless it is the last one or, when going on, there is an answer to the question."""
        if text == node.computed:
            return
        node.computed = text
        if not (self._resuming and node.definition.control):
            node.raw = node.definition.normalise(text)

    def _rechoose(self, node: Answer, itemset: Itemset) -> None:
        before = node.choices
        node.choices = self._world.choices(node, itemset)
        node.view = None
        if before is not None and (itemset.quotes or before.values != node.choices.values):
            for reader in node.definition.readers:
                self._notify(reader, node)

    def _recount(self, parent: Answer, repeat: Definition, count_of: Number) -> None:
        """Bring a repeat to the number of instances its form wants."""
        phantom = self._tree.phantoms[parent, repeat]
        wanted = count_of(phantom, phantom.scene)
        if wanted != wanted:
            return
        count = int(max(0, min(wanted, limits.REPEAT_INSTANCES + 1)))
        limits.require(limits.REPEAT_INSTANCES, count, "repeat instances")
        there = len(parent.by_name[repeat.name])
        if there < count:
            self.adopt(self._tree.add(parent, repeat, count - there), repeat)
        elif there > count:
            self.structure_changed = True
            self._structure(repeat, self._tree.cut(parent, repeat, count)[0])

    def _notify(self, reader: Reader, source: Answer) -> None:
        """Schedule a reader of a node that changed, in the instances that share its scope."""
        what = reader.what
        for node in (self._single[reader.definition.index],) if reader.direct else self._reached(reader, source):
            if what == VIEW:
                node.view = None
            else:
                self._wait(reader.rank, node, what)

    def _reached(self, reader: Reader, source: Answer) -> Iterable[Answer]:
        start: Node | None = self._world.root
        if reader.scope is not None:
            start = source
            while isinstance(start, Answer) and start.definition is not reader.scope:
                start = start.parent
            if not isinstance(start, Answer):
                return ()
        nodes = [start] if start is not None else []
        for name in reader.down:
            nodes = [child for node in nodes for child in node.by_name.get(name, ())]
        self._world.effort.visit(len(nodes))
        return answers(nodes)


def _leads(node: Node, target: Definition) -> bool:
    return isinstance(node, Answer) and node.definition in target.chain
