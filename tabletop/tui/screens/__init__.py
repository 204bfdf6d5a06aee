"""The screens: each composes widgets and routes keys to the game."""
