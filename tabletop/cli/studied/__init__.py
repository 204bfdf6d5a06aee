"""A study in the terminal: tables and small charts that an author reads at once."""
