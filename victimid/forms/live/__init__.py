"""A form being answered: its instance tree, and what follows from each answer."""
