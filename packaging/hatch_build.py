"""Build hook: compiles the catalogues into the wheel, so that no compiled file lives in the repository."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Put ``languages.toml`` and every catalogue, compiled, under ``victimid/data/locales``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues; an editable install reads the tree itself."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from victimid import i18n

        root, built = Path(self.root), Path(self.root) / "build" / "locales"
        include: dict[str, str] = build_data["force_include"]
        include[str(root / "locales" / "languages.toml")] = "victimid/data/locales/languages.toml"
        for po in sorted((root / "locales").glob("*/LC_MESSAGES/*.po")):
            relative = po.relative_to(root / "locales").with_suffix(".mo")
            target = built / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(i18n.compiled(po))
            include[str(target)] = f"victimid/data/locales/{relative.as_posix()}"
