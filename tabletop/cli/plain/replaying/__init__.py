"""A save line by line: for screen readers, pipes and tests."""
