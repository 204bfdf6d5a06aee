"""What a game leaves on paper: sheets to print. Never decides a rule, never prints."""
