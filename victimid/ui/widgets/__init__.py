"""Building blocks of every screen: labels that never read markup, buttons, fields, choices, cards."""
