"""Keys, envelopes and signatures; the only layer that touches cryptography and pyrage."""
