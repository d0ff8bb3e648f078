"""Areas and distances on the earth, from points written as ``latitude longitude …``."""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from victimid.forms.nodes import Node
from victimid.forms.xpath.code import Code, Scene
from victimid.forms.xpath.compiler import Compiler, Function
from victimid.forms.xpath.functions.simple import of_texts, texts_of
from victimid.forms.xpath.syntax import Expression
from victimid.forms.xpath.values import NAN

_RADIUS: Final = 6_378_100.0  # metres, as in JavaRosa
_Point = tuple[float, float]


def points(texts: list[str]) -> list[_Point] | None:
    """Read points, several per text separated by ``;``; None where one is no point."""
    found: list[_Point] = []
    for text in texts:
        for part in text.split(";"):
            if not part.strip():
                continue
            point = _point(part.split())
            if point is None:
                return None
            found.append(point)
    return found


def _point(words: list[str]) -> _Point | None:
    if not 2 <= len(words) <= 4:
        return None
    try:
        latitude, longitude = float(words[0]), float(words[1])
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def between(start: _Point, end: _Point) -> float:
    """Return the great-circle distance in metres."""
    if start == end:
        return 0.0
    one, two = math.radians(start[0]), math.radians(end[0])
    angle = math.sin(one) * math.sin(two) + math.cos(one) * math.cos(two) * math.cos(math.radians(end[1] - start[1]))
    return math.acos(max(-1.0, min(1.0, angle))) * _RADIUS


def length(line: list[_Point]) -> float:
    """Return the length of a line in metres."""
    return sum(between(start, end) for start, end in pairwise(line))


def area(ring: list[_Point]) -> float:
    """Return the area a ring encloses, in square metres, on the sphere."""
    if len(ring) < 3:
        return 0.0
    closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
    total = sum(
        math.radians(end[1] - start[1]) * (2 + math.sin(math.radians(start[0])) + math.sin(math.radians(end[0])))
        for start, end in pairwise(closed)
    )
    return abs(total * _RADIUS * _RADIUS / 2)


def round_half_up(metres: float) -> float:
    """Round to centimetres, as ODK clients do."""
    return math.floor(metres * 100 + 0.5) / 100


def inside(point: _Point, ring: list[_Point]) -> bool:
    """Tell whether a point lies in a closed ring, by counting the edges a ray crosses."""
    if len(ring) < 2 or ring[0] != ring[-1]:
        return False
    latitude, longitude = point
    found = False
    for start, end in pairwise(ring):
        if (end[0] > latitude) != (start[0] > latitude):
            crossing = (start[1] - end[1]) * (latitude - end[0]) / (start[0] - end[0]) + end[1]
            if longitude < crossing:
                found = not found
    return found


def _geofence(point: str, shape: str) -> bool:
    one, ring = points([point]), points([shape])
    return inside(one[0], ring) if one and ring else False


def _measure(compiler: Compiler, arguments: tuple[Expression, ...], *, enclosed: bool) -> Code:
    parts = [texts_of(compiler.code(argument)) for argument in arguments]

    def evaluate(node: Node, scene: Scene) -> float:
        texts = [text for part in parts for text in part(node, scene)]
        scene.world.effort.visit(sum(map(len, texts)))
        found = points(texts)
        if found is None:
            return NAN
        return round_half_up(area(found) if enclosed else length(found))

    return Code("number", evaluate)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "area": Function(lambda compiler, arguments: _measure(compiler, arguments, enclosed=True), 1, 1),
    "geofence": of_texts(bool, _geofence, 2, 2, 1),
    "distance": Function(lambda compiler, arguments: _measure(compiler, arguments, enclosed=False), 1, None),
}
