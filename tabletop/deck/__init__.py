"""Decks: TOML files read, checked and explained."""
