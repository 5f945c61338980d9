"""The documentation says what the program does: what it names exists, what exists is named, what it shows is real."""
