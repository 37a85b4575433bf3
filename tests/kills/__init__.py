"""The road under fire: the whole factory is killed (-9) at random moments, and must end where it would have ended."""
