"""VictimID: offline screening, encrypted cases, referrals and exports against human trafficking."""

__version__ = "0.1.0"
