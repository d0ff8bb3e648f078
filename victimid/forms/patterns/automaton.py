"""Matching by a set of states that moves along the text: time grows with its length, never faster.

There is no backtracking, so that a pattern such as ``(a+)+$`` is as quick as any other; back
references and look-behind, which cannot be matched this way, are refused when a form is loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from victimid.forms import limits
from victimid.forms.effort import Effort
from victimid.forms.patterns.characters import WORD, Characters
from victimid.forms.patterns.syntax import Ahead, Alternatives, Edge, Part, Repeat, Sequence, parse

_Guard = Callable[[str, int, Effort], bool]
_MATCH: Final = 0
_BUILDING: Final = 4  # nodes looked at are as much work as building a state


@dataclass(slots=True)
class _State:
    """A state: it reads a character, or passes on without one, perhaps under a condition."""

    reads: Characters | None = None
    guard: _Guard | None = None
    to: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Pattern:
    """A pattern, whose states are built when it is searched for the first time."""

    part: Part
    automaton: "_Automaton | None" = None

    def search(self, text: str, effort: Effort) -> bool:
        """Tell whether the pattern matches somewhere in the text; raises ``form.too_slow``."""
        if self.automaton is None:
            self.automaton = _Builder().build(self.part)
            effort.visit(_BUILDING * len(self.automaton.states))
        return self.automaton.run(text, 0, effort, anchored=False)


@dataclass(frozen=True, slots=True)
class _Automaton:
    """The states of a pattern."""

    states: tuple[_State, ...]
    start: int

    def run(self, text: str, at: int, effort: Effort, *, anchored: bool) -> bool:
        """Tell whether the states match from this place on, or from any later one; looked-at states are counted."""
        active: dict[int, None] = {}
        self._enter(self.start, text, at, active, effort)
        for index in range(at, len(text)):
            if _MATCH in active:
                return True
            effort.visit(len(active))
            following: dict[int, None] = {}
            character = text[index]
            for number in active:
                state = self.states[number]
                if state.reads is not None and state.reads.has(character):
                    self._enter(state.to[0], text, index + 1, following, effort)
            if not anchored:
                self._enter(self.start, text, index + 1, following, effort)
            active = following
            if not active:
                return False
        return _MATCH in active

    def _enter(self, number: int, text: str, at: int, active: dict[int, None], effort: Effort) -> None:
        """Add a state and all that can be reached from it without reading."""
        waiting = [number]
        while waiting:
            now = waiting.pop()
            if now in active:
                continue
            active[now] = None
            state = self.states[now]
            if state.reads is None and (state.guard is None or state.guard(text, at, effort)):
                waiting.extend(state.to)


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Pattern:
    """Compile a pattern; raises ``form.bad_pattern`` or ``form.too_large``."""
    part = parse(pattern)
    limits.require(limits.PATTERN_STATES, _size(part), "pattern")
    return Pattern(part)


def _size(part: Part) -> int:
    """Return how many states a part needs, before any is made; what needs none costs a step all the same."""
    if isinstance(part, Sequence):
        return max(1, sum(map(_size, part.parts)))
    if isinstance(part, Alternatives):
        return 1 + sum(map(_size, part.parts))
    if isinstance(part, Repeat):
        most = part.least + 1 if part.most is None else part.most
        return max(1, _size(part.part) * most + most - part.least)
    return 1 + _size(part.part) if isinstance(part, Ahead) else 1


class _Builder:
    """Builds states from the end to the start, so that each knows where it leads."""

    def __init__(self) -> None:
        self._states = [_State()]

    def build(self, part: Part) -> _Automaton:
        """Build states that end in that of a match."""
        start = self._add(part, _MATCH)
        return _Automaton(tuple(self._states), start)

    def _new(self, state: _State) -> int:
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
        return lambda _text, at, _effort: at == 0
    if kind == "$":
        return lambda text, at, _effort: at == len(text)
    wanted = kind == "b"
    return lambda text, at, _effort: (_is_word(text, at - 1) is not _is_word(text, at)) is wanted


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and WORD.has(text[at])


def _ahead(part: Ahead) -> _Guard:
    inner = _Builder().build(part.part)
    wanted = not part.negated
    return lambda text, at, effort: inner.run(text, at, effort, anchored=True) is wanted
