"""The nodes of an instance that is being answered."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from victimid.forms.definition import Definition
from victimid.forms.effort import Effort
from victimid.forms.nodes import Node
from victimid.forms.state import NodeState
from victimid.forms.xpath.code import Scene
from victimid.forms.xpath.values import words

if TYPE_CHECKING:
    from victimid.forms.live.world import World


def answers(nodes: Iterable[Node]) -> "Iterable[Answer]":
    """Take nodes of the primary instance for what they are."""
    return cast("Iterable[Answer]", nodes)


class Choices:
    """The choices a select has now: items of an instance, by value."""

    __slots__ = ("by_value", "items", "values")

    def __init__(self, items: list[Node], values: list[str]) -> None:
        self.items = items
        self.values = values
        self.by_value: dict[str, Node] = {}
        for value, item in zip(values, items, strict=True):
            self.by_value.setdefault(value, item)


class Answer(Node):
    """A node of the primary instance.

    ``raw`` is what was entered or computed; ``value``, which expressions see, is blank while the node
    is not relevant, unless it is a file, and holds only values among the choices. ``computed`` is what was
    calculated last: only when that changes does it replace what was entered meanwhile. ``due`` is what of it waits to
    be worked out again. A ``fresh`` node has not had its defaults yet, so that its changes set off no actions.
    """

    __slots__ = (
        "choices",
        "computed",
        "definition",
        "due",
        "fresh",
        "gone",
        "own",
        "raw",
        "reference",
        "relevant",
        "scene",
        "view",
    )

    def __init__(self, world: "World", definition: Definition, parent: Node, raw: str) -> None:
        super().__init__(definition.name, parent, "" if definition.leaf else None)
        self.definition = definition
        self.raw = raw
        self.own = True
        self.relevant = True
        self.gone = False
        self.due = 0
        self.fresh = True
        self.choices: Choices | None = None
        self.computed: str | None = None
        self.view: NodeState | None = None
        self.reference = "" if definition.repeat() else definition.path
        self.scene = Scene(world, self)

    def effective(self) -> str:
        """Return the value expressions may see; a file stays, as in ODK's engine."""
        if not self.relevant and self.definition.control != "upload":
            return ""
        raw = self.raw
        choices = self.choices
        if choices is None or not raw:
            return raw
        definition = self.definition
        if definition.control == "select1":
            return raw if raw in choices.by_value else ""
        kept = [word for word in words(raw) if word in choices.by_value]
        if definition.kind == "rank":
            kept = list(dict.fromkeys([*kept, *choices.values]))
        return " ".join(kept)

    def latest(self, effort: Effort) -> str:
        """Return the string value, with what was filled in and is not taken over yet: defaults, and saved answers."""
        return self.effective() if self.definition.leaf else self.text(effort)

    def ref(self) -> str:
        """Return the reference, with a 1-based position on each repeat instance."""
        if not self.reference:
            above = self.parent.ref() if isinstance(self.parent, Answer) else ""
            own = self.definition.path.rpartition("/")[2]
            self.reference = f"{above}/{own}[{self.position()}]" if self.definition.repeats else f"{above}/{own}"
        return self.reference
