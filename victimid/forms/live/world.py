"""The world of one instance: what expressions see of answers, choices, texts and time."""

from collections.abc import Mapping
from datetime import datetime

from victimid.clock import Clock
from victimid.forms.definition import Definition, Itemset, Model
from victimid.forms.live.answers import Answer, Choices
from victimid.forms.markup import Run, plain
from victimid.forms.nodes import Node
from victimid.forms.state import Offer, Option
from victimid.forms.xpath.code import Scene


class World:
    """Holds the tree; knows nothing of how changes spread."""

    def __init__(self, model: Model, clock: Clock, language: str) -> None:
        self.model = model
        self.language = language
        self.root = Node("", None)
        self.single: list[Node | None] = [None] * len(model.definitions)
        self.single[0] = self.root
        self.instances: Mapping[str, Node] = model.instances
        self._clock = clock
        self._fixed_choices: dict[Definition, Choices] = {}
        self._fixed_options: dict[tuple[Definition, str], tuple[Option, ...]] = {}
        self._fixed_offers: dict[tuple[Definition, str], tuple[Offer, ...]] = {}

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
        value = itemset.value
        found = Choices(items, [value(item, node.scene) for item in items])
        if not itemset.varies:
            self._fixed_choices[node.definition] = found
        return found

    def options(self, node: Answer, scene: Scene) -> tuple[Option, ...]:
        """Return the choices of a select with their labels in the language of the scene."""
        itemset, choices = node.definition.itemset, node.choices
        if itemset is None or choices is None:
            return ()
        fixed = not itemset.varies and not itemset.quotes
        key = node.definition, scene.world.language
        if fixed and key in self._fixed_options:
            return self._fixed_options[key]
        pairs = zip(choices.items, choices.values, strict=True)
        found = tuple(Option(value, self.label(itemset, item, value, scene)) for item, value in pairs)
        if fixed:
            self._fixed_options[key] = found
        return found

    def offers(self, node: Answer, scene: Scene) -> tuple[Offer, ...]:
        """Return the choices of a select as a screen shows them, in the language of the scene."""
        itemset, choices = node.definition.itemset, node.choices
        if itemset is None or choices is None:
            return ()
        fixed = not itemset.varies and not itemset.quotes
        key = node.definition, scene.world.language
        if fixed and key in self._fixed_offers:
            return self._fixed_offers[key]
        pairs = zip(choices.items, choices.values, strict=True)
        found = tuple(_offer(itemset, item, value, scene) for item, value in pairs)
        if fixed:
            self._fixed_offers[key] = found
        return found

    def scene(self, node: Answer, language: str) -> Scene:
        """Return where to evaluate for a node in some language."""
        if language == self.language:
            return node.scene
        return Scene(InLanguage(self, language), node)


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
