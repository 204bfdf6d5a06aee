"""Tests of decks, and what others need that test or learn decks.

Tests of decks: `files` reads them, `runner.run_case` runs one, `plugin` is pytest's.

For other programs: `strategies` for Hypothesis, `conformance.check_deck` and
`conformance.ConformanceTests` for any deck or engine, `environment.env` for PettingZoo.
"""
