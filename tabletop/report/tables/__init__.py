"""A save as tables for analysis: moves, changes, tracks and notes."""
