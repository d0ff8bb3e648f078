"""One interview: a form being answered, with its state after every answer."""

from typing import Final

from victimid.clock import Clock, now
from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.datatypes import accepted
from victimid.forms.definition import Definition
from victimid.forms.form import Form
from victimid.forms.live import looks, repeating, saving
from victimid.forms.live.answers import Answer
from victimid.forms.live.beginnings import Beginnings
from victimid.forms.live.engine import Engine
from victimid.forms.live.tree import Tree, below
from victimid.forms.live.world import World
from victimid.forms.nodes import Node
from victimid.forms.safexml import legal
from victimid.forms.state import Mark, NodeState, Option, Question, RepeatState
from victimid.forms.xpath.values import words

__all__ = ["Mark", "NodeState", "Option", "Question", "RepeatState", "Session"]

_ASKED: Final = frozenset({"input", "select", "rank", "range", "upload", "trigger", "note"})


class Session:
    """A form with answers. Values are XForms instance texts; references carry repeat positions."""

    def __init__(
        self, form: Form, *, instance: str | None = None, clock: Clock = now, language: str | None = None
    ) -> None:
        """Begin an interview, or go on with a saved one; raises ``form.unknown_language``."""
        model = form.model
        self._form = form
        self._world = World(model, clock, language or form.default_language)
        self._require_language(self._world.language)
        self._tree = Tree(self._world)
        self._engine = Engine(self._world, self._tree)
        self._listed: list[Answer] = []
        self._beginnings = Beginnings(self._world, self._engine)
        nodes = self._tree.plant(model.seed if instance is None else saving.read(model, instance))
        self._beginnings.interview(nodes, resumed=instance is not None)

    @property
    def form(self) -> Form:
        """The form that is answered."""
        return self._form

    @property
    def language(self) -> str:
        """The current language."""
        return self._world.language

    def set(self, ref: str, value: str) -> None:
        """Answer a question.

        A value that breaks a constraint is kept and makes the question not valid. Raises
        ``form.bad_value``, ``form.readonly``, ``form.unknown_question``.
        """
        self._world.effort.begin()
        node = self._find(ref)
        if not node.definition.leaf:
            raise VictimIDError("form.unknown_question", ref=ref)
        if looks.readonly(node):
            raise VictimIDError("form.readonly", ref=ref)
        node.raw = self._accepted(node, value)
        node.view = None
        self._engine.update(node)
        self._settle()

    def add(self, repeat_ref: str) -> None:
        """Add an instance at the end of a repeat; raises ``form.not_a_repeat``, ``form.fixed_repeat``."""
        self._world.effort.begin()
        parent, repeat = self._repeat(repeat_ref)
        if repeat.count is not None or repeat.fixed_count:
            raise VictimIDError("form.fixed_repeat", ref=repeat_ref)
        self._engine.adopt(self._tree.add(parent, repeat), repeat)
        self._settle()

    def remove(self, instance_ref: str) -> None:
        """Remove a repeat instance; raises ``form.not_a_repeat``, ``form.fixed_repeat``."""
        self._world.effort.begin()
        node = self._find(instance_ref)
        if not node.definition.repeats or not instance_ref.endswith("]"):
            raise VictimIDError("form.not_a_repeat", ref=instance_ref)
        if node.definition.count is not None or node.definition.fixed_count:
            raise VictimIDError("form.fixed_repeat", ref=instance_ref)
        self._engine.drop(node)
        self._settle()

    def set_language(self, name: str) -> None:
        """Switch the language of labels and messages; raises ``form.unknown_language``."""
        self._require_language(name)
        self._world.effort.begin()
        self._world.language = name
        for node in self._nodes():
            node.view = None
        self._engine.retranslate()

    def state(self) -> tuple[NodeState, ...]:
        """Return the state of all groups and leaves in document order."""
        self._world.effort.begin()
        look, world = looks.look, self._world
        return tuple([node.view or look(node, world) for node in self._nodes()])

    def node(self, ref: str) -> NodeState:
        """Return the state of one node; raises ``form.unknown_question``."""
        self._world.effort.begin()
        return looks.look(self._find(ref), self._world)

    def questions(self) -> tuple[str, ...]:
        """Return the references of relevant questions in document order, notes among them."""
        return tuple(node.ref() for node in self._nodes() if node.relevant and node.definition.kind in _ASKED)

    def question(self, ref: str, language: str) -> Question:
        """Return a question in a language; raises ``form.unknown_question``, ``form.unknown_language``."""
        self._require_language(language)
        self._world.effort.begin()
        return looks.ask(self._find(ref), self._world, language)

    def repeats(self, language: str) -> tuple[RepeatState, ...]:
        """Return the relevant repeats in the order in which they end; raises ``form.unknown_language``."""
        self._require_language(language)
        self._world.effort.begin()
        return repeating.repeats(self._world, self._tree, _ASKED, language)

    def marks(self) -> tuple[Mark, ...]:
        """Return the signs that relevant, answered questions raise."""
        self._world.effort.begin()
        return tuple(
            Mark(sign, node.ref())
            for node in self._nodes()
            if node.definition.marks and node.relevant and node.value
            for sign, raised in node.definition.marks
            if raised(node, node.scene)
        )

    def instance_xml(self, *, submission: bool = False) -> str:
        """Write the instance as ODK XML: a draft that keeps everything, or a submission.

        A submission holds no answer that is not relevant, and fills in when the interview ended.
        """
        world = self._world
        if submission:
            return saving.submission(world.model, world.root, world.moment())
        return saving.draft(world.model, world.root)

    def _settle(self) -> None:
        self._engine.settle()
        self._beginnings.instances()

    def _require_language(self, name: str) -> None:
        if name not in self._form.languages:
            raise VictimIDError("form.unknown_language", language=name[:100])

    def _nodes(self) -> list[Answer]:
        """Return the nodes that are listed: all but the root and repeat instances."""
        if self._engine.structure_changed:
            top = self._world.model.definitions[1]
            self._listed = [
                node for node in below(self._world.root) if node.definition is not top and not node.definition.repeats
            ]
            self._engine.structure_changed = False
        return self._listed

    def _find(self, ref: str) -> Answer:
        """Find a node by its reference; the position may be left out where it is 1."""
        at: Node = self._world.root
        for step in ref.split("/")[1:]:
            name, _, position = step.rstrip("]").partition("[")
            found = at.by_name.get(name.rpartition(":")[2], [])
            index = int(position[:9]) - 1 if position.isdecimal() else 0
            if not 0 <= index < len(found):
                raise VictimIDError("form.unknown_question", ref=ref[:500])
            at = found[index]
        if not isinstance(at, Answer):
            raise VictimIDError("form.unknown_question", ref=ref[:500])
        return at

    def _repeat(self, ref: str) -> tuple[Answer, Definition]:
        """Find a repeat, which may have no instance, by the node it is in."""
        parent_ref, _, name = ref.rpartition("/")
        parent = self._find(parent_ref)
        repeat = parent.definition.by_name.get(name.rpartition(":")[2])
        if repeat is None or not repeat.repeats:
            raise VictimIDError("form.not_a_repeat", ref=ref[:500])
        return parent, repeat

    def _accepted(self, node: Answer, value: str) -> str:
        """Check a value against type, choices and bounds; raises ``form.bad_value``."""
        limits.require(limits.VALUE_CHARACTERS, len(value), "value")
        definition = node.definition
        kept = accepted(definition.type, legal(value))
        if kept and node.choices is not None:
            kept = _chosen(definition, words(value) if definition.control != "select1" else [value], node)
        if kept and definition.bounds is not None:
            low, high = definition.bounds
            kept = kept if low <= float(kept) <= high else None
        if kept is None:
            raise VictimIDError("form.bad_value", ref=node.ref(), type=looks.question_type(definition))
        return kept


def _chosen(definition: Definition, values: list[str], node: Answer) -> str | None:
    """Return a select value in the order of its choices, a rank in the order given."""
    choices = node.choices
    if choices is None or any(value not in choices.by_value for value in values):
        return None
    if definition.kind == "rank":
        return " ".join(dict.fromkeys(values)) if len(set(values)) == len(choices.by_value) else None
    if definition.control == "select1":
        return values[0]
    wanted = set(values)
    return " ".join(value for value in choices.by_value if value in wanted)
