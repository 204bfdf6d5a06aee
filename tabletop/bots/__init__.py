"""Policies: a view in, a move out."""
