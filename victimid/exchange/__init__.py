"""Bundles and receipts: written, verified and read; whatever comes from outside is taken as hostile."""
