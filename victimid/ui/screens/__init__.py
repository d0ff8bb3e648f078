"""One module per screen; a screen shows what a use case returns and asks for the next one."""
