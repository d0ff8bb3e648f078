"""The catalogue of signs and the rule sets, read from TOML and checked before anything is built on them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from victimid.errors import VictimIDError
from victimid.model.finding import Dimension, Sign, Strength

_Choice = TypeVar("_Choice", bound=StrEnum)
_Table = Mapping[str, object]


class Population(StrEnum):
    """Whom a rule set is for; a person whose age is in doubt is treated as a child."""

    ADULT = "adult"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Source:
    """Where signs are known from and how sure that is; both texts are English and translated where shown."""

    title: str
    verification: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All signs by id, in the order of the file, and their sources by the key a sign carries."""

    signs: Mapping[str, Sign]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Versioned weights and the rule to read them by; texts are English and translated where shown.

    ``scored`` is false for a set that has no published weights loaded: its signs are shown and meet nothing.
    ``context_only`` dimensions never raise a reading alone; ``secondary_means`` are those a secondary source
    accepts as the means beside exploitation and coercion at the destination.
    """

    id: str
    version: str
    title: str
    source: str
    verification: str
    rule: str
    population: Population
    scored: bool
    context_only: frozenset[Dimension]
    secondary_means: frozenset[Dimension]
    strengths: Mapping[str, Strength]


def load_catalogue(path: Path) -> Catalogue:
    """Read the catalogue of signs.

    Raises ``screening.not_toml``, ``.missing_field``, ``.unknown_word`` and ``.sign_twice``.
    """
    name, content = path.name, _table(path)
    signs: dict[str, Sign] = {}
    sources: dict[str, Source] = {}
    for key, entry in content.items():
        source = _section(name, key, entry)
        sources[key] = Source(_text(name, source, "title"), _text(name, source, "verification"))
        for sign in _signs(name, key, source):
            if sign.id in signs:
                raise VictimIDError("screening.sign_twice", file=name, sign=sign.id)
            signs[sign.id] = sign
    return Catalogue(signs, sources)


def load_rule_set(path: Path, catalogue: Catalogue) -> RuleSet:
    """Read a rule set and check it against the catalogue.

    Raises as ``load_catalogue``, and ``screening.unknown_sign`` or ``screening.weights_unfit``.
    """
    name, content = path.name, _table(path)
    rule_set = RuleSet(
        id=_text(name, content, "id"),
        version=_text(name, content, "version"),
        title=_text(name, content, "title"),
        source=_text(name, content, "source"),
        verification=_text(name, content, "verification"),
        rule=_text(name, content, "rule"),
        population=_choice(name, _text(name, content, "population"), Population),
        scored=content.get("scored") is True,
        context_only=_dimensions(name, content, "context_only"),
        secondary_means=_dimensions(name, content, "secondary_means"),
        strengths=_strengths(name, content),
    )
    _check(name, rule_set, catalogue)
    return rule_set


def load_rule_sets(folder: Path, catalogue: Catalogue) -> Mapping[str, RuleSet]:
    """Read every rule set of a folder, by id."""
    loaded = (load_rule_set(path, catalogue) for path in sorted(folder.glob("*.toml")))
    return {rule_set.id: rule_set for rule_set in loaded}


def _check(name: str, rule_set: RuleSet, catalogue: Catalogue) -> None:
    if rule_set.source not in catalogue.sources:
        raise VictimIDError("screening.unknown_word", file=name, word=rule_set.source)
    for sign, strength in rule_set.strengths.items():
        if sign not in catalogue.signs:
            raise VictimIDError("screening.unknown_sign", file=name, sign=sign)
        if (strength is Strength.UNWEIGHTED) == rule_set.scored:
            raise VictimIDError("screening.weights_unfit", file=name, sign=sign)


def _signs(name: str, key: str, source: _Table) -> Iterator[Sign]:
    for dimension, entry in _section(name, "signs", source.get("signs")).items():
        chosen = _choice(name, dimension, Dimension)
        texts = _section(name, dimension, entry)
        for sign in texts:
            yield Sign(sign, chosen, _text(name, texts, sign), key)


def _strengths(name: str, content: _Table) -> Mapping[str, Strength]:
    table = _section(name, "strengths", content.get("strengths"))
    return {sign: _choice(name, _text(name, table, sign), Strength) for sign in table}


def _dimensions(name: str, content: _Table, field: str) -> frozenset[Dimension]:
    listed = content.get(field)
    if not isinstance(listed, list):
        raise VictimIDError("screening.missing_field", file=name, field=field)
    return frozenset(_choice(name, str(word), Dimension) for word in listed)


def _table(path: Path) -> _Table:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VictimIDError("screening.not_toml", file=path.name) from error


def _section(name: str, field: str, value: object) -> _Table:
    if not isinstance(value, dict):
        raise VictimIDError("screening.missing_field", file=name, field=field)
    return value


def _text(name: str, table: _Table, field: str) -> str:
    value = table.get(field)
    if not isinstance(value, str) or not value.strip():
        raise VictimIDError("screening.missing_field", file=name, field=field)
    return value


def _choice(name: str, word: str, choices: type[_Choice]) -> _Choice:
    try:
        return choices(word)
    except ValueError as error:
        raise VictimIDError("screening.unknown_word", file=name, word=word) from error
