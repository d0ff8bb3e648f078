"""Every write, sync and change of a name that a program makes in a folder, recorded with strace in order."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_CALLS: Final = (
    "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,link,linkat,mkdir,rmdir"
)
_LONGEST_WRITE: Final = 4 * 1024 * 1024
_LINE: Final = re.compile(r"(\w+)\((.*)\)\s+= (\d+)(?:<([^>]*)>)?$")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_DESCRIPTOR: Final = re.compile(r"\d+<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file opened to be written from its beginning, made if it was not there."""

    path: Path
    emptied: bool


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes written at a place; without a place, after what was written since the file was opened."""

    path: Path
    content: bytes
    offset: int | None


@dataclass(frozen=True, slots=True)
class Cut:
    """A file cut or grown to a size."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file or a folder made durable."""

    path: Path


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file that got another name, in place of whatever had it."""

    path: Path
    new: Path


@dataclass(frozen=True, slots=True)
class Removed:
    """A name that went."""

    path: Path


@dataclass(frozen=True, slots=True)
class Said:
    """A line that the program said about what it did."""

    line: str


Event = Opened | Written | Cut | Synced | Renamed | Removed | Said


def strace_works() -> bool:
    """Tell whether programs can be traced here."""
    program = shutil.which("strace")
    if program is None:
        return False
    return subprocess.run([program, "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def trace(module: str, arguments: Sequence[str], folder: Path, said: Path, log: Path) -> list[Event]:
    """Run a module of ours to its end and return what it did in a folder, and what it said in a file outside of it.

    Its main thread only is traced, so nothing may be written from another.
    """
    options = ["-qq", "-y", "-xx", "-s", str(_LONGEST_WRITE), "-e", f"trace={_CALLS}", "-e", "signal=none"]
    command = ["strace", *options, "-o", str(log), sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True)
    with log.open(encoding="ascii") as lines:
        return [event for line in lines for event in _event(line.rstrip(), folder, said)]


def _event(line: str, folder: Path, said: Path) -> Iterator[Event]:
    """Yield what a line of the trace means; nothing for failed calls and for other places."""
    matched = _LINE.match(line)
    if not matched:
        return
    call, arguments, result, opened = matched.groups()
    texts = [bytes.fromhex(text.replace("\\x", "")) for text, _ in _TEXT.findall(arguments)]
    if call == "openat":
        path = _path(opened)
        if path.is_relative_to(folder) and ("O_WRONLY" in arguments or "O_RDWR" in arguments):
            yield Opened(path, "O_TRUNC" in arguments)
        return
    named = _DESCRIPTOR.match(arguments)
    path = _path(named[1]) if named and call not in {"unlinkat", "renameat", "renameat2"} else Path(texts[0].decode())
    if path == said:
        yield Said(texts[0].decode().strip())
    elif path.is_relative_to(folder):
        yield _change(call, path, texts, arguments, int(result))


def _change(call: str, path: Path, texts: list[bytes], arguments: str, result: int) -> Event:
    last = arguments.rsplit(", ", 1)[-1]
    match call:
        case "write":
            return Written(path, texts[0][:result], None)
        case "pwrite64":
            return Written(path, texts[0][:result], int(last))
        case "ftruncate":
            return Cut(path, int(last, 0))
        case "fsync" | "fdatasync":
            return Synced(path)
        case "rename" | "renameat" | "renameat2":
            return Renamed(path, Path(texts[1].decode()))
        case "unlink" | "unlinkat":
            return Removed(path)
        case _:
            raise NotImplementedError(call)


def _path(text: str) -> Path:
    return Path(bytes.fromhex(text.replace("\\x", "")).decode())
