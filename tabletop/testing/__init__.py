"""Tests of decks, and what tools of others take: strategies, a plugin, a game."""
