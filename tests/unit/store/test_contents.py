"""The hash of a record: that of its canonical JSON, the same for the same record and for no other."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from tests.support.vaults import CONSENT, NOON, an_answer
from victimid.store.contents import digest, digest_of


@dataclass(frozen=True)
class Inner:
    """A record in another."""

    words: str


@dataclass(frozen=True)
class Record:
    """One of everything that records hold."""

    at: datetime
    inner: tuple[Inner, ...]
    number: int | None = None


def test_a_record_is_hashed_as_sorted_compact_json_with_what_is_in_it() -> None:
    written = b'{"at":"2026-11-21T12:00:00.000000+00:00","inner":[{"words":"\\u00e9"}],"number":null}'
    assert digest(Record(NOON, (Inner("é"),))) == hashlib.sha256(written).hexdigest()


def test_every_field_counts() -> None:
    answer = an_answer()
    others = [replace(answer, value="no"), replace(answer, at=NOON + timedelta(microseconds=1)), answer]
    consents = [CONSENT, replace(CONSENT, language="es")]
    assert len({*map(digest, others), *map(digest, consents)}) == 5


def test_what_json_has_no_word_for_is_not_guessed() -> None:
    with pytest.raises(TypeError):
        digest_of({"path": object()})
