"""The window (PySide6 Widgets), over the use cases of ``victimid.app``; the only part that knows Qt."""
