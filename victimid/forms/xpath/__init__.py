"""XPath 1.0 with the ODK XForms functions: parsed once, compiled to closures, no evaluation of text."""
