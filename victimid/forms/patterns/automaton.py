"""Matching by a set of states that moves along the text: time grows with its length, never faster.

There is no backtracking, so that a pattern such as ``(a+)+$`` is as quick as any other; back
references and look-behind, which cannot be matched this way, are refused when a form is loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from victimid.forms import limits
from victimid.forms.patterns.characters import WORD, Characters
from victimid.forms.patterns.syntax import Ahead, Alternatives, Edge, Part, Repeat, Sequence, parse

_Guard = Callable[[str, int, "_Work"], bool]
_MATCH: Final = 0


@dataclass(slots=True)
class _Work:
    """States visited in one search, those of what is looked ahead for among them."""

    visited: int = 0

    def visit(self, states: int) -> None:
        """Count; raises ``form.too_large``."""
        self.visited += states
        limits.require(limits.PATTERN_STEPS, self.visited, "pattern steps")


@dataclass(slots=True)
class _State:
    """A state: it reads a character, or passes on without one, perhaps under a condition."""

    reads: Characters | None = None
    guard: _Guard | None = None
    to: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    states: tuple[_State, ...]
    start: int

    def search(self, text: str) -> bool:
        """Tell whether the pattern matches somewhere in the text; raises ``form.too_large``."""
        return self._run(text, 0, _Work(), anchored=False)

    def matches_at(self, text: str, at: int, work: _Work) -> bool:
        """Tell whether the pattern matches from this place on."""
        return self._run(text, at, work, anchored=True)

    def _run(self, text: str, at: int, work: _Work, *, anchored: bool) -> bool:
        active: dict[int, None] = {}
        self._enter(self.start, text, at, active, work)
        for index in range(at, len(text)):
            if _MATCH in active:
                return True
            work.visit(len(active))
            following: dict[int, None] = {}
            character = text[index]
            for number in active:
                state = self.states[number]
                if state.reads is not None and state.reads.has(character):
                    self._enter(state.to[0], text, index + 1, following, work)
            if not anchored:
                self._enter(self.start, text, index + 1, following, work)
            active = following
            if not active:
                return False
        return _MATCH in active

    def _enter(self, number: int, text: str, at: int, active: dict[int, None], work: _Work) -> None:
        """Add a state and all that can be reached from it without reading."""
        waiting = [number]
        while waiting:
            now = waiting.pop()
            if now in active:
                continue
            active[now] = None
            state = self.states[now]
            if state.reads is None and (state.guard is None or state.guard(text, at, work)):
                waiting.extend(state.to)


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Pattern:
    """Compile a pattern; raises ``form.bad_pattern`` or ``form.too_large``."""
    return _Builder().build(parse(pattern))


class _Builder:
    """Builds states from the end to the start, so that each knows where it leads."""

    def __init__(self) -> None:
        self._states = [_State()]

    def build(self, part: Part) -> Pattern:
        """Build a pattern that ends in the state of a match."""
        start = self._add(part, _MATCH)
        return Pattern(tuple(self._states), start)

    def _new(self, state: _State) -> int:
        limits.require(limits.PATTERN_STATES, len(self._states), "pattern")
        self._states.append(state)
        return len(self._states) - 1

    def _add(self, part: Part, to: int) -> int:
        if isinstance(part, Characters):
            return self._new(_State(reads=part, to=[to]))
        if isinstance(part, Sequence):
            for each in reversed(part.parts):
                to = self._add(each, to)
            return to
        if isinstance(part, Alternatives):
            return self._new(_State(to=[self._add(each, to) for each in part.parts]))
        if isinstance(part, Repeat):
            return self._repeat(part, to)
        if isinstance(part, Edge):
            return self._new(_State(guard=_edge(part.kind), to=[to]))
        return self._new(_State(guard=_ahead(part), to=[to]))

    def _repeat(self, part: Repeat, to: int) -> int:
        if part.most is None:
            loop = self._new(_State())
            self._states[loop].to = [self._add(part.part, loop), to]
            to = loop
        else:
            for _ in range(part.most - part.least):
                to = self._new(_State(to=[self._add(part.part, to), to]))
        for _ in range(part.least):
            to = self._add(part.part, to)
        return to


def _edge(kind: str) -> _Guard:
    if kind == "^":
        return lambda _text, at, _work: at == 0
    if kind == "$":
        return lambda text, at, _work: at == len(text)
    wanted = kind == "b"
    return lambda text, at, _work: (_is_word(text, at - 1) is not _is_word(text, at)) is wanted


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and WORD.has(text[at])


def _ahead(part: Ahead) -> _Guard:
    inner = _Builder().build(part.part)
    wanted = not part.negated
    return lambda text, at, work: inner.matches_at(text, at, work) is wanted
