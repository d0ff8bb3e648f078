"""What happens when an interview begins or a repeat instance is added: preloads and default actions."""

import uuid
from typing import Final

from victimid.forms.live.answers import Answer
from victimid.forms.live.engine import Engine
from victimid.forms.live.tree import below
from victimid.forms.live.world import World
from victimid.forms.nodes import Node
from victimid.forms.xpath import moments

_LOADS: Final = frozenset({"odk-instance-load", "odk-instance-first-load"})


class Beginnings:
    """Fills in new nodes; until that is done their changes set off no actions."""

    def __init__(self, world: World, engine: Engine) -> None:
        self._world = world
        self._engine = engine

    def interview(self, nodes: list[Answer], *, resumed: bool) -> None:
        """Begin an interview, or go on with a saved one, which has had its defaults."""
        if not resumed:
            self._preload(nodes)
        self._engine.begin(nodes, resuming=resumed)
        self._happen("odk-instance-load", self._world.root)
        if not resumed:
            self._happen("odk-instance-first-load", self._world.root)
        self._engine.grown.clear()
        for node in below(self._world.root):
            node.fresh = False

    def instances(self) -> None:
        """Fill in the repeat instances that were added since the last time, by whomever."""
        while self._engine.grown:
            instance = self._engine.grown.pop(0)
            nodes = list(below(instance))
            self._preload(nodes)
            for node in nodes:
                self._engine.update(node)
            self._engine.settle()
            self._happen("odk-new-repeat", instance)
            for node in nodes:
                node.fresh = False

    def _preload(self, nodes: list[Answer]) -> None:
        """Fill in what a form asks the device for; nothing here says who or where anybody is."""
        moment = self._world.moment()
        for node in nodes:
            kind, parameter = node.definition.preload
            if kind == "uid" or (not kind and node.name == "instanceID" and not node.raw):
                node.raw = f"uuid:{uuid.uuid4()}"
            elif kind == "timestamp" and parameter != "end":
                node.raw = moments.now(moment).text
            elif kind == "date":
                node.raw = moments.today(moment).text

    def _happen(self, event: str, source: Node) -> None:
        """Run the actions of an event; a new repeat instance concerns only targets inside it.

        What is calculated from answers anyway is not set when the form loads, as in ODK's engine.
        """
        self._world.effort.visit(len(self._world.model.actions))
        for action in self._world.model.actions:
            if event not in action.events or (event in _LOADS and action.target.calculates_answers):
                continue
            if isinstance(source, Answer) and source.definition not in action.target.chain:
                continue
            self._engine.act(action, source)
        self._engine.settle()
