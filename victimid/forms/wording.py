"""Texts of a form: plain or in several languages, with the answers they quote filled in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from victimid.forms.effort import require_short
from victimid.forms.markup import Run, escaped, runs
from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Scene, Text, World

Forms = Mapping[str, "Words"]
MEDIA: Final = ("image", "big-image", "audio", "video")


class Words(NamedTuple):
    """A text of literal parts and quoted answers."""

    parts: tuple[str | Text, ...]

    def read(self, node: Node, scene: Scene) -> str:
        """Fill in the quoted answers."""
        parts = self.parts
        if len(parts) == 1:
            (only,) = parts
            return only if isinstance(only, str) else only(node, scene)
        return _joined([part if isinstance(part, str) else part(node, scene) for part in parts])

    def marked(self, node: Node, scene: Scene) -> str:
        """Fill in the quoted answers so that nothing in them counts as markup."""
        return _joined([part if isinstance(part, str) else escaped(part(node, scene)) for part in self.parts])


def _joined(texts: list[str]) -> str:
    require_short(texts)
    return "".join(texts)


class Wording(NamedTuple):
    """A label, hint or message: one text for all languages, or one per language, or a computed one."""

    plain: Words | None = None
    translated: Mapping[str, Forms] = MappingProxyType({})
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

    def runs(self, node: Node, scene: Scene, form: str = "") -> tuple[Run, ...]:
        """Return the text in its styles, without the white space that form tools put around quoted answers."""
        if self.computed is not None:
            return runs(escaped(self.read(node, scene, form).strip()))
        words = self.plain if not form else None
        if self.plain is None:
            words = self.translated.get(scene.world.language, {}).get(form)
        return () if words is None else runs(words.marked(node, scene).strip())

    def media(self, language: str) -> Mapping[str, str]:
        """Return the names of the files that go with the text, by their form."""
        forms = self.translated.get(language, {})
        found = {form: forms[form].parts for form in MEDIA if form in forms}
        return {
            form: file_name(parts[0]) for form, parts in found.items() if len(parts) == 1 and isinstance(parts[0], str)
        }


def fixed(world: World, text_id: str) -> Wording:
    """Return a translated text that quotes no answers, in the language of a world."""
    media = {form: Words((name,)) for form, name in world.media(text_id).items()}
    return Wording(translated={world.language: {"": Words((world.itext(text_id),)), **media}})


def file_name(reference: str) -> str:
    """Return the name in a reference such as ``jr://images/door.png``, which is always of a file beside the form."""
    return reference.strip().replace("\\", "/").rpartition("/")[2]
