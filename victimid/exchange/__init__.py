"""Bundles, receipts and content packs: written, verified and read; whatever comes from outside is taken as hostile."""
