"""Several groups on the same deck, side by side."""
