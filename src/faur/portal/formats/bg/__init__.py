"""Numbers and moments in Bulgarian."""
