"""Regular expressions of forms, matched in linear time whatever the pattern."""
