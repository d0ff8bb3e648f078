"""From XForm XML to the compiled form."""
