"""Numbers and moments in English."""
