"""Who acts: people, the roles granted to them, the tokens that speak for them, and the factory itself."""
