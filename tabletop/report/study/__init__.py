"""A study as a page, as JSON and as tables: what it holds, in forms for others."""
