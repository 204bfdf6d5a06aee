"""The kinds of sheets, one module each: from a source to its pages."""
