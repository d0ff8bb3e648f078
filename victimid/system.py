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
    Need("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Need("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Need("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Need("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
)
WAYLAND_LIBRARIES = (
    Need("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
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


def free_memory() -> int | None:
    """Return the bytes of memory that programs can still take without paging; none where it is not known."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    kibibytes = (int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    return next((kib * 1024 for kib in kibibytes), None)


def missing_libraries() -> tuple[Need, ...]:
    """Return the shared libraries that Qt needs on this display and this system lacks.

    Only on Linux; elsewhere Qt brings its own. Without a display (the tests) the basic ones are enough.
    """
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(need for need in LIBRARIES + _for_display() if not _loads(need.name))


def _for_display() -> tuple[Need, ...]:
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.startswith("xcb") or (not chosen and os.environ.get("DISPLAY")):
        return X11_LIBRARIES
    if chosen.startswith("wayland") or (not chosen and os.environ.get("WAYLAND_DISPLAY")):
        return WAYLAND_LIBRARIES
    return ()


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
