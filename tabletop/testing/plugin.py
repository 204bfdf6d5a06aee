"""Lets pytest collect the tests of decks: `pytest decks/`."""
