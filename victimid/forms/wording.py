"""Texts of a form: plain or in several languages, with the answers they quote filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Scene, Text

Forms = Mapping[str, "Words"]


class Words(NamedTuple):
    """A text of literal parts and quoted answers."""

    parts: tuple[str | Text, ...]

    def read(self, node: Node, scene: Scene) -> str:
        """Fill in the quoted answers."""
        if len(self.parts) == 1 and isinstance(self.parts[0], str):
            return self.parts[0]
        return "".join(part if isinstance(part, str) else part(node, scene) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Wording:
    """A label, hint or message: one text for all languages, or one per language, or a computed one."""

    plain: Words | None = None
    translated: Mapping[str, Forms] = field(default_factory=dict)
    computed: Text | None = None

    def quotes(self) -> bool:
        """Tell whether the text in any language quotes answers."""
        forms = [words for texts in self.translated.values() for words in texts.values()]
        every = [*forms, self.plain] if self.plain is not None else forms
        return any(not isinstance(part, str) for words in every for part in words.parts)

    def read(self, node: Node, scene: Scene, form: str = "") -> str:
        """Return the text in the language of the scene; blank where there is none."""
        if self.computed is not None:
            return "" if form else self.computed(node, scene)
        if self.plain is not None:
            return "" if form else self.plain.read(node, scene)
        words = self.translated.get(scene.world.language, {}).get(form)
        return "" if words is None else words.read(node, scene)
