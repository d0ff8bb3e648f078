"""The text form of age files, against the age tool."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.crypto import age
from victimid.crypto.age_armor import BEGIN, END, armored, dearmored
from victimid.errors import VictimIDError

IDENTITY = age.new_identity()


def test_age_reads_our_text_and_we_its(tmp_path: Path) -> None:
    key, clear = tmp_path / "key.txt", b"an invented account " * 10
    key.write_text(IDENTITY.secret, "ascii")
    ours = armored(age.encrypt(clear, [IDENTITY.recipient])).encode()
    assert subprocess.run(["age", "-d", "-i", key], input=ours, capture_output=True, check=True).stdout == clear
    theirs = subprocess.run(["age", "-a", "-r", IDENTITY.recipient], input=clear, capture_output=True, check=True)
    assert age.decrypt(dearmored(theirs.stdout), IDENTITY.secret) == clear


@given(st.binary(max_size=200).filter(lambda data: not data.lstrip().startswith(BEGIN.encode())))
def test_both_forms_give_the_same(data: bytes) -> None:
    text = armored(data).encode()
    assert dearmored(data) == data
    for spelling in (text, text.replace(b"\n", b"\r\n"), b"\n \n" + text + b"\n", text.rstrip()):
        assert dearmored(spelling) == data


@pytest.mark.parametrize(
    "text",
    [
        BEGIN,
        f"{BEGIN}\n",
        f"{BEGIN}\nAAAA",
        f"{BEGIN}\nAA==\nAAAA\n{END}\n",
        f"{BEGIN}\nA\n{END}\n",
        f"{BEGIN}\nAB==\n{END}\n",
        f"{BEGIN}\nAAAA\n{END}\n{END}",
        f"{BEGIN}\n\n{END}\n",
        f"{BEGIN}\nAAAA \n{END}\n",
    ],
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(VictimIDError, match=r"age\.damaged"):
        dearmored(text.encode())
