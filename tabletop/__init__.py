"""A terminal engine for wargames and tabletop exercises."""

__version__ = "0.1.0"
RULES_VERSION = 1
"""Raised when the same deck, seed and moves would no longer give the same states."""
