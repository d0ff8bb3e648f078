"""Files beside the database may hold anything: it is refused by name or makes somebody wait, and opens nothing."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.vaults import NAME, TEST_COST, FakeClock, new_vault, reopened
from victimid.crypto import age
from victimid.errors import VictimIDError
from victimid.store.recovering import recover_vault, request_recovery, waiting_requests

NEW = "seven copper lanterns drifting"
DUTY = age.new_identity()
DAMAGED = {"keyfile.damaged", "keyfile.newer_version"}
PENDING = {"recovery.pending_damaged"}
ANSWER = {"recovery.answer_damaged", "recovery.other_request"}


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked vault whose officer has asked headquarters for help, and headquarters' answer."""

    folder: Path
    answer: bytes

    def recover(self, answer: bytes) -> None:
        """Take an answer on the first try."""
        (self.folder / "tries").unlink(missing_ok=True)
        recover_vault(self.folder, NAME, NEW, answer, FakeClock(), floor=TEST_COST).lock()


@pytest.fixture(scope="module")
def locked() -> Iterator[Locked]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        new_vault(folder, recovery_keys=(DUTY.recipient,)).lock()
        request = request_recovery(folder, NAME, NEW, FakeClock(), TEST_COST)
        [way] = request.ways
        key = age.decrypt(way.file, DUTY.secret)
        yield Locked(folder, age.encrypt(key, [request.recipient]))


@st.composite
def altered(draw: st.DrawFn, content: bytes) -> bytes:
    """Draw bytes that are nearly a file: cut, doubled, with some bytes exchanged or put between."""
    begin, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    middle = draw(st.sampled_from([b"", content[begin:end] * 2]) | st.binary(max_size=40))
    return content[:begin] + middle + content[end:]


@contextmanager
def holding(path: Path, content: bytes) -> Iterator[None]:
    """Let a file hold something else for a while."""
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(before)


def waited(folder: Path) -> int:
    """Unlock and return 0, or the seconds to wait first."""
    try:
        reopened(folder).lock()
    except VictimIDError as error:
        if error.code != "vault.wait":
            raise
        return int(error.fields["seconds"])
    return 0


@settings(deadline=None)
@given(st.binary(max_size=80) | st.from_regex(rb"\A-?[0-9]{1,70} [0-9eE.:+TZ-]{1,40}\n?\Z"))
@example(b"9" * 4300 + b" 5")
@example(b"9" * 5000)
@example(b"-1 2026-11-21T12:00:00+00:00")
@example(b"3 0001-01-01T00:00:00+23:59")
@example(b"3 9999-12-31T23:59:59-23:59")
@example(b"3 inf")
@example(b"3 nan")
def test_a_count_of_tries_that_says_anything_makes_nobody_wait_longer_than_a_minute(
    locked: Locked, content: bytes
) -> None:
    with holding(locked.folder / "tries", content):
        assert 0 <= waited(locked.folder) <= 60


@settings(deadline=None)
@given(st.data())
def test_an_altered_header_opens_nothing(locked: Locked, data: st.DataObject) -> None:
    path = locked.folder / "header.json"
    before = path.read_bytes()
    content = data.draw(altered(before))
    with holding(path, content):
        if content == before:
            reopened(locked.folder).lock()
        else:
            with pytest.raises(VictimIDError) as refused:
                reopened(locked.folder)
            assert refused.value.code in DAMAGED


@settings(deadline=None)
@given(st.data())
def test_an_altered_request_is_of_no_use(locked: Locked, data: st.DataObject) -> None:
    path = locked.folder / "recovery"
    before = path.read_bytes()
    content = data.draw(altered(before).filter(lambda drawn: drawn != before))
    with holding(path, content):
        for use in (lambda: waiting_requests(locked.folder), lambda: locked.recover(locked.answer)):
            with pytest.raises(VictimIDError) as refused:
                use()
            assert refused.value.code in PENDING


@settings(deadline=None)
@given(st.data())
def test_an_altered_answer_lets_nobody_in(locked: Locked, data: st.DataObject) -> None:
    content = data.draw(altered(locked.answer).filter(lambda drawn: drawn != locked.answer) | st.binary(max_size=300))
    with pytest.raises(VictimIDError) as refused:
        locked.recover(content)
    assert refused.value.code in ANSWER


def test_what_was_put_back_is_of_use_again(locked: Locked) -> None:
    locked.recover(locked.answer)
    reopened(locked.folder, passphrase=NEW).lock()
