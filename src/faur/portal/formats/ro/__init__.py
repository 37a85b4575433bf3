"""Numbers and moments in Romanian."""
