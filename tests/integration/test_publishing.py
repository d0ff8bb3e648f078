"""Headquarters publishes: packs that the ordinary tools check, one number for each, whatever happens on the way."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.bundles import WHEN
from tests.support.commands import Done, program
from tests.support.media import png
from tests.support.packs import DIRECTORY, KEY, content, sign, written_pack
from victimid.crypto.kdf import Cost
from victimid.errors import VictimIDError
from victimid.exchange.content_pack import draft, read_pack, write_pack
from victimid.headquarters import schema
from victimid.headquarters.register import Published, Register, create_register, open_register

PASSPHRASE = "plume rivière cactus lanterne"
CHEAP = Cost(8 * 1024, 1, 1)
WRITTEN = Path(__file__).parents[1] / "data" / "registers"
FORM = """
| survey | | | |
| | type | name | label | media::image |
| | text | seen | What did you see? | quay.png |
| settings | | | |
| | form_id | version | form_title |
| | agency_walk | 4 | Walk along the quay |
"""


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = create_register(tmp_path / "register", PASSPHRASE, lambda: WHEN, CHEAP)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def published(register: Register, stick: Path) -> Published:
    return register.publish(stick, content(forms=["<x/>"]))


def numbers(register: Register) -> list[int]:
    return [number for (number,) in register._database.rows("SELECT number FROM publication ORDER BY number")]


def run(folder: Path, *command: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, input=data, capture_output=True)


def test_tar_ssh_keygen_and_sha256sum_check_a_pack(register: Register, stick: Path) -> None:
    made = register.publish(stick, content(forms=["<x/>", "<y/>"], media=[png()]))
    done = run(stick, "tar", "xf", str(made.path))
    assert (done.returncode, done.stderr) == (0, b"")
    manifest = (stick / "content.json").read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == made.pack.sha256
    told = json.loads(manifest)
    assert (told["number"], told["issued_at"]) == (1, WHEN.isoformat())
    sums = "".join(f"{file['sha256']}  {file['name']}\n" for file in told["files"])
    assert run(stick, "sha256sum", "--strict", "-c", "-", data=sums.encode()).returncode == 0
    assert (stick / "services.toml").read_text("utf-8") == DIRECTORY
    (stick / "allowed").write_text(f"hq {register.public_key}\n", "ascii")
    verify = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "hq", "-s", "content.json.sig", "-n"]
    assert run(stick, *verify, "content@victimid.example", data=manifest).returncode == 0
    assert run(stick, *verify, "receipt@victimid.example", data=manifest).returncode != 0
    assert run(stick, *verify, "content@victimid.example", data=manifest + b" ").returncode != 0


def test_every_pack_has_a_number_of_its_own(tmp_path: Path, register: Register, stick: Path) -> None:
    first, second = published(register, stick), published(register, stick)
    assert [each.path.name for each in (first, second)] == ["content-000001.pack.tar", "content-000002.pack.tar"]
    assert read_pack(second.path, register.public_key) == second.pack
    register.close()
    with closing(open_register(tmp_path / "register", PASSPHRASE, lambda: WHEN, CHEAP)) as reopened:
        assert published(reopened, stick).pack.number == 3
        assert reopened._database.rows("SELECT number, sha256 FROM publication")[:2] == [
            (each.pack.number, each.pack.sha256) for each in (first, second)
        ]


def test_a_pack_that_could_not_be_written_takes_its_number_along(
    register: Register, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[list[int]] = []

    def vanish(path: Path, *_: Callable[..., object]) -> None:
        noted.append(numbers(register))
        raise KeyboardInterrupt(path.name)

    with monkeypatch.context() as patch:
        patch.setattr("victimid.exchange.newfile.create", vanish)
        with pytest.raises(KeyboardInterrupt):
            published(register, stick)
    with pytest.raises(VictimIDError, match=r"exchange\.cannot_write"):
        published(register, stick / "nowhere")
    assert (noted, list(stick.iterdir())) == ([[1]], [])
    assert published(register, stick).pack.number == 3


def test_what_cannot_be_a_pack_takes_no_number(register: Register, stick: Path) -> None:
    with pytest.raises(VictimIDError, match=r"exchange\.too_large"):
        register.publish(stick, content(forms=["<x/>"] * 101))
    assert (numbers(register), list(stick.iterdir())) == ([], [])


def test_a_pack_of_that_number_is_left_as_it_is(register: Register, stick: Path) -> None:
    there = stick / "content-000001.pack.tar"
    there.write_bytes(b"from another headquarters")
    with pytest.raises(VictimIDError, match=r"exchange\.exists"):
        published(register, stick)
    assert there.read_bytes() == b"from another headquarters"


@pytest.mark.parametrize("altered", [b"\xff", b"other"])
def test_a_stick_that_gives_back_something_else_is_told(
    stick: Path, monkeypatch: pytest.MonkeyPatch, altered: bytes
) -> None:
    """Damaged, or a pack that was on it before."""
    before = written_pack(stick, content(forms=["<before/>"]), 2).read_bytes()

    def forgetful(path: Path, write: Callable[..., None], check: Callable[[Path], None]) -> None:
        with path.open("wb") as stream:
            write(stream)
        path.write_bytes(before if altered == b"other" else path.read_bytes() + altered)
        check(path)

    monkeypatch.setattr("victimid.exchange.newfile.create", forgetful)
    with pytest.raises(VictimIDError, match=r"exchange\.bad_medium"):
        write_pack(stick, draft(1, WHEN, content()), sign)


def test_a_register_of_before_is_brought_up_and_publishes(tmp_path: Path, stick: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    shutil.copy(WRITTEN / "header-1.json", folder / "header.json")
    shutil.copy(WRITTEN / "register-1.sqlcipher", folder / "register.db")
    for number in (1, 2):
        with closing(open_register(folder, PASSPHRASE, lambda: WHEN, CHEAP)) as register:
            (laptop,) = register.status()
            assert (laptop.name, laptop.bundles, laptop.records) == ("Example post 1", 2, 2)
            assert register._database.value("PRAGMA user_version") == schema.VERSION
            assert published(register, stick).pack.number == number


def test_there_is_a_register_of_every_version_but_this_one() -> None:
    written = {path.name for path in WRITTEN.glob("register-*.sqlcipher")}
    assert written == {f"register-{number}.sqlcipher" for number in range(1, schema.VERSION)}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return path


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agency"
    folder.mkdir()
    (folder / "walk.md").write_text(FORM, "utf-8")
    (folder / "quay.png").write_bytes(png())
    (folder / "services.toml").write_text(DIRECTORY, "utf-8")
    return folder


def test_the_command_says_what_it_published(tmp_path: Path, secret: Path, agency: Path) -> None:
    where = ("--register", tmp_path / "hq", "--passphrase-file", secret)
    key = program("hq", "init", *where).document["public_key"]

    def publish(*arguments: str | Path) -> Done:
        return program("hq", "publish", *where, "--to", tmp_path / "new" / "stick", *arguments)

    done = publish("--services", agency / "services.toml", "--form", agency / "walk.md")
    assert (done.code, done.error) == (0, "")
    path = tmp_path / "new" / "stick" / "content-000001.pack.tar"
    assert done.document == {
        "path": str(path),
        "number": 1,
        "services": ["harbour-house"],
        "forms": [{"id": "agency_walk", "title": "Walk along the quay", "version": "4"}],
    }
    assert list(read_pack(path, key).content.media.values()) == [png()]
    with pytest.raises(VictimIDError, match=r"signature\.wrong_key"):
        read_pack(path, KEY.public)

    (agency / "quay.png").unlink()
    refused = publish("--form", agency / "walk.md")
    assert (refused.code, refused.document) == (2, {})
    assert refused.error.startswith("error[form.missing_media]: ")
    assert publish().error.startswith("error[content.empty]: ")
    (agency / "services.toml").write_text(DIRECTORY.replace("ZZ", "Zz"), "utf-8")
    assert "Entry 1 of the service directory" in publish("--services", agency / "services.toml").error
    assert publish("--services", agency).code == 2
    assert [each.name for each in path.parent.iterdir()] == [path.name]
