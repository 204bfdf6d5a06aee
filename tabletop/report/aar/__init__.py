"""The after-action report, written from a save alone."""
