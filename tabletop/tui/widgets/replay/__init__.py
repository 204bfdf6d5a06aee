"""What a replay is drawn with. Chart, lanes and timeline share one axis of moves."""
