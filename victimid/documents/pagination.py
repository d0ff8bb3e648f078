"""Dividing strips among pages, so that what belongs together stays together."""

from collections.abc import Iterator, Sequence

from victimid.documents.page import Item
from victimid.documents.strips import Strip, shifted


def paginated(strips: Sequence[Strip], tops: Iterator[float], bottom: float) -> list[list[Item]]:
    """Place strips on as many pages as they need; ``tops`` yields where the content of each page begins.

    A group of strips held together moves to the next page as one, unless it is taller than a page.
    """
    pages: list[list[Item]] = [[]]
    top = y = next(tops)
    for group in _groups(strips):
        height = sum(strip.space_before + strip.height for strip in group)
        if y > top and y + height > bottom:
            pages.append([])
            top = y = next(tops)
        for strip in group:
            if y > top and y + strip.space_before + strip.height > bottom:
                pages.append([])
                top = y = next(tops)
            y += strip.space_before if y > top else 0
            pages[-1] += shifted(strip.items, y)
            y += strip.height
    return pages


def _groups(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group
