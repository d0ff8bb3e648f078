"""The world of one instance: what expressions see of answers, choices, texts and time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from victimid.clock import Clock
from victimid.forms import limits
from victimid.forms.definition import Definition, Itemset, Model
from victimid.forms.effort import Effort
from victimid.forms.live.answers import Answer, Choices
from victimid.forms.markup import Run, plain
from victimid.forms.nodes import Node
from victimid.forms.state import Offer, Option
from victimid.forms.xpath.code import Scene

Shown = TypeVar("Shown", Option, Offer)
_Fixed = tuple[Definition, str]


class World:
    """Holds the tree; knows nothing of how changes spread."""

    def __init__(self, model: Model, clock: Clock, language: str) -> None:
        self.model = model
        self.language = language
        self.root = Node("", None)
        self.single: list[Node] = [self.root] * len(model.definitions)
        self.effort = Effort()
        self.instances: Mapping[str, Node] = model.instances
        self._clock = clock
        self._fixed_choices: dict[Definition, Choices] = {}
        self._fixed_options: dict[_Fixed, tuple[Option, ...]] = {}
        self._fixed_offers: dict[_Fixed, tuple[Offer, ...]] = {}

    def moment(self) -> datetime:
        """Return the current moment."""
        return self._clock()

    def itext(self, text_id: str) -> str:
        """Return a translated text that quotes no answers."""
        return self.model.texts.get(self.language, {}).get(text_id, "")

    def media(self, text_id: str) -> Mapping[str, str]:
        """Return the names of the files that go with a translated text, by their form."""
        return self.model.text_media.get(self.language, {}).get(text_id, {})

    def choice_label(self, node: Node, value: str) -> str:
        """Return the label of a choice; blank where there is no such choice."""
        if not isinstance(node, Answer) or node.choices is None or node.definition.itemset is None:
            return ""
        item = node.choices.by_value.get(value)
        return "" if item is None else self.label(node.definition.itemset, item, value, node.scene)

    def label(self, itemset: Itemset, item: Node, value: str, scene: Scene) -> str:
        """Return the label of an item, its value where it has none."""
        return value if itemset.label is None else itemset.label.text(item, scene)

    def choices(self, node: Answer, itemset: Itemset) -> Choices:
        """Work out the choices of a select; those that depend on no answer only once."""
        known = None if itemset.varies else self._fixed_choices.get(node.definition)
        if known is not None:
            return known
        items = itemset.nodes(node, node.scene)
        limits.require(limits.SHEET_ROWS, len(items), "choices")
        value = itemset.value
        found = Choices(items, [value(item, node.scene) for item in items])
        if not itemset.varies:
            self._fixed_choices[node.definition] = found
        return found

    def options(self, node: Answer, scene: Scene) -> tuple[Option, ...]:
        """Return the choices of a select with their labels in the language of the scene."""

        def option(itemset: Itemset, item: Node, value: str) -> Option:
            return Option(value, self.label(itemset, item, value, scene))

        return _listed(node, scene, self._fixed_options, option)

    def offers(self, node: Answer, scene: Scene) -> tuple[Offer, ...]:
        """Return the choices of a select as a screen shows them, in the language of the scene."""

        def offer(itemset: Itemset, item: Node, value: str) -> Offer:
            return _offer(itemset, item, value, scene)

        return _listed(node, scene, self._fixed_offers, offer)

    def scene(self, node: Answer, language: str) -> Scene:
        """Return where to evaluate for a node in some language."""
        if language == self.language:
            return node.scene
        return Scene(InLanguage(self, language), node)


def _listed(
    node: Answer, scene: Scene, known: dict[_Fixed, tuple[Shown, ...]], show: Callable[[Itemset, Node, str], Shown]
) -> tuple[Shown, ...]:
    """Show the choices of a select; those that depend on no answer only once in a language."""
    itemset, choices = node.definition.itemset, node.choices
    if itemset is None or choices is None:
        return ()
    fixed = not itemset.varies and not itemset.quotes
    key = node.definition, scene.world.language
    if fixed and key in known:
        return known[key]
    found = tuple([show(itemset, *choice) for choice in zip(choices.items, choices.values, strict=True)])
    if fixed:
        known[key] = found
    return found


def _offer(itemset: Itemset, item: Node, value: str, scene: Scene) -> Offer:
    if itemset.label is None:
        return Offer(value, value, (Run(value),))
    wording = itemset.label.wording(item, scene)
    runs = wording.runs(scene.current, scene)
    return Offer(value, plain(runs), runs, wording.media(scene.world.language))


class InLanguage:
    """The same world read in another language, for the person beside the officer."""

    def __init__(self, world: World, language: str) -> None:
        self.language = language
        self.root = world.root
        self.single = world.single
        self.effort = world.effort
        self.instances = world.instances
        self._world = world

    def moment(self) -> datetime:
        """Return the current moment."""
        return self._world.moment()

    def itext(self, text_id: str) -> str:
        """Return a translated text that quotes no answers."""
        return self._world.model.texts.get(self.language, {}).get(text_id, "")

    def media(self, text_id: str) -> Mapping[str, str]:
        """Return the names of the files that go with a translated text, by their form."""
        return self._world.model.text_media.get(self.language, {}).get(text_id, {})

    def choice_label(self, node: Node, value: str) -> str:
        """Return the label of a choice in this language."""
        if not isinstance(node, Answer) or node.choices is None or node.definition.itemset is None:
            return ""
        item = node.choices.by_value.get(value)
        scene = Scene(self, node)
        return "" if item is None else self._world.label(node.definition.itemset, item, value, scene)
