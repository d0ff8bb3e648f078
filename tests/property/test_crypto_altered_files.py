"""Whoever knows the format can put any value anywhere and make the checksum right: never a crash, never a way in.

And never text that a command of headquarters or a screen would be made of.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.vaults import NAME, NOON, PASSPHRASE, TEST_COST
from victimid.crypto import age, header, keyfile, recovery, recovery_request, rekeying
from victimid.crypto.stored import with_checksum
from victimid.errors import VictimIDError

NEW = "seven copper lanterns drifting"
DUTY, FIRST, SECOND = (age.new_identity() for _ in range(3))
WAYS = [(DUTY.recipient,), (FIRST.recipient, SECOND.recipient)]

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """A header in the middle of a rekey with all that it can have, and a request that waits."""

    folder: Path
    header: dict[str, Any]
    pending: dict[str, Any]
    answer: bytes

    @property
    def header_path(self) -> Path:
        return self.folder / "header.json"

    @property
    def pending_path(self) -> Path:
        return self.folder / "recovery"


@pytest.fixture(scope="module")
def files() -> Iterator[Files]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "header.json"
        made = keyfile.create(path, NAME, PASSPHRASE, recovery=WAYS, cost=TEST_COST)
        keyfile.set_anchor(path, made.key, header.Anchor(7, "ab" * 32))
        rekeying.begin(path, made.key, WAYS)
        request = recovery.begin(path, folder / "recovery", NAME, NEW, NOON, floor=TEST_COST)
        answer = recovery_request.answer(request, request.ways[0], [DUTY.secret])
        stored = [json.loads((folder / name).read_bytes()) for name in ("header.json", "recovery")]
        yield Files(folder, stored[0], stored[1], answer)


def whole(content: dict[str, Any]) -> bytes:
    """Return the bytes of a file with the right checksum."""
    return with_checksum({name: each for name, each in content.items() if name != "checksum"})


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where something can be exchanged."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inside:
        yield (*place, name)
        yield from places(each, (*place, name))


NUMBERS = (0, -1, 1, 2**53, 2**64, 10**400, 1.5, True)
TEXTS = (
    "",
    "x",
    "\ud800",
    "é" * 64,
    "0" * 64,
    "A" * 5000,
    "AA==",
    "x; echo planted; cat x",
    "0123abcd\n# echo planted",
)
ODD: st.SearchStrategy[Any] = st.sampled_from([None, *NUMBERS, *TEXTS, [], {}, [[]], [None], {"keys": []}])


@st.composite
def altered(draw: st.DrawFn, content: dict[str, Any]) -> bytes:
    """Draw the bytes of a file in which up to three values are others, gone, or there once more."""
    changed = {name: each for name, each in deepcopy(content).items() if name != "checksum"}
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(sorted(places(changed), key=repr)))
        inner: Any = changed
        for step in above:
            inner = inner[step]
        match draw(st.sampled_from(["odd", "odd", "turned", "gone", "twice", "extra"])):
            case "gone" if len(changed) > 1:
                del inner[last]
            case "twice" if isinstance(inner, list):
                inner.append(inner[-1])
            case "turned" if isinstance(inner[last], str):
                inner[last] = inner[last][::-1]
            case "extra" if isinstance(inner[last], dict):
                inner[last]["extra"] = 1
            case _:
                inner[last] = deepcopy(draw(ODD))
    return whole(changed)


@settings(deadline=None)
@given(st.data())
def test_an_altered_header_opens_nothing_and_says_nothing_odd(files: Files, data: st.DataObject) -> None:
    content = data.draw(altered(files.header))
    if content == whole(files.header):
        return
    files.header_path.write_bytes(content)
    with pytest.raises(VictimIDError) as error:
        keyfile.unlock(files.header_path, NAME, PASSPHRASE, floor=TEST_COST)
    assert error.value.code.startswith("keyfile.")
    with suppress(VictimIDError):
        [request] = recovery.waiting(files.header_path, files.pending_path)
        text = recovery_request.write(request)
        assert recovery_request.read(text.encode("ascii")) == request
        assert "planted" not in text


@settings(deadline=None)
@given(st.data())
def test_an_altered_request_opens_nothing_more_and_keeps_nobody_from_asking(files: Files, data: st.DataObject) -> None:
    files.header_path.write_bytes(whole(files.header))
    files.pending_path.write_bytes(data.draw(altered(files.pending)))
    with suppress(VictimIDError):
        found = recovery.open_answer(
            files.header_path, files.pending_path, NAME, NEW, files.answer, NOON, floor=TEST_COST
        )
        assert found.requests[0] == files.pending["requests"][0]["recipient"]
    asked = recovery.begin(files.header_path, files.pending_path, NAME, NEW, NOON, floor=TEST_COST)
    assert recovery.waiting(files.header_path, files.pending_path)[-1] == asked
