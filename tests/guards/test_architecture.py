"""The import rules of the layers: who may import whom, one door to each heavy library, no network."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "victimid"

FOUNDATION = {"errors", "paths", "log", "assets", "i18n", "formats", "settings", "clock", "system"}
MAY_IMPORT = {
    "model": set(),
    "forms": {"model"},
    "screening": {"model"},
    "crypto": {"model"},
    "store": {"model", "crypto"},
    "documents": {"model", "crypto"},
    "exchange": {"model", "crypto"},
    "headquarters": {"model", "crypto", "exchange", "documents"},
    "app": {"model", "forms", "screening", "crypto", "store", "documents", "exchange", "headquarters"},
    "cli": {"app", "model"},
    "ui": {"app", "model"},
}
EXCEPTIONS = {
    # The register of headquarters is an encrypted database of the same kind as the vault.
    ("headquarters", "store.connection"),
    # Bare `victimid` opens the window; everything else on the command line never loads it.
    ("cli", "ui.app"),
}
DOORS = {
    "PySide6": ("ui/",),
    "shiboken6": ("ui/",),
    "sqlcipher3": ("store/connection.py",),
    "pyxform": ("forms/",),
    "lxml": ("forms/",),
    "openpyxl": ("forms/",),
    "reportlab": ("documents/",),
    "uharfbuzz": ("documents/",),
    "bidi": ("documents/",),
    "fontTools": ("documents/",),
    "pikepdf": ("documents/",),
    "cryptography": ("crypto/",),
    "pyrage": ("crypto/",),
    "gettext": ("i18n.py",),
    "babel": ("i18n.py", "formats.py"),
    "phonenumbers": ("store/phones.py",),
    "platformdirs": ("paths.py",),
    "miniaudio": ("ui/speaker.py",),
    "fontpkg_noto_sans": ("documents/", "ui/"),
    "fontpkg_noto_sans_arabic": ("documents/", "ui/"),
}
NETWORK = {
    "socket", "socketserver", "ssl", "http", "urllib.request", "urllib3", "ftplib", "smtplib", "poplib", "imaplib",
    "xmlrpc", "asyncio", "requests", "httpx", "PySide6.QtNetwork", "pickle", "marshal", "shelve", "subprocess",
}  # fmt: skip


def modules() -> Iterator[tuple[str, str]]:
    """Yield every import of the program as (file below victimid/, imported dotted name)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{file}: relative import"
                yield file, node.module or ""
                yield from ((file, f"{node.module}.{alias.name}") for alias in node.names)


IMPORTS = list(modules())


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def layers_imported(prefix: str) -> Iterator[tuple[str, str]]:
    """Yield (file, name below victimid) for imports of our own modules by files that start with a prefix."""
    for file, name in IMPORTS:
        if file.startswith(prefix) and name.startswith("victimid.") and name != "victimid.__version__":
            yield file, name.removeprefix("victimid.")


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_layers_below_it(layer: str) -> None:
    allowed = MAY_IMPORT[layer] | FOUNDATION | {layer}
    exceptions = [name for owner, name in EXCEPTIONS if owner == layer]
    wrong = [
        f"{file} imports {name}"
        for file, name in layers_imported(f"{layer}/")
        if name.split(".")[0] not in allowed and not any(within(name, exception) for exception in exceptions)
    ]
    assert wrong == []


def test_the_foundation_imports_no_layer() -> None:
    wrong = [
        f"{file} imports {name}"
        for file, name in layers_imported("")
        if "/" not in file and file != "__main__.py" and name.split(".")[0] not in FOUNDATION
    ]
    assert wrong == []


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library: str) -> None:
    doors = DOORS[library]
    wrong = [
        f"{file} imports {name}"
        for file, name in IMPORTS
        if within(name, library) and not any(file == door or file.startswith(door) for door in doors)
    ]
    assert wrong == []


def test_every_layer_of_the_tree_has_a_rule() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(MAY_IMPORT)


def test_nothing_imports_the_network_or_unsafe_readers() -> None:
    wrong = [f"{file} imports {name}" for file, name in IMPORTS if any(within(name, banned) for banned in NETWORK)]
    assert wrong == []
