"""The front ends' door to long work that tells how far it is and can be stopped."""

from victimid.store.watching import Progress, Watch

__all__ = ["Progress", "Watch"]
