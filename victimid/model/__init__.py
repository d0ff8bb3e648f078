"""Plain, frozen data that every layer speaks: cases, answers, findings, consents, referrals, bundles."""
