"""From answers to what may be shown: signs, rule sets, findings, safeguards, disclosure; pure functions."""
