"""What the window needs from the operating system, and how to get what is missing. Standard library only."""

import ctypes
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Need:
    """A shared library or command, with the package that brings it on Debian/Ubuntu and on Fedora."""

    name: str
    debian: str
    fedora: str


LIBRARIES = (
    Need("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)
X11_LIBRARIES = (
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
)
TEST_COMMANDS = (
    Need("age", "age", "age"),
    Need("ssh-keygen", "openssh-client", "openssh"),
    Need("pdftotext", "poppler-utils", "poppler-utils"),
    Need("qpdf", "qpdf", "qpdf"),
    Need("strace", "strace", "strace"),
)


def display_available() -> bool:
    """Tell whether a window can be opened here."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries(*, x11: bool) -> tuple[Need, ...]:
    """Return the shared libraries that Qt needs and this system lacks (Linux; elsewhere Qt brings its own)."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(need for need in LIBRARIES + (X11_LIBRARIES if x11 else ()) if not _loads(need.name))


def missing_commands() -> tuple[Need, ...]:
    """Return the standard tools that the tests check our files with and that are not installed."""
    return tuple(need for need in TEST_COMMANDS if shutil.which(need.name) is None)


def install_hint(missing: tuple[Need, ...]) -> str:
    """Name what is missing and the command that installs it on Debian/Ubuntu and on Fedora."""
    names = ", ".join(need.name for need in missing)
    debian = " ".join(dict.fromkeys(need.debian for need in missing))
    fedora = " ".join(dict.fromkeys(need.fedora for need in missing))
    return (
        f"Missing on this system: {names}\n"
        f"  Debian, Ubuntu:  sudo apt-get install {debian}\n"
        f"  Fedora:          sudo dnf install {fedora}"
    )


def debian_root() -> bool:
    """Tell whether packages can be installed here without asking: Debian or Ubuntu, as root."""
    return Path("/usr/bin/apt-get").exists() and hasattr(os, "geteuid") and os.geteuid() == 0


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
