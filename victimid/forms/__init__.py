"""The form engine: XLSForm in, ODK XForms semantics inside, one session per interview."""
